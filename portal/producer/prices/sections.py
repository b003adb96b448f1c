"""The parts of a carbon price claim in the order of its pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.producer.prices.forms import CertifierForm, EmissionsForm, InstrumentForm, PartForm
from portal.producer.prices.row_forms import (
    GoodForm,
    PaymentForm,
    PrecursorForm,
    PriceRowForm,
    RateForm,
    RebateForm,
    SurrenderForm,
)
from portal.ui.templatetags.ui import cn_code, money, number

Row = Any


@dataclass(frozen=True)
class Part:
    """Something that is said once. ``codes`` are the checks that look at it."""

    key: str
    title: Any
    hint: Any
    form: type[PartForm]
    codes: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Section:
    """Rows of one kind. ``path`` begins the paths by which checks name them; ``label``, ``said`` show a row."""

    key: str
    title: Any
    hint: Any
    row_title: Any
    form: type[PriceRowForm]
    related: str
    label: Callable[[Row], str]
    said: Callable[[Row], str]
    codes: frozenset[str] = frozenset()


def _codes(*numbers: int) -> frozenset[str]:
    return frozenset(f"PRI-{number:03d}" for number in numbers)


PARTS: Mapping[str, Part] = {
    part.key: part
    for part in (
        Part(
            "instrument",
            gettext_lazy("The instrument"),
            gettext_lazy("Which law sets the price, and whom it binds."),
            InstrumentForm,
            _codes(8, 9, 10),
        ),
        Part(
            "emissions",
            gettext_lazy("Emissions under it"),
            gettext_lazy("The emissions of the year over which the price is spread."),
            EmissionsForm,
            _codes(17, 18),
        ),
        Part(
            "certifier",
            gettext_lazy("Independent certification"),
            gettext_lazy("Who certifies what was paid."),
            CertifierForm,
            _codes(25, 26, 27),
        ),
    )
}

SECTIONS: Mapping[str, Section] = {
    section.key: section
    for section in (
        Section(
            "payments",
            gettext_lazy("Payments"),
            gettext_lazy("Taxes, levies and fees in money. Allowances come on the next page."),
            gettext_lazy("Payment"),
            PaymentForm,
            "pricepayment_rows",
            lambda row: row.label,
            lambda row: f"{money(row.amount, row.currency)} · {number(row.emissions_tco2e)} tCO₂e",
            _codes(11, 12, 13, 14, 15, 16, 19, 24),
        ),
        Section(
            "surrenders",
            gettext_lazy("Allowances and credits handed in"),
            gettext_lazy("What was handed in for the emissions of the year, and what it cost."),
            gettext_lazy("Units handed in"),
            SurrenderForm,
            "pricesurrender_rows",
            lambda row: row.label or row.get_kind_display(),
            lambda row: f"{number(row.quantity_t)} × {money(row.price_per_t, row.currency)}",
            _codes(28, 29, 30),
        ),
        Section(
            "rebates",
            gettext_lazy("Rebates"),
            gettext_lazy("Money that came back in any form. One without proof can cost the whole deduction."),
            gettext_lazy("Rebate"),
            RebateForm,
            "pricerebate_rows",
            lambda row: row.label,
            lambda row: money(row.amount, row.currency),
            _codes(22, 23),
        ),
        Section(
            "rates",
            gettext_lazy("Exchange rates"),
            gettext_lazy("One for each foreign currency: the average of the year, with its source."),
            gettext_lazy("Exchange rate"),
            RateForm,
            "pricerate_rows",
            lambda row: row.currency,
            lambda row: f"{number(row.per_unit)} · {row.year}, {row.source}",
            _codes(20, 21),
        ),
        Section(
            "goods",
            gettext_lazy("Goods"),
            gettext_lazy("Goods that bear the price, with their specific embedded emissions."),
            gettext_lazy("Good"),
            GoodForm,
            "pricedgood_rows",
            lambda row: f"{cn_code(row.code)} {row.description}".strip(),
            lambda row: f"{number(row.see_tco2e_per_t)} tCO₂e/t",
            _codes(31, 32, 33, 34, 35, 36),
        ),
        Section(
            "precursors",
            gettext_lazy("Prices paid on precursors"),
            gettext_lazy("A price paid on a precursor travels with its emissions."),
            gettext_lazy("Precursor"),
            PrecursorForm,
            "priceprecursor_rows",
            lambda row: row.name or (row.made_here.code if row.made_here else ""),
            lambda row: _("%(mass)s t into %(code)s") % {"mass": number(row.mass_t), "code": cn_code(row.good.code)},
            _codes(37, 38, 39),
        ),
    )
}
ORDER = ("instrument", "emissions", *SECTIONS, "certifier")


def part_named(key: str) -> Part:
    if key not in PARTS:
        raise Http404
    return PARTS[key]


def section_named(key: str) -> Section:
    if key not in SECTIONS:
        raise Http404
    return SECTIONS[key]
