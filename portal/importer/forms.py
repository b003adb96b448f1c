"""The importer's question. It travels in the address, so that an answer can be kept and asked again."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.ui.forms import DayInput, PortalForm, section, side_by_side
from verification.certificates.models import Certificate
from verification.certificates.selectors import public_certificate_by_code
from verification.determination.engine import Question
from verification.determination.services import question_for
from verification.kernel import clock
from verification.reference.selectors import country_names, known_schemes, published_release


class LookupForm(PortalForm, forms.Form):
    """Which value applies to this good, from there, imported on that day?"""

    scheme = forms.ChoiceField(label=_("Scheme"))
    good = forms.CharField(label=_("Customs code"), max_length=14, help_text=_("Eight digits, for example 7208 39 00."))
    origin = forms.ChoiceField(label=_("Country of origin"))
    legal_date = forms.DateField(label=_("Date of import"), widget=DayInput())
    installation = forms.CharField(
        label=_("Installation"), required=False, max_length=20, help_text=_("For example TR-0001, on the certificate.")
    )
    certificate = forms.CharField(
        label=_("Or the code of a certificate"),
        required=False,
        max_length=20,
        help_text=_("Printed beside the QR code."),
    )
    quantity_t = forms.DecimalField(
        label=_("Quantity, tonnes"),
        required=False,
        min_value=0,
        max_digits=18,
        decimal_places=6,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    route = forms.CharField(label=_("Production route"), required=False, max_length=80)
    variant = forms.CharField(label=_("Variant"), required=False, max_length=20)
    known_on = forms.DateField(
        label=_("As known on"),
        required=False,
        widget=DayInput(),
        help_text=_("The answer as it stood at the end of that day (UTC). Empty: now."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        schemes = known_schemes()
        names: dict[str, str] = {}
        for scheme in schemes:
            names |= country_names(scheme)
        cast(forms.ChoiceField, self.fields["scheme"]).choices = [
            (code, published_release(code).definition.get("short_name", code)) for code in schemes
        ]
        cast(forms.ChoiceField, self.fields["origin"]).choices = [
            ("", _("Choose")),
            *sorted(names.items(), key=lambda item: item[1]),
        ]

    def layout(self) -> list[Any]:
        return [
            side_by_side("good", "origin", "legal_date"),
            section(_("Who made it"), side_by_side("installation", "certificate", "quantity_t")),
            section(_("Seldom needed"), side_by_side("route", "variant", "known_on", "scheme")),
        ]

    def clean_known_on(self) -> date | None:
        day = self.cleaned_data["known_on"]
        if day and day > clock.today():
            raise forms.ValidationError(_("Choose today or an earlier day: what will be known later is not known now."))
        return day

    def clean_certificate(self) -> Certificate | None:
        typed = self.cleaned_data["certificate"]
        if not typed:
            return None
        found = public_certificate_by_code(typed)
        if found is None:
            raise forms.ValidationError(_("No certificate has this code. Compare it with the paper."))
        return found

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        certificate, code = typed.get("certificate"), typed.get("installation", "").strip().upper()
        if certificate:
            held_by = certificate.claim.site.code
            if code and code != held_by:
                self.add_error("installation", _("The certificate is of another installation: %s.") % held_by)
            code = held_by
        typed["installation"] = code
        return typed

    @property
    def question(self) -> Question:
        """Raises ``InvalidInput`` for a code that has not eight or ten digits."""
        asked = self.cleaned_data
        day = asked["known_on"]
        return question_for(
            asked["scheme"],
            asked["good"],
            asked["origin"],
            legal_date=asked["legal_date"],
            known_at=datetime.combine(day, time.max, UTC) if day and day < clock.today() else None,
            installation=asked["installation"],
            route=asked["route"],
            variant=asked["variant"],
            quantity_t=asked["quantity_t"],
        )
