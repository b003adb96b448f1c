"""Every serial of the real exports is read, and what the exports are known to hold is found in them."""

from __future__ import annotations

import csv
from collections import Counter

import pytest

from tests.verification.units.registries.samples import EXPORTS, UNITS
from verification.units.blocks import conflicts
from verification.units.registries import ExportKind, RecordKind, read_export
from verification.units.serials import Family, parse_serial
from verification.units.uses import Use

pytestmark = pytest.mark.unit

FILES = {
    "american-carbon-registry_cancellations": ("American Carbon Registry", ExportKind.CANCELLATIONS, 34),
    "american-carbon-registry_issuances": ("American Carbon Registry", ExportKind.ISSUANCES, 67),
    "american-carbon-registry_retirements": ("American Carbon Registry", ExportKind.RETIREMENTS, 67),
    "art-trees_cancellations": ("ART registry", ExportKind.CANCELLATIONS, 2),
    "art-trees_retirements": ("ART registry", ExportKind.RETIREMENTS, 6),
    "climate-action-reserve_cancellations": ("Climate Action Reserve", ExportKind.CANCELLATIONS, 34),
    "climate-action-reserve_retirements": ("Climate Action Reserve", ExportKind.RETIREMENTS, 67),
    "gold-standard_issuances": ("Gold Standard", ExportKind.ISSUANCES, 67),
    "gold-standard_retirements": ("Gold Standard", ExportKind.RETIREMENTS, 67),
    "verra_projects": ("Verra", ExportKind.PROJECTS, 0),
    "verra_transactions": ("Verra", ExportKind.TRANSACTIONS, 134),
}
WITHOUT_SERIALS = {"american-carbon-registry_issuances", "verra_projects"}


def read(name: str):
    return read_export((EXPORTS / f"{name}.csv").read_bytes(), "export.csv")


def uses(name: str) -> Counter:
    return Counter(record.use.use for record in read(name).records if record.use)


def test_every_sample_is_known_here():
    assert {path.stem for path in EXPORTS.glob("*.csv")} == set(FILES)


@pytest.mark.parametrize("name", FILES)
def test_export_is_recognised_by_its_header(name):
    reading = read(name)
    assert (reading.registry, reading.kind, len(reading.records)) == FILES[name]
    assert reading.is_blocked is (name == "verra_projects")


@pytest.mark.parametrize("name", sorted(set(FILES) - WITHOUT_SERIALS))
def test_every_serial_says_its_project_vintage_and_quantity(name):
    for record in read(name).records:
        serial = record.parsed.serial
        assert serial is not None
        assert record.parsed.problems == ()
        assert serial.quantity == record.stated_quantity
        if serial.family is not Family.KYOTO:
            assert serial.project == record.project_id.lstrip("ACRT")
            assert serial.vintage_from.year <= record.vintage_to.year
        assert record.vintage_from <= record.vintage_to


def test_only_kyoto_serials_are_listed_by_another_registry():
    found = [
        (name, record.parsed.serial.family)
        for name in FILES
        for record in read(name).records
        if record.parsed.serial and record.parsed.serial.registry != record.registry
    ]
    assert found == [("gold-standard_issuances", Family.KYOTO)] * 2


def test_every_unit_of_the_list_is_read():
    rows = list(csv.DictReader(UNITS.read_text(encoding="utf-8").splitlines()))
    without_block = 0
    for row in rows:
        has_columns = row["registry"] == "cercarbono" and row["block_start"]
        text = f"{row['serial']}, {row['block_start']}-{row['block_end']}" if has_columns else row["serial"]
        parsed = parse_serial(text, quantity=int(row["quantity"]))
        assert parsed.serial is not None, text
        assert parsed.serial.project == row["project_id"]
        is_root = row["registry"] == "cercarbono" and not has_columns
        assert [each.code for each in parsed.problems] == (["S-RANGE"] if is_root else [])
        without_block += is_root
    assert (len(rows), without_block) == (485, 4)


def test_cancellations_that_are_no_surrender_are_told():
    assert uses("american-carbon-registry_cancellations") == {Use.CONVERSION: 32, Use.EXPORT: 2}
    assert uses("climate-action-reserve_cancellations") == {Use.CONVERSION: 34}
    assert uses("art-trees_cancellations") == {Use.OTHER_SCHEME: 2}


def test_retirements_are_told_apart_by_their_reason():
    assert uses("art-trees_retirements") == {Use.HOST_TARGET: 5, Use.VOLUNTARY: 1}
    assert uses("american-carbon-registry_retirements") == {Use.SURRENDER: 63, Use.VOLUNTARY: 4}
    assert uses("verra_transactions") == {Use.VOLUNTARY: 40, Use.SURRENDER: 5, Use.UNKNOWN: 22}


def test_verra_has_retirements_where_there_is_a_date():
    kinds = Counter(record.kind for record in read("verra_transactions").records)
    assert kinds == {RecordKind.RETIREMENT_OR_CANCELLATION: 67, RecordKind.ISSUANCE: 67}


def test_labels_of_verra_tell_authorisation_and_phase():
    records = read("verra_transactions").records
    assert Counter(record.article6 for record in records if record.article6) == {
        ("IMP", "NDC", "OP"): 13,
        ("IMP", "OP"): 4,
    }
    assert sum(record.corsia == ("first",) for record in records) == 17
    flags = {(bool(record.labels), record.parsed.serial.parts["label_flag"]) for record in records}
    assert flags == {(True, "1"), (False, "0")}


def test_serial_may_name_another_country_than_the_project():
    records = read("verra_transactions").records
    of_rwanda = {record.parsed.serial.country for record in records if record.host_country == "Rwanda"}
    assert {"RW", "CD"} <= of_rwanda


def test_retired_blocks_do_not_overlap_within_an_export():
    for name in sorted(set(FILES) - WITHOUT_SERIALS):
        retired = [record for record in read(name).records if record.kind is not RecordKind.ISSUANCE]
        assert conflicts([record.parsed.serial.block for record in retired]) == {}


def test_retired_blocks_that_lie_in_their_issue_are_found():
    records = [*read("gold-standard_issuances").records, *read("gold-standard_retirements").records]
    blocks = [record.parsed.serial.block for record in records]
    found = {records[place].parsed.normalised for place in conflicts(blocks) if place >= 67}
    assert {"GS1-1-KE-GS11603-16-2025-30256-110-5463", "GS1-1-KE-GS11603-16-2024-30255-485-12623"} <= found


def test_dates_of_the_american_software_have_the_month_first():
    record = read("american-carbon-registry_retirements").records[0]
    assert record.event_at.isoformat() == "2026-04-13T19:17:56+00:00"
    assert (record.event_on.isoformat(), record.timezone) == ("2026-04-13", "GMT")
    assert (record.vintage_from.isoformat(), record.vintage_to.isoformat()) == ("2025-02-07", "2025-03-19")
