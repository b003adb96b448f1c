"""Subjects for the checks. Numbers may be written as text; a clean subject has no finding at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple, get_type_hints

from verification.checks.model import (
    CarbonPricePart,
    ChpPart,
    ElectricityPart,
    FlowPart,
    GapPart,
    GoodSubject,
    HeatPart,
    MeasuredPart,
    PfcPart,
    PlanPart,
    PrecursorPart,
    ProcessPart,
    ReportPart,
    RouteAmountPart,
    SharePart,
    StatementSubject,
    StreamPart,
    Subject,
    SupplyPart,
    TotalsPart,
    TransferPart,
    UsePart,
)
from verification.checks.model.report import AddendumPart, OtherGoodPart, ProductPart, SitePart


class Case(NamedTuple):
    """``at`` lies exactly at the limit and passes; ``beyond`` is the smallest step that does not.

    ``more`` holds such pairs for the other ends of a rule that has several.
    """

    passes: Subject
    fails: Subject
    at: Subject | None = None
    beyond: Subject | None = None
    more: tuple[tuple[Subject, Subject], ...] = ()


@cache
def _decimal_fields(kind: Any) -> frozenset[str]:
    hints = get_type_hints(kind)
    return frozenset(name for name, hint in hints.items() if "Decimal" in str(hint) and "Mapping" not in str(hint))


def made(part: Any, values: dict[str, Any], /, **defaults: Any) -> Any:
    numbers = _decimal_fields(part)
    given = {**defaults, **values}
    return part(**{name: Decimal(v) if name in numbers and isinstance(v, str) else v for name, v in given.items()})


def good(**values: Any) -> GoodSubject:
    return made(
        GoodSubject,
        values,
        code="25232900",
        category="Cement",
        sector="cement",
        process="Kilns and mills",
        route="All production routes",
        unit="t",
        quantity="1000",
        direct="0.8",
        indirect="0.1",
        total="0.9",
        applicable="0.9",
        default_value="1.5",
        default_share="0",
        process_id="P1",
        list_category="cement",
        scope="direct_and_indirect",
        parameters={"clinker_factor": Decimal("0.9")},
    )


def use(process_id: str, amount: str) -> UsePart:
    return UsePart(process_id, Decimal(amount))


def route(amount: str, name: str = "All production routes") -> RouteAmountPart:
    return RouteAmountPart(name, Decimal(amount))


def share(percent: str, target: str = "P1") -> SharePart:
    return SharePart(target, Decimal(percent))


def flow(**values: Any) -> FlowPart:
    return made(FlowPart, values)


def process(**values: Any) -> ProcessPart:
    """A cement process; its place follows its id ("P1" stands at processes.0)."""
    identity = values.get("id", "P1")
    return made(
        ProcessPart,
        values,
        path=f"processes.{int(identity[1:]) - 1}",
        id="P1",
        name="Kilns and mills",
        category="Cement",
        production=(route("1000"),),
        produced_for_market="1000",
        direct_emissions_tco2e="800",
        electricity_mwh="100",
        electricity_factor_tco2e_per_mwh="0.4",
    )


def stream(**values: Any) -> StreamPart:
    return made(
        StreamPart,
        values,
        path="source_streams.0",
        id="S1",
        method="combustion",
        name="Fuel mix",
        activity_data="100",
        activity_unit="t",
        net_calorific_value_gj_per_unit="25",
        emission_factor="95",
        emission_factor_unit="tCO2/TJ",
    )


def material(**values: Any) -> StreamPart:
    """A material with process emissions per tonne."""
    return stream(
        **{
            "method": "process",
            "name": "Raw meal",
            "net_calorific_value_gj_per_unit": None,
            "emission_factor": "0.5",
            "emission_factor_unit": "tCO2/t",
            **values,
        }
    )


def measured(**values: Any) -> MeasuredPart:
    return made(MeasuredPart, values, path="measured_sources.0", id="M1", name="Stack", gas="co2")


def pfc(**values: Any) -> PfcPart:
    return made(PfcPart, values, path="pfc_streams.0", id="F1", technology="Prebake")


def gap(**values: Any) -> GapPart:
    return made(
        GapPart,
        values,
        path="data_gaps.0",
        id="G1",
        reason="Meter exchanged",
        estimation_method="Mean of the month",
        emissions_tco2e="1",
    )


def transfer(**values: Any) -> TransferPart:
    return made(
        TransferPart,
        values,
        path="co2_transfers.0",
        id="T1",
        process="P1",
        direction="out",
        purpose="geological_storage",
        amount_t="100",
        counterparty="Store",
        contact="store@example.org",
    )


def heat(**values: Any) -> HeatPart:
    return made(HeatPart, values, path="heat_sources.0", id="H1", name="Boiler", kind="boiler")


def chp(**values: Any) -> ChpPart:
    return made(
        ChpPart,
        values,
        path="chp_units.0",
        id="C1",
        name="Turbine",
        fuel_tj="100",
        heat_tj="50",
        electricity_mwh="5000",
    )


def power(**values: Any) -> ElectricityPart:
    return made(ElectricityPart, values, path="electricity_sources.0", id="E1", name="Grid", kind="grid")


def addendum(**values: Any) -> AddendumPart:
    return made(
        AddendumPart,
        values,
        path="electricity_addenda.0",
        id="A1",
        declarant_eori="DE123456789",
        amount_mwh="10",
        contract_confirmed=True,
        congestion_confirmed=True,
        capacity_confirmed=True,
    )


def supply(**values: Any) -> SupplyPart:
    return made(
        SupplyPart,
        values,
        path="precursors.0.supplies.0",
        id="U1",
        operator="Klinker Ltd",
        country="TR",
        amount="500",
        value_source="measured",
        certificate_number="C-1",
        see_direct_tco2e_per_unit="0.8",
    )


def precursor(**values: Any) -> PrecursorPart:
    return made(
        PrecursorPart,
        values,
        path="precursors.0",
        id="PP1",
        name="Bought clinker",
        category="Cement clinker",
        country="TR",
        purchased=(route("500"),),
        consumed_in=(use("P1", "500"),),
        see_direct_tco2e_per_unit="0.8",
        see_direct_source="measured",
    )


def product(**values: Any) -> ProductPart:
    return made(
        ProductPart, values, path="products.0", id="1", process="P1", cn="25232900", name="Cement", quantity="1000"
    )


def price(**values: Any) -> CarbonPricePart:
    return made(CarbonPricePart, values, instrument="Carbon tax", currency="USD", due_per_unit="5")


def plan(**values: Any) -> PlanPart:
    return made(PlanPart, values)


def report(**values: Any) -> ReportPart:
    return ReportPart(
        **{
            "processes": (process(),),
            "products": (product(),),
            "source_streams": (stream(),),
            **values,
        }
    )


def totals(**values: Any) -> TotalsPart:
    return made(TotalsPart, values)


def site(code: str) -> SitePart:
    return SitePart(code)


def other_good(name: str = "Lime") -> OtherGoodPart:
    return OtherGoodPart("other_goods.0", "O1", name)


def statement(**values: Any) -> StatementSubject:
    return made(
        StatementSubject,
        values,
        opinion="satisfactory",
        assurance="reasonable",
        materiality_percent="5",
        visit_kind="physical",
        visit_started_on=date(2027, 1, 11),
        visit_ended_on=date(2027, 1, 12),
        report_dated_on=date(2027, 2, 1),
        report_number="VR-1",
        snapshot_sha256="a" * 64,
        accreditation_problem="",
        scope_problem="",
        uncorrected_misstatements="",
        is_first_verified_period=True,
        lead_auditor="Emre Yıldırım",
        independent_reviewer="Selin Kaya",
        accreditation_starts_on=date(2026, 1, 1),
        accreditation_ends_on=date(2031, 1, 1),
    )


def subject(*parts: Any, **values: Any) -> Subject:
    """A clean claim for 2026; ``parts`` are a report, a statement or goods, ``values`` any other field."""
    given = {
        "scheme": "eu-cbam",
        "scheme_start": date(2026, 1, 1),
        "period_start": date(2026, 1, 1),
        "period_end": date(2027, 1, 1),
        "today": date(2027, 3, 1),
        "country": "TR",
        "latitude": Decimal("36.319402"),
        "longitude": Decimal("33.881967"),
        "file_country": "TR",
        "file_latitude": Decimal("36.319402"),
        "file_longitude": Decimal("33.881967"),
        "goods": (good(),),
        "precursors": (),
        "evidence_purposes": frozenset({"monitoring_plan"}),
        "electricity_sources": frozenset(),
        "template_is_used_elsewhere": False,
        "evidence_is_shared_with_others": False,
        "other_claims_for_period": (),
        "snapshot_sha256": "a" * 64,
        "statement": statement(),
        "report": report(),
        "report_starts_on": date(2026, 1, 1),
        "report_ends_on": date(2026, 12, 31),
        **values,
    }
    clean = Subject(**given)
    goods = tuple(part for part in parts if isinstance(part, GoodSubject))
    for part in parts:
        if isinstance(part, ReportPart):
            clean = replace(clean, report=part)
        elif isinstance(part, StatementSubject):
            clean = replace(clean, statement=part)
    return replace(clean, goods=goods) if goods else clean


CLEAN = subject()
