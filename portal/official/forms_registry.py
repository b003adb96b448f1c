"""Forms with which stewards keep the register of verifiers."""

from __future__ import annotations

from typing import Any, cast

from crispy_forms.layout import LayoutObject
from django import forms
from django.utils.translation import gettext_lazy as _

from portal.ui.choices import country_choices, sector_choices
from portal.ui.forms import DayInput, PortalForm, section, side_by_side
from portal.ui.organisation_form import OrganisationIdentityForm
from verification.accounts.models import User
from verification.accounts.selectors import user_with_email
from verification.registry.enums import AccreditationMeasureKind
from verification.registry.services import OrganisationDetails


class VerifierForm(OrganisationIdentityForm):
    """A verifier whose accreditation the steward has seen, and the person who will manage it here."""

    local_name = forms.CharField(label=_("Name in its language and script"), max_length=256, required=False)
    contact_email = forms.EmailField(label=_("E-mail address of the office"))
    founder = forms.EmailField(
        label=_("E-mail address of its first manager"),
        help_text=_("The person signs up here first; then lets colleagues in."),
    )

    def layout(self) -> list[LayoutObject | str]:
        return [
            section(_("Who it is"), "name", "local_name", "local_language"),
            section(_("Where it is registered"), "country", "registration_number", "address", "contact_email"),
            section(_("Who acts for it"), "founder"),
        ]

    def clean_founder(self) -> User:
        found = user_with_email(self.cleaned_data["founder"])
        if found is None:
            raise forms.ValidationError(_("No account has this address. Ask the person to sign up, then try again."))
        return found

    @property
    def details(self) -> OrganisationDetails:
        facts = {name: value for name, value in self.cleaned_data.items() if name != "founder"}
        return OrganisationDetails(**facts, is_verifier=True)


class AccreditationForm(PortalForm, forms.Form):
    """As the accreditation certificate says it."""

    body = forms.CharField(label=_("Accreditation body"), max_length=200)
    body_country = forms.ChoiceField(label=_("Country of the body"))
    number = forms.CharField(label=_("Number"), max_length=60, help_text=_("As printed on the certificate."))
    sectors = forms.MultipleChoiceField(
        label=_("Scope"), widget=forms.CheckboxSelectMultiple, help_text=_("The sectors that the certificate names.")
    )
    valid_from = forms.DateField(label=_("First day on which it holds"), widget=DayInput())
    valid_to = forms.DateField(
        label=_("First day on which it no longer holds"),
        widget=DayInput(),
        help_text=_("The day after the last one on the certificate; at most five years."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["body_country"]).choices = country_choices()
        cast(forms.MultipleChoiceField, self.fields["sectors"]).choices = sector_choices()

    def layout(self) -> list[LayoutObject | str]:
        return [
            section(_("The certificate"), "body", "body_country", "number"),
            section(_("What it covers"), "sectors", "valid_from", "valid_to"),
        ]


class MeasureForm(PortalForm, forms.Form):
    """What the accreditation body has notified."""

    kind = forms.ChoiceField(
        label=_("The accreditation is"), widget=forms.RadioSelect, choices=AccreditationMeasureKind.choices
    )
    effective_on = forms.DateField(
        label=_("From"), widget=DayInput(), help_text=_("A suspension takes effect on the day of its notification.")
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("With the number of the notice, where it has one."),
    )

    def layout(self) -> list[LayoutObject | str]:
        return ["kind", side_by_side("effective_on"), "reason"]
