"""What a row says in the words of every registry, and what is wrong with it, by cell."""

from __future__ import annotations

from datetime import date

import pytest

from tests.verification.units.registries.exports import ACR, ART, CAR, ECOREGISTRY, GOLD_STANDARD, VERRA, read
from verification.units.registries import ExportKind, RecordKind
from verification.units.uses import Use

pytestmark = pytest.mark.unit


def only(reading):
    (record,) = reading.records
    return record


def codes(reading):
    return [(each.code, each.severity, each.cell) for each in reading.problems]


@pytest.mark.parametrize(
    ("row", "registry", "kind", "record_kind", "event_on", "project"),
    [
        (VERRA, "Verra", ExportKind.TRANSACTIONS, RecordKind.RETIREMENT_OR_CANCELLATION, date(2026, 4, 10), "4150"),
        (GOLD_STANDARD, "Gold Standard", ExportKind.RETIREMENTS, RecordKind.RETIREMENT, date(2026, 4, 10), "11603"),
        (ACR, "American Carbon Registry", ExportKind.RETIREMENTS, RecordKind.RETIREMENT, date(2026, 4, 13), "ACR1129"),
        (
            CAR,
            "Climate Action Reserve",
            ExportKind.CANCELLATIONS,
            RecordKind.CANCELLATION,
            date(2025, 8, 20),
            "CAR2056",
        ),
        (ART, "ART registry", ExportKind.CANCELLATIONS, RecordKind.CANCELLATION, date(2025, 2, 28), "ART102"),
        (ECOREGISTRY, "EcoRegistry", ExportKind.RETIREMENTS, RecordKind.RETIREMENT, date(2022, 7, 13), "7"),
    ],
    ids=["verra", "gold standard", "acr", "car", "art", "ecoregistry"],
)
def test_every_registry_is_read_into_the_same_words(row, registry, kind, record_kind, event_on, project):
    reading = read(row)
    record = only(reading)
    assert (reading.registry, reading.kind, reading.problems, reading.is_blocked) == (registry, kind, (), False)
    assert (record.kind, record.event_on, record.project_id, record.line) == (record_kind, event_on, project, 2)
    assert record.parsed.serial.quantity == record.stated_quantity
    assert record.is_blocked is False


def test_verra_row_tells_labels_and_purpose():
    record = only(read(VERRA))
    assert record.labels == ("Article 6 Authorized – NDC Use", "CORSIA - First Phase, 2024-2026 Scope")
    assert (record.article6, record.corsia) == (("NDC",), ("first",))
    assert record.article6_text == "Article 6 Authorized – NDC Use"
    assert (record.beneficiary, record.purpose, record.use.use) == ("Works Ltd", "CBAM 2026", Use.SURRENDER)
    assert (record.vintage_from, record.vintage_to) == (date(2024, 10, 1), date(2024, 12, 31))


def test_unknown_purpose_of_an_authorisation_is_kept_as_printed():
    record = only(read(VERRA, Additional_Certifications="Article 6 Authorized – Moon mitigation"))
    assert record.article6 == ("Moon mitigation",)


def test_time_is_an_instant_where_its_zone_is_printed():
    record = only(read(ACR))
    assert record.event_at.isoformat() == "2026-04-13T00:17:56+00:00"
    assert (record.timezone, record.corsia, record.account_holder) == ("GMT", ("pilot",), "Trader Inc.")
    record = only(read(ECOREGISTRY))
    assert (record.event_at, record.timezone, record.taxpayer) == (None, "", "TERPEL S.A.")


def test_version_is_taken_from_the_end_of_a_protocol():
    assert only(read(CAR)).methodology_version == "Version 2.2"
    assert only(read(ART)).methodology_version == "Version 2.0"


def test_verra_row_without_date_is_an_issuance():
    row = {**VERRA, "Retirement/Cancellation Date": "", "Retirement Reason": "", "Retirement Beneficiary": ""}
    record = only(read(row))
    assert (record.kind, record.event_on, record.use) == (RecordKind.ISSUANCE, date(2026, 3, 20), None)


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        ("Retired", RecordKind.RETIREMENT),
        ("Canceled", RecordKind.CANCELLATION),
        ("cancelled", RecordKind.CANCELLATION),
        ("Issued", RecordKind.ISSUANCE),
    ],
)
def test_gold_standard_is_told_apart_by_status(status, kind):
    reading = read(GOLD_STANDARD, Credit_Status=status)
    assert (only(reading).kind, reading.problems) == (kind, ())


def test_aeroplane_operator_is_another_scheme():
    record = only(read(GOLD_STANDARD, Aeroplane_Operator_Name="Airline"))
    assert (record.use.use, record.use.scheme, record.purpose) == (Use.OTHER_SCHEME, "corsia", "")


@pytest.mark.parametrize(
    ("row", "changes", "expected"),
    [
        (GOLD_STANDARD, {"Credit_Status": "Pending"}, ("UNX-015", "block", "B2")),
        (GOLD_STANDARD, {"Retirement_Date": ""}, ("UNX-013", "warn", "I2")),
        (GOLD_STANDARD, {"Retirement_Date": "10.04.2026"}, ("UNX-009", "block", "I2")),
        (GOLD_STANDARD, {"Issuance_Date": "2026-02-30"}, ("UNX-009", "block", "H2")),
        (GOLD_STANDARD, {"Quantity": "5.354"}, ("UNX-010", "block", "C2")),
        (GOLD_STANDARD, {"Quantity": ""}, ("UNX-010", "block", "C2")),
        (GOLD_STANDARD, {"Quantity": "5000"}, ("S-QTY", "block", "C2")),
        (GOLD_STANDARD, {"GSID": "11604"}, ("S-SELF", "block", "D2")),
        (GOLD_STANDARD, {"Serial_Number": "GS1-1"}, ("S-FORMAT", "block", "J2")),
        (GOLD_STANDARD, {"Serial_Number": ""}, ("S-FORMAT", "block", "J2")),
        (ACR, {"Status_Effective_(GMT)": "13/4/2026 7:17:56 PM"}, ("UNX-009", "block", "H2")),
        (ACR, {"Status_Effective_(GMT)": "4/13/2026 13:17:56 PM"}, ("UNX-009", "block", "H2")),
        (ACR, {"Vintage": "25"}, ("UNX-009", "block", "C2")),
        (ACR, {"Project_Site_Country": "DE"}, ("S-SELF", "warn", "P2")),
    ],
)
def test_what_is_wrong_is_told_by_cell(row, changes, expected):
    reading = read(row, **changes)
    assert codes(reading) == [expected]
    (problem,) = reading.problems
    assert (problem.sheet, problem.message.startswith("Row 2: "), bool(problem.mend)) == ("export.csv", True, True)
    assert only(reading).is_blocked is (expected[1] == "block")


def test_vintage_that_is_not_the_serials_blocks_on_both_ends():
    reading = read(ACR, Vintage="2024")
    assert [each.code for each in reading.problems] == ["S-SELF", "S-SELF"]


def test_kyoto_serial_is_compared_with_no_column_of_another_registry():
    reading = read(
        GOLD_STANDARD, Serial_Number="RW-5-1460108-2-2-0-7014 - RW-5-1463952-2-2-0-7014", Quantity="3845", GSID="4823"
    )
    assert codes(reading) == [("UNX-014", "info", "J2")]
    assert only(reading).is_blocked is False


def test_block_of_ecoregistry_comes_from_its_columns():
    assert only(read(ECOREGISTRY)).parsed.normalised == "CDC_7_3_1_323_14_CO_1_2_2019, 22410-28813"
    reading = read({**ECOREGISTRY, "from": "", "to": ""})
    assert [each.code for each in reading.problems] == ["S-RANGE"]


def test_columns_that_are_not_read_are_named_as_such():
    columns = read(VERRA).columns
    assert columns["Serial Number"] == "serial"
    assert columns["Total Vintage Quantity"] == ""
    assert list(columns) == list(VERRA)
