"""Default values and free-allocation benchmarks, for anyone, on any legal date."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from portal.ui.charts import share_of_width
from portal.ui.choices import SECTOR_WORDS
from portal.ui.forms import DayInput
from portal.ui.pagination import keyset_page
from verification.determination.snapshot import Snapshot, snapshot_of
from verification.kernel import clock
from verification.kernel.errors import MissingReference
from verification.kernel.quantities import exact, round_half_up
from verification.reference.enums import OTHER_COUNTRIES, NoValueReason
from verification.reference.models import DefaultValue
from verification.reference.selectors import (
    countries,
    goods,
    known_schemes,
    public_default_values,
    published_release,
)

PAGE_SIZE = 40
SHORTEST_PREFIX, LONGEST_PREFIX = 2, 10


class BenchmarkFilterForm(forms.Form):
    """Filters above the table; what does not fit is ignored."""

    scheme = forms.ChoiceField(label=_("Scheme"), required=False)
    good = forms.CharField(label=_("Customs code or words"), required=False, max_length=60)
    origin = forms.ChoiceField(label=_("Country of origin"), required=False)
    sector = forms.ChoiceField(label=_("Sector"), required=False)
    date = forms.DateField(label=_("Legal date"), required=False, widget=DayInput())

    def __init__(
        self, *args: Any, schemes: dict[str, str], names: dict[str, Any], sectors: Iterable[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["scheme"]).choices = list(schemes.items())
        if len(schemes) == 1:
            del self.fields["scheme"]
        cast(forms.ChoiceField, self.fields["origin"]).choices = [("", _("All countries")), *names.items()]
        cast(forms.ChoiceField, self.fields["sector"]).choices = [
            ("", _("All sectors")),
            *((code, SECTOR_WORDS.get(code, code)) for code in sectors),
        ]
        for field in self.fields.values():
            is_choice = isinstance(field, forms.ChoiceField)
            field.widget.attrs["class"] = "form-select" if is_choice else "form-control"

    def chosen(self, name: str) -> Any:
        """The filter's value, ``None`` or empty where nothing fit."""
        self.is_valid()
        return self.cleaned_data.get(name)


@dataclass(frozen=True)
class Line:
    """One row of the table: tCO2e per tonne of good; ``None`` where another row or code speaks."""

    row: DefaultValue
    place: str
    words: str
    base: Decimal | None
    mark_up: Decimal | None
    value: Decimal | None
    width: str
    own_benchmark: Decimal | None
    whole_benchmark: Decimal | None

    @property
    def is_dash(self) -> bool:
        return self.row.no_value_reason == NoValueReason.DASH

    @property
    def is_other_countries(self) -> bool:
        return self.row.country == OTHER_COUNTRIES


@require_safe
def benchmarks(request: HttpRequest) -> HttpResponse:
    """Base value, mark-up of the date's year and the sum; benchmarks beside them; edition and its standing in law."""
    schemes = {code: str(published_release(code).definition["short_name"]) for code in known_schemes()}
    if not schemes:
        return render(request, "public/benchmarks.html", {"is_empty": True})
    asked = request.GET.get("scheme", "")
    scheme = asked if asked in schemes else next(iter(schemes))
    release = published_release(scheme)
    snapshot = snapshot_of(release)
    names = {
        OTHER_COUNTRIES: _("Other countries and territories"),
        **dict(countries(scheme).values_list("iso2", "name")),
    }
    filters = BenchmarkFilterForm(
        request.GET, schemes=schemes, names=names, sectors=snapshot.parameters.mark_up_by_sector
    )
    day = filters.chosen("date") or clock.today()
    context: dict[str, Any] = {
        "filters": filters,
        "day": day,
        "release": release,
        "scheme_name": release.definition["name"],
        "editions": release.editions.filter(table="default_values").order_by("-published_on"),
    }
    try:
        rows = _rows(scheme, day, filters)
    except MissingReference as missing:
        return render(request, "public/benchmarks.html", context | {"missing": str(missing)})
    page = keyset_page(rows, order=("id",), cursor=request.GET.get("cursor", ""), size=PAGE_SIZE)
    words = dict(goods(scheme, day).values_list("cn_code", "description"))
    heading_good = _one_good(filters.chosen("good"), words)
    code = heading_good["code"] if heading_good else ""
    lines = _lines(page.rows, snapshot, day, names, words, code)
    edition = snapshot.tables.edition_on(day)
    context |= {
        "page": page,
        "lines": lines,
        "edition": edition,
        "mark_ups": _mark_ups(snapshot, day),
        "heading_good": heading_good,
        "benchmark_rows": _benchmarks_of(code, snapshot, day),
    }
    return render(request, "public/benchmarks.html", context)


def _rows(scheme: str, day: date, filters: BenchmarkFilterForm) -> Any:
    typed = "".join((filters.chosen("good") or "").split())
    is_code = typed.isascii() and typed.isdigit() and SHORTEST_PREFIX <= len(typed) <= LONGEST_PREFIX
    return public_default_values(
        scheme,
        day,
        country=filters.chosen("origin") or "",
        code=typed if is_code else "",
        words="" if is_code else (filters.chosen("good") or "").strip(),
        sector=filters.chosen("sector") or "",
    )


def _lines(
    rows: list[DefaultValue],
    snapshot: Snapshot,
    day: date,
    names: dict[str, Any],
    words: dict[str, str],
    code: str,
) -> list[Line]:
    """``code`` is the one good that was asked for, whose benchmarks stand beside rows of shorter codes."""
    valued = [_line(row, snapshot, day, names, words, code) for row in rows]
    longest = max((line.value for line in valued if line.value is not None), default=None)
    if not longest:
        return valued
    return [
        line if line.value is None else Line(**{**vars(line), "width": share_of_width(line.value, longest)})
        for line in valued
    ]


def _line(
    row: DefaultValue, snapshot: Snapshot, day: date, names: dict[str, Any], words: dict[str, str], code: str
) -> Line:
    sector = _sector_of(row.cn_prefix, snapshot)
    mark_up = _mark_up(snapshot, sector, day) if row.total is not None else None
    value = None
    if row.total is not None and mark_up is not None:
        with exact():
            value = round_half_up(row.total * (1 + mark_up), snapshot.parameters.mark_up_decimals)
    return Line(
        row=row,
        place=str(names.get(row.country, row.country)),
        words=words.get(row.cn_prefix[:8], ""),
        base=row.total,
        mark_up=mark_up,
        value=value,
        width="",
        own_benchmark=_benchmark(snapshot, code or row.cn_prefix[:8], row.benchmark_route, "A", day)
        if row.total is not None
        else None,
        whole_benchmark=_benchmark(snapshot, code or row.cn_prefix[:8], row.benchmark_route, "B", day)
        if row.total is not None
        else None,
    )


def _sector_of(prefix: str, snapshot: Snapshot) -> str | None:
    """Of the good under the code, or of the first good that a shorter code stands above."""
    entries = snapshot.tables.goods.get(prefix[:8])
    if entries is None:
        entries = next((found for code, found in snapshot.tables.goods.items() if code.startswith(prefix)), None)
    return entries[0].sector if entries else None


def _mark_up(snapshot: Snapshot, sector: str | None, day: date) -> Decimal | None:
    if sector is None:
        return None
    try:
        return snapshot.parameters.mark_up_for(sector, day).value
    except MissingReference:
        return None


def _mark_ups(snapshot: Snapshot, day: date) -> list[tuple[Any, Decimal]]:
    found = ((sector, _mark_up(snapshot, sector, day)) for sector in snapshot.parameters.mark_up_by_sector)
    return [(SECTOR_WORDS.get(sector, sector), value) for sector, value in found if value is not None]


def _benchmark(snapshot: Snapshot, code: str, route: str, column: str, day: date) -> Decimal | None:
    """The benchmark of the row's route; the only one where the column knows no routes."""
    holding = [each for each in snapshot.tables.free_allocation.get((code, column), ()) if day in each.span]
    if len(holding) == 1 and not holding[0].route:
        return holding[0].value
    letters = route.split("/")
    return max((each.value for each in holding if each.route and each.route in letters), default=None)


def _benchmarks_of(code: str, snapshot: Snapshot, day: date) -> list[Any]:
    """Every benchmark of one good, for the side of the page."""
    return [
        each
        for column in ("A", "B")
        for each in snapshot.tables.free_allocation.get((code, column), ())
        if day in each.span
    ]


def _one_good(typed: str | None, words: dict[str, str]) -> dict[str, str] | None:
    code = "".join((typed or "").split())[:8]
    return {"code": code, "words": words[code]} if code in words else None
