from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest

from verification.accounting.enums import StreamMethod
from verification.accounting.examples import example_names, example_report
from verification.accounting.model import InstallationReport, SourceStream
from verification.accounting.record import as_record, from_record
from verification.kernel.canonical import canonical_bytes

pytestmark = pytest.mark.unit


@pytest.mark.parametrize("name", example_names())
def test_report_survives_record_and_sealing(name):
    report = example_report(name)
    record = report.as_record()
    assert InstallationReport.from_record(record) == report
    assert canonical_bytes(record) == canonical_bytes(InstallationReport.from_record(record).as_record())


def test_record_carries_decimals_dates_and_choices_as_text():
    stream = SourceStream("S1", method=StreamMethod.MASS_BALANCE, activity_data=Decimal("-4800000.50"))
    record = as_record(stream)
    assert (record["method"], record["activity_data"], record["biomass_percent"]) == (
        "mass_balance",
        "-4800000.5",
        None,
    )
    assert as_record(date(2026, 12, 31)) == "2026-12-31"


def test_record_refuses_a_float():
    with pytest.raises(TypeError):
        as_record({"value": 0.1})


@pytest.mark.parametrize(
    "record",
    [
        {"id": "S1", "activity_data": 0.1},
        {"id": "S1", "activity_data": "NaN"},
        {"id": "S1", "activity_data": "Infinity"},
        {"id": "S1", "activity_data": True},
        {"id": "S1", "method": "guesswork"},
        {"id": "S1", "unknown": "x"},
        {"id": 1},
    ],
)
def test_from_record_refuses_what_as_record_never_makes(record):
    with pytest.raises(ValueError):
        from_record(SourceStream, record)


def test_record_refuses_a_type_without_plain_form():
    @dataclass(frozen=True)
    class Odd:
        value: object

    with pytest.raises(TypeError):
        as_record(Odd(object()))
