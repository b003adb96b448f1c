"""Precursors made here and bought: items 18 to 25, 27 and 28 of the report, 12 to 16 of the summary."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from verification.accounting.enums import ValueSource
from verification.accounting.model import Precursor
from verification.accounting.precursors import carried_by
from verification.disclosure.documents.drafting import Draft
from verification.disclosure.documents.identity import process_label
from verification.disclosure.documents.shape import Column, Item, Kind
from verification.disclosure.documents.source import Source
from verification.kernel.quantities import exact

NONE_BOUGHT = "No precursor is bought."
NONE_MADE = "No process uses a good of another process of the installation."
PRECURSOR = Column("precursor", "Precursor")
PROCESS = Column("process", "Used in")
QUANTITY = Column("quantity", "Quantity", Kind.NUMBER)
UNIT = Column("unit", "Unit")
CN = Column("cn", "CN code", Kind.CODE)
COUNTRY = Column("country", "Country", Kind.CODE)
SEE_DIRECT = Column("see_direct", "Direct", Kind.NUMBER, "", 5)
SEE_INDIRECT = Column("see_indirect", "Indirect", Kind.NUMBER, "", 5)
VALUE_UNIT = Column("value_unit", "Unit")


@dataclass(frozen=True)
class Delivery:
    """What one producer delivered, or the precursor as a whole where no deliveries are told apart."""

    precursor: Precursor
    cn: str
    country: str
    source: ValueSource | None
    see_direct: Decimal | None
    see_indirect: Decimal | None
    operator: str = ""
    installation: str = ""
    registry_id: str = ""
    period_starts_on: date | None = None
    period_ends_on: date | None = None
    period_method: str = ""
    default_reference: str = ""

    @property
    def label(self) -> str:
        name = self.precursor.name or self.precursor.id
        return f"{name} of {self.operator}" if self.operator else name

    @property
    def value_unit(self) -> str:
        return f"t CO2e/{self.precursor.unit or 'unit'}"

    @property
    def period(self) -> str | None:
        if self.period_starts_on is None or self.period_ends_on is None:
            return None
        return f"{self.period_starts_on} to {self.period_ends_on}"


def deliveries_of(source: Source) -> list[Delivery]:
    found = []
    for item in source.report.precursors:
        if not item.supplies:
            found.append(
                Delivery(
                    item,
                    item.cn,
                    item.country,
                    item.see_direct_source,
                    item.see_direct_tco2e_per_unit,
                    item.see_indirect_tco2e_per_unit,
                    default_reference=item.default_reference,
                )
            )
        for supply in item.supplies:
            found.append(
                Delivery(
                    item,
                    supply.cn or item.cn,
                    supply.country or item.country,
                    supply.value_source,
                    supply.see_direct_tco2e_per_unit,
                    supply.see_indirect_tco2e_per_unit,
                    supply.operator,
                    supply.installation,
                    supply.registry_id,
                    supply.period_starts_on,
                    supply.period_ends_on,
                    supply.period_method,
                    supply.default_reference,
                )
            )
    return found


def made_here(source: Source, reference: str) -> Item:
    draft = Draft("18", "Precursors made and used in the installation", reference)
    uses = _uses_of_own(source)
    if not uses:
        return draft.does_not_apply(NONE_MADE)
    rows = []
    for process in source.report.processes:
        amounts = [amount for label, _, amount, _ in uses if label == _own_label(process)]
        if amounts:
            rows.append((_own_label(process), _sum(amounts), process.unit))
    draft.table("precursors", "By precursor", (PRECURSOR, QUANTITY, UNIT), rows)
    return draft.done()


def made_here_by_process(source: Source, number: str, reference: str) -> Item:
    """Items 19 and 27, which ask the same of the act."""
    draft = Draft(number, "Precursors made in the installation, by process that uses them", reference)
    uses = _uses_of_own(source)
    if not uses:
        return draft.does_not_apply(NONE_MADE)
    draft.table("precursors", "By precursor and process", (PRECURSOR, PROCESS, QUANTITY, UNIT), uses)
    return draft.done()


def bought(source: Source, reference: str) -> Item:
    draft = Draft("20", "Precursors made elsewhere and used in the installation", reference)
    if not source.report.precursors:
        return draft.does_not_apply(NONE_BOUGHT)
    rows = []
    for item in source.report.precursors:
        amounts = [use.amount for use in item.consumed_in]
        if item.consumed_for_other_purposes is not None:
            amounts.append(item.consumed_for_other_purposes)
        if not amounts:
            draft.lack(f"Quantity of {item.name or item.id} that is used", "precursor_use")
        rows.append((item.name or item.id, _sum(amounts) if amounts else None, item.unit))
    draft.table("precursors", "By precursor", (PRECURSOR, QUANTITY, UNIT), rows)
    return draft.done()


def bought_by_process(source: Source, reference: str) -> Item:
    draft = Draft("21", "Precursors made elsewhere, by process that uses them", reference)
    if not source.report.precursors:
        return draft.does_not_apply(NONE_BOUGHT)
    rows = []
    for item in source.report.precursors:
        if not item.consumed_in:
            draft.lack(f"Processes that use {item.name or item.id}", "precursor_use")
        rows += [
            (item.name or item.id, source.name_of(use.process), use.amount, item.unit)
            for use in item.consumed_in
            if use.amount
        ]
    draft.table("precursors", "By precursor and process", (PRECURSOR, PROCESS, QUANTITY, UNIT), rows)
    return draft.done()


def on_defaults(source: Source, number: str, reference: str) -> Item:
    draft = Draft(number, "Precursors with default values", reference)
    if not source.report.precursors:
        return draft.does_not_apply(NONE_BOUGHT)
    found = deliveries_of(source)
    for item in found:
        if item.source in (None, ValueSource.UNKNOWN):
            draft.lack(f"Whether the value of {item.label} is actual or default", _section(item))
    chosen = [item for item in found if item.source is ValueSource.DEFAULT]
    if not chosen:
        return draft.does_not_apply("No precursor has a default value.")
    for item in chosen:
        _demand(draft, item, {"CN code": item.cn, "default value": item.see_direct})
    columns = (CN, PRECURSOR, COUNTRY, SEE_DIRECT, SEE_INDIRECT, VALUE_UNIT, Column("reference", "Row of the table"))
    rows = [
        (item.cn, item.label, item.country, item.see_direct, item.see_indirect, item.value_unit, item.default_reference)
        for item in chosen
    ]
    draft.table("precursors", "Default values", columns, rows)
    if any(not item.country for item in chosen):
        draft.note("Where no country stands, it is not known.")
    return draft.done()


def on_actual_values(source: Source, number: str, reference: str) -> Item:
    draft = Draft(number, "Precursors with actual values", reference)
    chosen = _actual(source)
    if not chosen:
        return draft.does_not_apply(_why_none_actual(source))
    for item in chosen:
        _demand(
            draft,
            item,
            {
                "CN code": item.cn,
                "country": item.country,
                "reporting period": item.period,
                "how the period was determined": item.period_method,
                "direct embedded emissions": item.see_direct,
            },
        )
    columns = (
        CN,
        PRECURSOR,
        COUNTRY,
        Column("period", "Reporting period"),
        Column("period_method", "Period determined by"),
        SEE_DIRECT,
        SEE_INDIRECT,
        VALUE_UNIT,
    )
    rows = [
        (
            item.cn,
            item.label,
            item.country,
            item.period,
            item.period_method,
            item.see_direct,
            item.see_indirect,
            item.value_unit,
        )
        for item in chosen
    ]
    draft.table("precursors", "Actual values", columns, rows)
    draft.say("used_in_year", "Used for goods of the year", source.content["period"]["start"][:4])
    return draft.done()


def several_periods(source: Source, number: str, reference: str) -> Item:
    draft = Draft(number, "Precursors of several reporting periods", reference)
    return _weighted(draft, source, lambda item: item.period, "No precursor comes from several reporting periods.")


def several_installations(source: Source, number: str, reference: str) -> Item:
    draft = Draft(number, "Precursors of several installations", reference)
    return _weighted(
        draft, source, lambda item: (item.operator, item.installation), "No precursor comes from several installations."
    )


def origin(source: Source, number: str, reference: str) -> Item:
    draft = Draft(number, "Operator and installation of origin of precursors", reference)
    chosen = _actual(source)
    if not chosen:
        return draft.does_not_apply(_why_none_actual(source))
    for item in chosen:
        _demand(
            draft,
            item,
            {"operator": item.operator, "installation": item.installation, "reporting period": item.period},
        )
    columns = (
        PRECURSOR,
        Column("operator", "Operator"),
        Column("installation", "Installation"),
        Column("registry_identifier", "Registry identifier", Kind.CODE),
        Column("period", "Reporting period"),
    )
    rows = [
        (item.precursor.name or item.precursor.id, item.operator, item.installation, item.registry_id, item.period)
        for item in chosen
    ]
    draft.table("origins", "Origin", columns, rows)
    return draft.done()


def _weighted(draft: Draft, source: Source, key, otherwise: str) -> Item:  # type: ignore[no-untyped-def]
    rows = []
    for index, item in enumerate(source.report.precursors):
        own = [each for each in deliveries_of(source) if each.precursor is item]
        if len({key(each) for each in own if key(each)}) < 2:
            continue
        carried = carried_by(item, index, source.rules)
        direct = carried.direct.value if carried.direct else None
        indirect = carried.indirect.value if carried.indirect else None
        if direct is None:
            draft.lack(f"Quantities and values of all deliveries of {item.name or item.id}", "deliveries")
        method = "Traced deliveries, Article 14(3)" if item.is_traced_subset else "All deliveries, Article 14(1), (2)"
        rows.append((item.name or item.id, item.cn, direct, indirect, f"t CO2e/{item.unit or 'unit'}", method))
    if not rows:
        return draft.does_not_apply(otherwise)
    columns = (PRECURSOR, CN, SEE_DIRECT, SEE_INDIRECT, VALUE_UNIT, Column("method", "Determined by"))
    draft.table("precursors", "Weighted values", columns, rows)
    return draft.done()


def _demand(draft: Draft, item: Delivery, needed: dict[str, object]) -> None:
    lacking = [words for words, value in needed.items() if value in (None, "")]
    if lacking:
        words = ", ".join(lacking)
        draft.lack(f"{item.label}: {words}", _section(item) if item.precursor.supplies else "precursors")


def _section(item: Delivery) -> str:
    return "deliveries" if item.precursor.supplies else "precursors"


def _actual(source: Source) -> list[Delivery]:
    return [item for item in deliveries_of(source) if item.source is ValueSource.MEASURED]


def _why_none_actual(source: Source) -> str:
    return "No precursor has an actual value." if source.report.precursors else NONE_BOUGHT


def _uses_of_own(source: Source) -> list[tuple[str, str, Decimal, str]]:
    return [
        (_own_label(process), source.name_of(use.process), use.amount, process.unit)
        for process in source.report.processes
        for use in process.consumed_in
        if use.process != process.id
    ]


def _own_label(process) -> str:  # type: ignore[no-untyped-def]
    return f"{process.category} of {process_label(process)}"


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    with exact():
        return sum(amounts, Decimal(0))
