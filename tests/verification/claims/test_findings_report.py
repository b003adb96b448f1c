"""The record of a report becomes the parts that checks look at, field by field."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import get_args, get_type_hints

import pytest

from verification.accounting import model
from verification.accounting.model import InstallationReport
from verification.checks.model import ReportPart
from verification.claims.subjects.report import report_part

pytestmark = pytest.mark.unit
OWN_TO_CHECKS = {"path", "allowed_routes"}
MODEL_OF = {
    "ReportPart": "InstallationReport",
    "SitePart": "Installation",
    "PlanPart": "MonitoringPlan",
    "TotalsPart": "EnteredTotals",
    "StreamPart": "SourceStream",
    "PfcPart": "PfcStream",
    "MeasuredPart": "MeasuredSource",
    "GapPart": "DataGap",
    "TransferPart": "Co2Transfer",
    "FlowPart": "EnergyFlow",
    "UsePart": "Consumption",
    "HeatPart": "HeatSource",
    "ChpPart": "ChpUnit",
    "ElectricityPart": "ElectricitySource",
    "AddendumPart": "ElectricityAddendum",
}


def parts_of(kind: type) -> dict[str, type]:
    """Every dataclass reachable from ``kind``, by name."""
    found, waiting = {}, [kind]
    while waiting:
        part = waiting.pop()
        if part.__name__ not in found:
            found[part.__name__] = part
            for hint in get_type_hints(part).values():
                waiting += [each for each in (hint, *get_args(hint)) if is_dataclass(each)]
    return found


PARTS = parts_of(ReportPart)


@pytest.mark.parametrize("name", sorted(PARTS))
def test_every_field_of_a_part_is_one_of_the_record(name: str) -> None:
    """A name that the record does not have would leave its rules silent for ever."""
    of_model = getattr(model, MODEL_OF.get(name, name.removesuffix("Part")))
    known = {field.name for field in fields(of_model)}
    assert {field.name for field in fields(PARTS[name])} - known - OWN_TO_CHECKS == set()


def test_record_is_read_with_its_types_and_places() -> None:
    report = InstallationReport(
        processes=(model.Process("P1", category="Cement", production=(model.RouteAmount("R", Decimal("1.50")),)),),
        precursors=(
            model.Precursor("PP1", supplies=(model.Supply("U1", period_starts_on=date(2026, 2, 1), is_traced=False),)),
        ),
        monitoring_plan=model.MonitoringPlan(months_monitored=7, dated_on=date(2025, 12, 1)),
        sources={"processes.0.category": "A_InstData!E83"},
    )
    part = report_part(report.as_record())
    assert part.processes[0].activity_level == Decimal("1.5")
    assert part.processes[0].path == "processes.0"
    assert part.processes[0].allowed_routes == ("All production routes",)
    supply = part.precursors[0].supplies[0]
    assert (supply.path, supply.period_starts_on, supply.is_traced) == (
        "precursors.0.supplies.0",
        date(2026, 2, 1),
        False,
    )
    assert (part.monitoring_plan.months_monitored, part.monitoring_plan.dated_on) == (7, date(2025, 12, 1))
    assert part.sources == {"processes.0.category": "A_InstData!E83"}


def test_missing_record_and_missing_numbers_stay_missing() -> None:
    assert report_part(None) == ReportPart()
    part = report_part({"processes": [{"id": "P1", "electricity_mwh": None}]})
    assert (part.processes[0].electricity_mwh, part.processes[0].activity_level) == (None, None)


def test_a_number_that_is_none_is_an_error() -> None:
    with pytest.raises(ValueError, match="not a number"):
        report_part({"processes": [{"id": "P1", "electricity_mwh": "much"}]})
