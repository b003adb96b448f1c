"""Forms of the parts of a carbon price claim that are said once."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import LayoutObject
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.producer.forms import EvidenceForm, reporting_years, scheme_name
from portal.producer.prices.fields import CountryField, DayField, EvidenceChoice, NumberField, YesNoField
from portal.ui.forms import PortalForm, section, side_by_side
from verification.claims.enums import InstrumentKind
from verification.claims.kinds import manifest_of
from verification.claims.models import Claim, PriceDetails
from verification.claims.price_terms import takes_prices
from verification.evidence.enums import Purpose
from verification.reference.selectors import known_schemes
from verification.registry.models import Installation

ROWS = {"rows": 4}


class PriceStartForm(PortalForm, forms.Form):
    """For which site and year a price was paid, and under which scheme it is to be credited."""

    installation = forms.ModelChoiceField(queryset=Installation.objects.none(), label=gettext_lazy("Installation"))
    year = forms.TypedChoiceField(
        coerce=int,
        label=gettext_lazy("Year"),
        help_text=gettext_lazy("The calendar year of the emissions for which the price was paid."),
    )
    scheme = forms.ChoiceField(
        label=gettext_lazy("Scheme"),
        help_text=gettext_lazy("Only schemes that credit a carbon price paid abroad are listed."),
    )

    def __init__(self, *args: Any, installations: QuerySet[Installation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["installation"].queryset = installations
        self.fields["scheme"].choices = [(code, scheme_name(code)) for code in known_schemes() if takes_prices(code)]
        self.fields["year"].choices = [(year, str(year)) for year in reporting_years()]


class PartForm(PortalForm, forms.Form):
    """A part of ``PriceDetails``: its fields are named as the model's."""

    def __init__(self, data: Any = None, *, claim: Claim) -> None:
        details: PriceDetails = claim.price_details
        super().__init__(data, initial={name: getattr(details, name) for name in self.base_fields})
        for field in self.fields.values():
            if isinstance(field, EvidenceChoice):
                field.of_claim(claim)

    @property
    def values(self) -> dict[str, Any]:
        return self.cleaned_data


class InstrumentForm(PartForm):
    """The law that sets the price."""

    instrument_kind = forms.ChoiceField(
        label=gettext_lazy("What kind of instrument it is"),
        choices=[("", gettext_lazy("Choose")), *InstrumentKind.choices],
        required=False,
    )
    instrument_name = forms.CharField(
        label=gettext_lazy("Name of the instrument"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("For example National emissions trading system."),
    )
    law = forms.CharField(
        label=gettext_lazy("Law that sets it"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Title, number and article, so that an official can look it up."),
    )
    authority = forms.CharField(
        label=gettext_lazy("Authority that collects it or runs the registry"), max_length=200, required=False
    )
    country = CountryField(label=gettext_lazy("Country whose law it is"), required=False)
    is_binding = YesNoField(
        label=gettext_lazy("Does the law bind this installation?"),
        help_text=gettext_lazy("A voluntary price does not count."),
        required=False,
    )


class EmissionsForm(PartForm):
    """The emissions over which the price is spread."""

    obligation_tco2e = NumberField(
        label=gettext_lazy("Emissions under the instrument, tCO₂e"),
        help_text=gettext_lazy(
            "All emissions of the installation in the year for which the instrument asks a price, "
            "those with free allowances included."
        ),
        is_positive=True,
        required=False,
    )
    free_allocation_tco2e = NumberField(
        label=gettext_lazy("Free allowances, tCO₂e"),
        help_text=gettext_lazy("In a trading system, say 0 where there were none. Nothing was paid for them."),
        required=False,
    )
    statement = forms.CharField(
        label=gettext_lazy("Anything the official should know"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs=ROWS),
    )


class CertifierForm(PartForm):
    """The independent person who certifies what was paid."""

    certifier_name = forms.CharField(label=gettext_lazy("Name of the person"), max_length=200, required=False)
    certifier_accreditation = forms.CharField(
        label=gettext_lazy("Accreditation number"), max_length=100, required=False
    )
    certifier_body = forms.CharField(label=gettext_lazy("Accreditation body"), max_length=200, required=False)
    certifier_accredited_from = DayField(label=gettext_lazy("Accredited from"), required=False)
    certifier_accredited_to = DayField(label=gettext_lazy("Last day of the accreditation"), required=False)
    certified_on = DayField(
        label=gettext_lazy("Day of the certification"),
        help_text=gettext_lazy("After the end of the year and after the last payment."),
        required=False,
    )
    certification_statement = forms.CharField(
        label=gettext_lazy("What the person states"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs=ROWS),
    )
    certification = EvidenceChoice(label=gettext_lazy("The certification"), purpose=Purpose.PRICE_CERTIFICATION)

    def layout(self) -> list[LayoutObject | str]:
        return [
            section(_("Who certifies"), "certifier_name"),
            section(
                _("Accreditation"), "certifier_accreditation", "certifier_body",
                side_by_side("certifier_accredited_from", "certifier_accredited_to"),
            ),
            section(_("Certification"), "certified_on", "certification_statement", "certification"),
        ]  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("certifier_accredited_from"), cleaned.get("certifier_accredited_to")
        if first and last and last < first:
            self.add_error("certifier_accredited_to", _("The last day lies before the first."))
        return cleaned


class PriceEvidenceForm(EvidenceForm):
    """Files with the purposes of a carbon price claim."""

    def __init__(self, *args: Any, claim: Claim, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        purposes = [(purpose.value, purpose.label) for purpose in manifest_of(claim).purposes]
        self.fields["purpose"].choices = [("", _("Choose")), *purposes]
