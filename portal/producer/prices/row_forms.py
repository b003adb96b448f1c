"""Forms of the rows of a carbon price claim: what was paid, handed in, given back, and for which goods."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import LayoutObject
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.producer.prices.fields import (
    CountryField,
    CurrencyField,
    DayField,
    EvidenceChoice,
    NumberField,
    WholeField,
    YesNoField,
)
from portal.ui.forms import PortalForm, section, side_by_side
from verification.claims.enums import RebateKind, SurrenderKind, ValueBasis
from verification.claims.models import Claim, PricedGood
from verification.claims.models.price import PriceRow
from verification.claims.price_terms import terms_for
from verification.claims.services.prices import serials_of
from verification.evidence.enums import Purpose

CHOOSE = ("", gettext_lazy("Choose"))
LONGEST_PASTE = 200_000


class PriceRowForm(PortalForm, forms.Form):
    """A row; its fields are named as the model's. ``row`` is the one that stands, if any."""

    def __init__(self, data: Any = None, *, claim: Claim, row: PriceRow | None = None) -> None:
        names = [name for name in self.base_fields if row is not None and hasattr(row, name)]
        initial = {name: getattr(row, name) for name in names} or self.first_values(claim)
        super().__init__(data, initial=initial)
        self.claim, self.row = claim, row
        for field in self.fields.values():
            if isinstance(field, EvidenceChoice):
                field.of_claim(claim)

    @staticmethod
    def first_values(claim: Claim) -> dict[str, Any]:
        """What a new row starts with."""
        return {}

    @property
    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "serials"}


class PaymentForm(PriceRowForm):
    label = forms.CharField(
        label=gettext_lazy("What it was"), max_length=200, help_text=gettext_lazy("For example Carbon tax of 2026.")
    )
    amount = NumberField(label=gettext_lazy("Amount paid"), is_positive=True)
    currency = CurrencyField()
    emissions_tco2e = NumberField(
        label=gettext_lazy("Emissions it was paid for, tCO₂e"), is_positive=True, required=False
    )
    covers_from = DayField(label=gettext_lazy("Emissions from"), required=False)
    covers_to = DayField(label=gettext_lazy("Emissions to, last day"), required=False)
    paid_on = DayField(label=gettext_lazy("Paid on"), required=False)
    receipt = EvidenceChoice(label=gettext_lazy("Receipt"), purpose=Purpose.PRICE_RECEIPTS)

    @staticmethod
    def first_values(claim: Claim) -> dict[str, Any]:
        return {"covers_from": claim.period_start, "covers_to": claim.period_start.replace(month=12, day=31)}

    def layout(self) -> list[LayoutObject | str]:
        return [
            section(_("What was paid"), "label", side_by_side("amount", "currency"), "paid_on", "receipt"),
            section(_("For which emissions"), "emissions_tco2e", side_by_side("covers_from", "covers_to")),
        ]


class SurrenderForm(PriceRowForm):
    kind = forms.ChoiceField(label=gettext_lazy("What was handed in"), choices=[CHOOSE, *SurrenderKind.choices])
    label = forms.CharField(label=gettext_lazy("Name, where it helps"), max_length=200, required=False)
    quantity_t = WholeField(
        label=gettext_lazy("Units, one for each tonne"),
        help_text=gettext_lazy("Only units handed in for the emissions of this year."),
    )
    price_per_t = NumberField(
        label=gettext_lazy("Price for each unit"),
        help_text=gettext_lazy("What they cost you on average, without fees. 0 for units that you were given."),
    )
    currency = CurrencyField()
    surrendered_on = DayField(label=gettext_lazy("Handed in on"), required=False)
    receipt = EvidenceChoice(label=gettext_lazy("Proof of registry and price"), purpose=Purpose.PRICE_RECEIPTS)
    serials = forms.CharField(
        label=gettext_lazy("Serial numbers of credits"),
        required=False,
        max_length=LONGEST_PASTE,
        widget=forms.Textarea(attrs={"rows": 5, "class": "code", "spellcheck": "false"}),
        help_text=gettext_lazy(
            "One block a line, as the registry prints it. Article 6 credits need them: no unit counts twice. "
            "Allowances have none here."
        ),
    )

    def __init__(self, data: Any = None, *, claim: Claim, row: PriceRow | None = None) -> None:
        super().__init__(data, claim=claim, row=row)
        if row is not None:
            self.initial["serials"] = "\n".join(serials_of(claim, row.position))

    def layout(self) -> list[LayoutObject | str]:
        return [
            section(_("What was handed in"), "kind", "label", "quantity_t", "surrendered_on", "receipt"),
            section(_("What it cost"), side_by_side("price_per_t", "currency")),
            section(_("Credits"), "serials"),
        ]


class RebateForm(PriceRowForm):
    kind = forms.ChoiceField(
        label=gettext_lazy("Form of the rebate"), choices=[CHOOSE, *RebateKind.choices], required=False
    )
    label = forms.CharField(label=gettext_lazy("What came back"), max_length=200)
    amount = NumberField(label=gettext_lazy("Amount"), is_positive=True)
    currency = CurrencyField()
    proof = EvidenceChoice(label=gettext_lazy("Proof"), purpose=Purpose.REBATE_PROOF)


class RateForm(PriceRowForm):
    currency = CurrencyField(label=gettext_lazy("Foreign currency"))
    per_unit = NumberField(label=gettext_lazy("Worth of one unit of it"), is_positive=True)
    year = forms.IntegerField(label=gettext_lazy("Year of the rate"), min_value=1990, max_value=2200)
    is_yearly_average = YesNoField(label=gettext_lazy("Is it the average of the whole year?"))
    source = forms.CharField(
        label=gettext_lazy("Where it is published"),
        max_length=300,
        help_text=gettext_lazy("Name of the bank, and series."),
    )

    def __init__(self, data: Any = None, *, claim: Claim, row: PriceRow | None = None) -> None:
        super().__init__(data, claim=claim, row=row)
        from_scheme = settlement_currency(claim)
        self.fields["per_unit"].label = _("Worth of one unit of it in %(currency)s") % {"currency": from_scheme}

    @staticmethod
    def first_values(claim: Claim) -> dict[str, Any]:
        return {"year": claim.period_start.year, "is_yearly_average": True}


class GoodForm(PriceRowForm):
    code = forms.CharField(label=gettext_lazy("Customs code"), max_length=12)
    description = forms.CharField(label=gettext_lazy("Description"), max_length=300, required=False)
    quantity_t = NumberField(
        label=gettext_lazy("Made in the year, t"),
        is_positive=True,
        required=False,
        help_text=gettext_lazy("Needed where a precursor brought a price with it."),
    )
    see_tco2e_per_t = NumberField(
        label=gettext_lazy("Specific embedded emissions, tCO₂e per t"), is_positive=True, required=False
    )
    basis = forms.ChoiceField(
        label=gettext_lazy("Where this value comes from"), choices=[CHOOSE, *ValueBasis.choices], required=False
    )
    certificate_number = forms.CharField(
        label=gettext_lazy("Certificate of verified emissions, where there is one"), max_length=40, required=False
    )
    own_priced_tco2e_per_t = NumberField(
        label=gettext_lazy("Part of it for which this installation paid, tCO₂e per t"),
        help_text=gettext_lazy(
            "Emissions of your own processes under the instrument. Leave precursors out: they have rows of their own."
        ),
        required=False,
    )

    def layout(self) -> list[LayoutObject | str]:
        return [
            section(_("The good"), "code", "description", "quantity_t"),
            section(_("Its emissions"), "see_tco2e_per_t", "basis", "certificate_number", "own_priced_tco2e_per_t"),
        ]

    def clean_code(self) -> str:
        digits = "".join(self.cleaned_data["code"].split())
        if not (digits.isascii() and digits.isdigit() and len(digits) in (4, 6, 8, 10)):
            raise forms.ValidationError(_("A customs code has 4, 6, 8 or 10 digits."))
        return digits


class PrecursorForm(PriceRowForm):
    good = forms.ModelChoiceField(queryset=PricedGood.objects.none(), label=gettext_lazy("Good that it went into"))
    mass_t = NumberField(label=gettext_lazy("Used for that good in the year, t"), is_positive=True, required=False)
    made_here = forms.ModelChoiceField(
        queryset=PricedGood.objects.none(),
        label=gettext_lazy("Is it a good of this claim?"),
        empty_label=gettext_lazy("No, it was bought"),
        required=False,
        help_text=gettext_lazy("Then its price is worked out here, and the rest of the page stays empty."),
    )
    name = forms.CharField(label=gettext_lazy("Name of the precursor"), max_length=200, required=False)
    country = CountryField(label=gettext_lazy("Country where it was made"), required=False)
    see_tco2e_per_t = NumberField(
        label=gettext_lazy("Its specific embedded emissions, tCO₂e per t"), is_positive=True, required=False
    )
    price_per_tco2e = NumberField(label=gettext_lazy("Price that its maker paid for each tCO₂e"), required=False)
    currency = CurrencyField(required=False)
    certification = EvidenceChoice(
        label=gettext_lazy("Certification of its maker’s price"), purpose=Purpose.PRICE_CERTIFICATION
    )

    def __init__(self, data: Any = None, *, claim: Claim, row: PriceRow | None = None) -> None:
        super().__init__(data, claim=claim, row=row)
        goods = claim.pricedgood_rows.all()
        for name in ("good", "made_here"):
            self.fields[name].queryset = goods
            self.fields[name].label_from_instance = lambda good: f"{good.code} {good.description}".strip()

    def layout(self) -> list[LayoutObject | str]:
        return [
            section(_("Where it was used"), "good", "mass_t", "made_here"),
            section(
                _("Bought precursors"), "name", "country", "see_tco2e_per_t",
                side_by_side("price_per_tco2e", "currency"), "certification",
            ),
        ]  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        made_here = cleaned.get("made_here")
        if made_here and made_here == cleaned.get("good"):
            self.add_error("made_here", _("A good is no precursor of itself."))
        if not made_here and not cleaned.get("name"):
            self.add_error("name", _("Name the precursor that was bought."))
        if cleaned.get("price_per_tco2e") and not cleaned.get("currency") and not made_here:
            self.add_error("currency", _("Name the currency of the price."))
        return cleaned


def settlement_currency(claim: Claim) -> str:
    """The currency in which the scheme settles."""
    return terms_for(claim).currency
