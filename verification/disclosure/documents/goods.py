"""Goods, their values and compositions: items 13 to 15, 31, 34 and 35 of the report, 4 of the summary."""

from __future__ import annotations

from decimal import Decimal

from verification.accounting.categories import category_named
from verification.accounting.entry.sections.goods import PARAMETERS
from verification.disclosure.documents.drafting import REFERENCE, Draft
from verification.disclosure.documents.identity import process_label
from verification.disclosure.documents.shape import Column, Item, Kind
from verification.disclosure.documents.source import FreeAllocation, GoodRow, Source, included_categories
from verification.kernel.quantities import exact

SEE_DECIMALS = 5
CN = Column("cn", "CN code", Kind.CODE)
NAME = Column("name", "Good")
PROCESS = Column("process", "Process")
UNIT = Column("unit", "Unit")
ELECTRICITY = "Electricity (export to EU)"
REDUCING_AGENT = ("Pig iron", "Direct reduced iron", "Crude steel", "Iron or steel products")
MUST_NAME_AGENT = ("Pig iron", "Direct reduced iron")
PARAMETER_WORDS = dict(PARAMETERS)


def goods_produced(source: Source, reference: str) -> Item:
    draft = Draft("13", "Goods produced, in total and by process", reference)
    columns = (PROCESS, Column("category", "Goods category"), Column("quantity", "Quantity", Kind.NUMBER), UNIT)
    rows = []
    for process in source.report.processes:
        if process.activity_level is None:
            draft.lack(f"Production of {process_label(process)}", "production")
        rows.append((process_label(process), process.category, process.activity_level, process.unit))
    draft.table("processes", "By production process", columns, rows)
    _quantities(draft, source)
    return draft.done()


def other_goods(source: Source, reference: str) -> Item:
    draft = Draft("14", "Goods outside the scheme", reference)
    goods = source.report.other_goods
    if not goods:
        return draft.does_not_apply("The installation states no goods outside the scheme.")
    for item in goods:
        if item.amount is None:
            draft.lack(f"Quantity of {item.name or item.id}", "other_goods")
    columns = (NAME, Column("quantity", "Quantity", Kind.NUMBER), UNIT)
    draft.table("goods", "Goods", columns, [(item.name or item.id, item.amount, item.unit) for item in goods])
    return draft.done()


def good_values(source: Source, reference: str) -> Item:
    draft = Draft("15", "Specific embedded emissions of each good", reference)
    say_values(draft, source)
    _compositions(draft, source)
    quality = source.report.data_quality
    draft.say("data_quality", "(c) Data quality and methods", quality.quality, section="quality")
    draft.say("quality_assurance", "Quality assurance", quality.assurance)
    draft.say("default_justification", "Why default values were used", quality.default_justification)
    say_indirect_confirmation(draft, source, has_evidence=True)
    say_imported_electricity(draft, source, has_addenda=True)
    return draft.done()


def say_values(draft: Draft, source: Source) -> None:
    """Per good: direct, share on defaults, and the indirect part where it counts."""
    if not source.goods:
        draft.lack("Goods by CN code", "goods")
    direct, indirect = [], []
    for good in source.goods:
        unit, value = _see(good, "see_direct")
        share = good.value("share_default") if "share_default" in good.row else good.value("default_share")
        if value is None:
            draft.lack(f"Direct embedded emissions of {good.label}", "goods")
        if share is None:
            draft.lack(f"Share of default values in {good.label}", "precursors")
        direct.append((good.product.cn, good.product.name, process_label(good.process), value, f"t CO2e/{unit}", share))
        if good.is_indirect_counted:
            indirect.append(_indirect(draft, good))
        elif good.is_indirect_counted is None:
            draft.lack(f"CN code of {good.label} that the scheme knows", "goods")
    columns = (
        CN, NAME, PROCESS, Column("see_direct", "Direct", Kind.NUMBER, "", SEE_DECIMALS), UNIT,
        Column("default_share", "On default values", Kind.SHARE, "", 1),
    )  # fmt: skip
    draft.table("direct", "Direct embedded emissions", columns, direct)
    if direct:
        draft.note("The share of default values is that of the direct embedded emissions.")
    columns = (
        CN,
        NAME,
        Column("see_indirect", "Indirect", Kind.NUMBER, "", SEE_DECIMALS),
        UNIT,
        Column("actual_share", "On actual values", Kind.SHARE, "", 1),
        Column("default_share", "On default values", Kind.SHARE, "", 1),
    )
    draft.table("indirect", "Indirect embedded emissions, of goods for which they count", columns, indirect)


def _indirect(draft: Draft, good: GoodRow) -> tuple:
    unit, value = _see(good, "see_indirect")
    share = good.value("default_share_indirect")
    if value is None:
        draft.lack(f"Indirect embedded emissions of {good.label}", "energy_use")
    if share is None:
        draft.lack(f"Share of the indirect emissions of {good.label} on default values", "electricity_sources")
    with exact():
        actual = None if share is None else 1 - share
    return good.product.cn, good.product.name, value, f"t CO2e/{unit}", actual, share


def say_indirect_confirmation(draft: Draft, source: Source, *, has_evidence: bool) -> None:
    """Criteria of 2023/956, Annex IV, point 6, where indirect emissions rest on actual values."""
    if not source.counted_goods or not source.actual_sources:
        return
    for item in source.actual_sources:
        if item.criteria_confirmed is None:
            draft.lack(f"Whether {item.name or item.id} meets the criteria for actual values", "electricity_sources")
        if has_evidence and item.evidence_given is None:
            draft.lack(f"Whether evidence on {item.name or item.id} went to the verifier", "electricity_sources")
    draft.say(
        "point_6_confirmed", "Criteria for actual values are met (2023/956, Annex IV, point 6)",
        _all(item.criteria_confirmed for item in source.actual_sources), kind=Kind.YES_NO,
    )  # fmt: skip
    if has_evidence:
        draft.say(
            "point_6_evidence", "Evidence went to the verifier (2025/2547, Annex II, D.4.3)",
            _all(item.evidence_given for item in source.actual_sources), kind=Kind.YES_NO,
        )  # fmt: skip


def say_imported_electricity(draft: Draft, source: Source, *, has_addenda: bool) -> None:
    """Electricity imported into the Union; its addenda say for whom."""
    goods = [good for good in source.goods if good.process and good.process.category == ELECTRICITY]
    if not goods:
        return
    addenda = source.report.electricity_addenda
    if not addenda:
        draft.lack("Criteria for actual values of imported electricity, by declarant", "electricity_addenda")
    draft.say(
        "direct_connection_confirmed", "Point 5(b), where relevant: direct connection",
        _all(addendum.direct_connection_confirmed for addendum in addenda), kind=Kind.YES_NO,
    )  # fmt: skip
    if any(addendum.fossil_emissions_confirmed is None for addendum in addenda):
        draft.lack("Point 5(c): at most 550 g of fossil CO2 per kWh", "electricity_addenda")
    draft.say(
        "fossil_emissions_confirmed", "Point 5(c): at most 550 g of fossil CO2 per kWh",
        _all(addendum.fossil_emissions_confirmed for addendum in addenda), kind=Kind.YES_NO,
    )  # fmt: skip
    if has_addenda:
        draft.say("addenda_count", "Declarant-specific addenda", Decimal(len(addenda)), decimals=0)
    for good in goods:
        if good.value("see_direct") is not None:
            draft.say(
                "imported_electricity_factor", f"Emission factor of {good.label}", good.value("see_direct"),
                unit="t CO2e/MWh", decimals=SEE_DECIMALS,
            )  # fmt: skip


def say_allocations(draft: Draft, source: Source) -> None:
    """Specific embedded free allocation and the benchmarks it rests on (2025/2620)."""
    rows = []
    for index, good in enumerate(source.goods):
        found = source.allocations[index] if index < len(source.allocations) else FreeAllocation()
        if found.value is None:
            why = found.why_missing or "it was not determined"
            draft.lack(f"Specific embedded free allocation of {good.label}: {why}", REFERENCE)
        rows.append((good.product.cn, good.product.name, found.value, found.grounds or None))
    columns = (
        CN, NAME, Column("sefa", "Free allocation", Kind.NUMBER, "t CO2e/t", SEE_DECIMALS),
        Column("benchmarks", "Benchmarks used and method"),
    )  # fmt: skip
    draft.table("free_allocation", "Specific embedded free allocation", columns, rows)


def goods_in_functional_units(source: Source, reference: str) -> Item:
    draft = Draft("31", "Goods produced, in functional units", reference)
    _functional(draft, source)
    within = [
        (process_label(item), ", ".join(included_categories(item)))
        for item in source.report.processes
        if included_categories(item)
    ]
    columns = (PROCESS, Column("categories", "Goods categories"))
    draft.table("within", "Precursors made within a process, without quantities of their own", columns, within)
    return draft.done()


def quantity_by_route(source: Source, reference: str) -> Item:
    draft = Draft("34", "Quantity of goods per production route", reference)
    rows = []
    for process in source.report.processes:
        if not process.production:
            draft.lack(f"Production of {process_label(process)} by route", "route_production")
        rows += [(process_label(process), part.route, part.amount, process.unit) for part in process.production]
    columns = (PROCESS, Column("route", "Route"), Column("quantity", "Quantity", Kind.NUMBER), UNIT)
    draft.table("routes", "(a) By process and route", columns, rows)
    _functional(draft, source)
    return draft.done()


def sector_parameters(source: Source, reference: str) -> Item:
    draft = Draft("35", "Parameters of the sector", reference)
    rows = []
    is_asked = False
    for good in source.goods:
        category = good.process.category if good.process else ""
        known = category_named(category)
        names = known.parameters if known else ()
        is_asked = is_asked or bool(names) or category in REDUCING_AGENT
        lacking = [PARAMETER_WORDS[name] for name in names if name not in good.product.parameters]
        if lacking:
            draft.lack(f"{good.label}: {', '.join(lacking)}", "composition")
        if category in MUST_NAME_AGENT and not good.product.reducing_agent:
            draft.lack(f"{good.label}: main reducing agent", "goods")
        if category in REDUCING_AGENT and good.product.reducing_agent:
            rows.append((good.product.cn, good.product.name, "Main reducing agent", good.product.reducing_agent))
        for name, value in good.product.parameters.items():
            rows.append((good.product.cn, good.product.name, PARAMETER_WORDS.get(name, name), plain_number(value)))
    if not is_asked and source.goods:
        return draft.does_not_apply("The act asks no parameters of these goods categories.")
    columns = (CN, NAME, Column("parameter", "Parameter"), Column("value", "Value"))
    draft.table("parameters", "Parameters of each good", columns, rows)
    draft.note("Contents and shares are fractions of one; scrap is in tonnes per tonne.")
    return draft.done()


def _quantities(draft: Draft, source: Source) -> None:
    columns = (PROCESS, CN, NAME, Column("quantity", "Quantity", Kind.NUMBER), UNIT)
    rows = []
    for good in source.goods:
        if good.quantity is None:
            draft.lack(f"Quantity of {good.label}", "goods")
        rows.append((process_label(good.process), good.product.cn, good.product.name, good.quantity, good.unit))
    if not rows:
        draft.lack("Goods by CN code", "goods")
    draft.table("goods", "By good", columns, rows)


def _functional(draft: Draft, source: Source) -> None:
    columns = (PROCESS, CN, NAME, Column("quantity", "Quantity", Kind.NUMBER), Column("unit", "Functional unit"))
    rows = []
    for good in source.goods:
        quantity, unit = good.quantity, good.unit
        if quantity is None:
            draft.lack(f"Quantity of {good.label}", "goods")
        if good.functional:
            unit, content = good.functional["unit"], Decimal(good.functional["content"])
            with exact():
                quantity = None if quantity is None else quantity * content
        rows.append((process_label(good.process), good.product.cn, good.product.name, quantity, unit))
    if not rows:
        draft.lack("Goods by CN code", "goods")
    draft.table("goods", "In functional units for each CN code", columns, rows)


def _compositions(draft: Draft, source: Source) -> None:
    rows = []
    for good in source.goods:
        if good.functional:
            content = f"{good.functional['content']} {good.functional['unit']}/{good.unit}"
            rows.append((good.product.cn, good.product.name, content, good.value("see_direct"), f"t CO2e/{good.unit}"))
    columns = (
        CN,
        NAME,
        Column("content", "Composition"),
        Column("see_direct", "Direct", Kind.NUMBER, "", SEE_DECIMALS),
        UNIT,
    )
    draft.table("compositions", "(b) Direct embedded emissions of each composition", columns, rows)


def _see(good: GoodRow, name: str) -> tuple[str, Decimal | None]:
    """Unit and value per functional unit."""
    if not good.functional:
        return good.unit, good.value(name)
    found = good.functional.get(name)
    return good.functional["unit"], None if found is None else Decimal(found)


def _all(answers: object) -> bool | None:
    """Yes where all say yes, no where one says no, else not said."""
    known = list(answers)  # type: ignore[call-overload]
    if any(answer is False for answer in known):
        return False
    return True if known and all(answer is True for answer in known) else None


def plain_number(value: Decimal) -> str:
    return f"{value.normalize():f}"
