"""Forms of the producer's pages. Rules of the domain are said by its services, not here."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import LayoutObject
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from portal.ui.choices import country_choices
from portal.ui.claim_forms import (
    DeclarationForm,
    EvidenceForm,
    WithdrawForm,
    reporting_years,
    scheme_choices,
    scheme_name,
)
from portal.ui.forms import PortalForm, section, side_by_side
from portal.ui.organisation_form import OrganisationIdentityForm
from portal.ui.uploads import UploadField, UploadForm
from verification.kernel import clock
from verification.registry.models import Installation, Organisation
from verification.registry.selectors import verifiers_accredited_on
from verification.registry.services import InstallationDetails, OrganisationDetails

__all__ = [
    "ClaimStartForm",
    "DeclarationForm",
    "EvidenceForm",
    "InstallationForm",
    "OrganisationForm",
    "VerifierForm",
    "WithdrawForm",
    "WorkbookForm",
    "scheme_name",
]


class ClaimStartForm(PortalForm, forms.Form):
    """Which site, which year, under which scheme."""

    installation = forms.ModelChoiceField(queryset=Installation.objects.none(), label=_("Installation"))
    year = forms.TypedChoiceField(
        coerce=int,
        label=_("Reporting year"),
        help_text=_("The calendar year in which the goods were made and to which the workbook belongs."),
    )
    scheme = forms.ChoiceField(label=_("Scheme"), help_text=_("The border carbon scheme under which you claim."))

    def __init__(self, *args: Any, installations: QuerySet[Installation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["installation"].queryset = installations
        self.fields["scheme"].choices = scheme_choices()
        self.fields["year"].choices = [(year, str(year)) for year in reporting_years()]


class WorkbookForm(UploadForm, forms.Form):
    """The communication template."""

    file = UploadField(label=_("Workbook (.xlsx)"))


class VerifierForm(PortalForm, forms.Form):
    """An accredited verifier to be asked about the sealed numbers."""

    verifier = forms.ModelChoiceField(
        queryset=Organisation.objects.none(),
        label=_("Verifier"),
        help_text=_("Only verifiers whose accreditation holds today are listed."),
        empty_label=_("Choose"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        accredited = [organisation.pk for organisation in verifiers_accredited_on(clock.today())]
        self.fields["verifier"].queryset = Organisation.objects.filter(pk__in=accredited).order_by("name")


class InstallationForm(PortalForm, forms.Form):
    """A site as the law wants it named: place, coordinates, activity."""

    organisation = forms.ModelChoiceField(queryset=Organisation.objects.none(), label=_("Organisation"))
    name = forms.CharField(
        label=_("Name in English"), max_length=256, help_text=_("For example Karaçam Steel, Aliağa Works.")
    )
    local_name = forms.CharField(label=_("Name in your language and script"), max_length=256, required=False)
    economic_activity = forms.CharField(
        label=_("Economic activity"), max_length=200, help_text=_("For example Manufacture of cement.")
    )
    address = forms.CharField(label=_("Street and number"), max_length=500)
    city = forms.CharField(label=_("City"), max_length=100)
    country = forms.ChoiceField(label=_("Country"))
    unlocode = forms.CharField(
        label=_("UN/LOCODE"),
        max_length=6,
        required=False,
        help_text=_("The United Nations’ code of the place, without a space, for example TRALI for Aliağa."),
    )
    latitude = forms.DecimalField(
        label=_("Latitude"),
        max_digits=12,
        decimal_places=6,
        help_text=_("Decimal degrees of the main emission source, north positive, for example 38.801944."),
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    longitude = forms.DecimalField(
        label=_("Longitude"),
        max_digits=12,
        decimal_places=6,
        help_text=_("Decimal degrees, east positive, for example 26.972222."),
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )

    def __init__(self, *args: Any, organisations: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations
        self.fields["country"].choices = country_choices()
        if len(organisations) == 1:
            self.fields["organisation"].initial = organisations[0]
            self.fields["organisation"].widget = forms.HiddenInput()

    def layout(self) -> list[LayoutObject | str]:
        return [
            section(_("What it is"), "organisation", "name", "local_name", "economic_activity"),
            section(
                _("Where it is"), "address", side_by_side("city", "country"), "unlocode",
                "latitude",
                "longitude",
            ),
        ]  # fmt: skip

    def clean_unlocode(self) -> str:
        return self.cleaned_data["unlocode"].replace(" ", "").upper()

    @property
    def details(self) -> InstallationDetails:
        return InstallationDetails(**{key: value for key, value in self.cleaned_data.items() if key != "organisation"})


class OrganisationForm(OrganisationIdentityForm):
    """A producer or importer that a person registers; verifiers are entered by a steward."""

    contact_email = forms.EmailField(label=_("E-mail address for questions about claims"))
    is_producer = forms.BooleanField(label=_("It produces goods and will prove their emissions"), required=False)
    is_importer = forms.BooleanField(label=_("It imports goods and declares them"), required=False)

    def layout(self) -> list[LayoutObject | str]:
        return [
            section(_("Who it is"), "name", "local_name", "local_language"),
            section(_("Where it is registered"), "country", "registration_number", "address", "contact_email"),
            section(_("What it does"), "is_producer", "is_importer"),
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not (cleaned.get("is_producer") or cleaned.get("is_importer")):
            self.add_error("is_producer", _("Tick at least one of the two."))
        return cleaned

    @property
    def details(self) -> OrganisationDetails:
        return OrganisationDetails(**self.cleaned_data)
