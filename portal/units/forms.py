"""Forms of a unit claim. Rules of the domain are said by its services, not here."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import LayoutObject
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from portal.ui.choices import country_choices
from portal.ui.claim_forms import ROWS, reporting_years, scheme_choices
from portal.ui.forms import DayInput, PortalForm, section, side_by_side
from portal.ui.uploads import UploadField, UploadForm
from verification.claims.models import Claim
from verification.claims.selectors import evidence_of
from verification.claims.services.units import LetterDetails
from verification.evidence.enums import Purpose
from verification.evidence.models import EvidenceFile
from verification.registry.models import Organisation
from verification.units.serials import Family

BOX_ROWS = 10
CODE = {"spellcheck": "false", "autocomplete": "off", "autocapitalize": "off"}
PURPOSES = (
    ("OIMP", _("Other international mitigation purposes (OIMP)")),
    ("IMP", _("International mitigation (IMP)")),
    ("OP", _("Other purposes (OP)")),
    ("NDC", _("Another country’s target (NDC)")),
)


class UnitClaimStartForm(PortalForm, forms.Form):
    """Whose units, under which scheme, for which year."""

    organisation = forms.ModelChoiceField(queryset=Organisation.objects.none(), label=_("Organisation"))
    scheme = forms.ChoiceField(label=_("Scheme"), help_text=_("The border carbon scheme in which the units count."))
    year = forms.TypedChoiceField(
        coerce=int,
        label=_("Year"),
        help_text=_("The calendar year whose emissions the units are offered against."),
    )

    def __init__(self, *args: Any, organisations: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations
        self.fields["scheme"].choices = [("", _("Choose")), *scheme_choices()]
        self.fields["year"].choices = [(year, str(year)) for year in reporting_years()]
        if len(organisations) == 1:
            self.fields["organisation"].initial = organisations[0]
            self.fields["organisation"].widget = forms.HiddenInput()


class SerialsForm(PortalForm, forms.Form):
    """The box for serials, one block a line. What is wrong with a line is said beside the line, not here."""

    text = forms.CharField(
        label=_("Serial numbers, one block on each line"),
        strip=False,
        help_text=_("Paste as many lines as you have. A quantity may stand after a tab or a semicolon."),
        widget=forms.Textarea(attrs={"rows": BOX_ROWS, "class": "serials-box", **CODE}),
    )
    family = forms.ChoiceField(
        label=_("Registry"),
        required=False,
        choices=[("", _("Recognise it from the serial")), *((family.value, family.label) for family in Family)],
    )

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if not text.strip():
            raise forms.ValidationError(_("Paste or type at least one serial number."))
        return text

    @property
    def chosen_family(self) -> Family | None:
        return Family(self.cleaned_data["family"]) if self.cleaned_data.get("family") else None


class RegistryExportForm(UploadForm, forms.Form):
    """A registry's own list of retirements or cancellations."""

    file = UploadField(label=_("Registry’s export (CSV)"))


class StatementForm(PortalForm, forms.Form):
    statement = forms.CharField(
        label=_("What the units are offered for"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs=ROWS),
        help_text=_("In your own words, for the official. For example the shipments and why these units."),
    )


class EvidenceChoice(forms.ModelChoiceField):
    """A file of the claim, by its name."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class LetterForm(PortalForm, forms.Form):
    """A host country's letter of authorisation, as it reads."""

    host_country = forms.ChoiceField(label=_("Host country"))
    reference = forms.CharField(label=_("Reference of the letter"), max_length=100)
    version = forms.CharField(label=_("Version"), max_length=20, required=False)
    issued_on = forms.DateField(label=_("Issued on"), widget=DayInput())
    purposes = forms.MultipleChoiceField(
        label=_("Authorised purposes"), choices=PURPOSES, widget=forms.CheckboxSelectMultiple()
    )
    project = forms.CharField(
        label=_("Project"), max_length=60, help_text=_("Its number in the registry, for example 4150.")
    )
    quantity = forms.IntegerField(
        label=_("Authorised quantity in tonnes"),
        required=False,
        min_value=1,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    vintage_from = forms.DateField(label=_("Vintage from"), required=False, widget=DayInput())
    vintage_to = forms.DateField(label=_("Vintage to, last day"), required=False, widget=DayInput())
    use_from = forms.DateField(label=_("Use from"), required=False, widget=DayInput())
    use_to = forms.DateField(label=_("Use to, last day"), required=False, widget=DayInput())
    authorised_parties = forms.CharField(
        label=_("Authorised countries"),
        required=False,
        help_text=_("Two letters each, for example CH, SE. Empty where the letter names none."),
    )
    authorised_entities = forms.CharField(
        label=_("Authorised users"),
        required=False,
        widget=forms.Textarea(attrs=ROWS),
        help_text=_("Organisations that the letter names, one on each line."),
    )
    first_transfer_trigger = forms.CharField(
        label=_("What counts as first transfer"),
        required=False,
        max_length=60,
        help_text=_("For example authorisation, issuance, use or cancellation."),
    )
    document = EvidenceChoice(
        queryset=EvidenceFile.objects.none(),
        label=_("Document"),
        required=False,
        empty_label=_("Not attached yet"),
        help_text=_("Attach it first under Evidence."),
    )

    def __init__(self, *args: Any, claim: Claim, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["host_country"].choices = country_choices()
        self.fields["document"].queryset = files_of(claim, Purpose.LETTER_OF_AUTHORISATION)

    def layout(self) -> list[LayoutObject | str]:
        return [
            section(_("The letter"), "host_country", side_by_side("reference", "version"), "issued_on", "purposes"),
            section(_("What it covers"), "project", "quantity", side_by_side("vintage_from", "vintage_to"),
                    side_by_side("use_from", "use_to"), "first_transfer_trigger"),
            section(_("Whom it names"), "authorised_parties", "authorised_entities"),
            section(_("Proof"), "document"),
        ]  # fmt: skip

    @property
    def details(self) -> LetterDetails:
        said = {name: value for name, value in self.cleaned_data.items() if name != "document"}
        said["purposes"] = tuple(said["purposes"])
        said["authorised_parties"] = tuple(said["authorised_parties"].replace(",", " ").upper().split())
        lines = said["authorised_entities"].splitlines()
        said["authorised_entities"] = tuple(line.strip() for line in lines if line.strip())
        return LetterDetails(**said)


def files_of(claim: Claim, *purposes: Purpose) -> QuerySet[EvidenceFile]:
    """Files that stand in the claim, those of the purposes where any are named."""
    uses = evidence_of(claim)
    if purposes:
        uses = uses.filter(purpose__in=purposes)
    return EvidenceFile.objects.filter(pk__in=uses.values("file_id")).order_by("name")
