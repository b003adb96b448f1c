from __future__ import annotations

import json
import zipfile
from dataclasses import replace
from datetime import date

import pytest

from tests.verification.accounting.template.workbooks import RULES, changed, codes, reading_of, repacked
from verification.accounting.template import read_template_guarded
from verification.accounting.template.guarded import reading_as_record, reading_from_record
from verification.accounting.template.reading import PeriodRule

pytestmark = pytest.mark.integration


def test_child_gives_the_same_reading(tmp_path):
    path = changed(tmp_path / "x.xlsx", {("D_Processes", "L65"): None})
    strict = replace(RULES, known_goods=frozenset({"7218"}), period=PeriodRule(date(2027, 1, 1)))
    assert read_template_guarded(path, rules=strict) == reading_of(path, strict)


@pytest.mark.unit
def test_reading_survives_the_wire(tmp_path):
    reading = reading_of(changed(tmp_path / "x.xlsx", {("A_InstData", "I28"): "nowhere"}))
    assert reading_from_record(json.loads(json.dumps(reading_as_record(reading)))) == reading


def test_child_that_takes_too_long_is_stopped(tmp_path):
    reading = read_template_guarded(changed(tmp_path / "x.xlsx", {}), rules=RULES, wall_seconds=0)
    assert codes(reading) == ["TPL-080"]


def test_sheet_with_one_cell_at_the_end_of_the_world_is_stopped(tmp_path):
    """Tiny as a file, 17 billion cells as a table: the child's limit ends it, not the server's memory."""
    path = changed(tmp_path / "x.xlsx", {("D_Processes", "L54"): 987654321})

    def far(name, data):
        return data.replace(b'r="L54"', b'r="XFD1048576"').replace(b'<row r="54"', b'<row r="1048576"')

    reading = read_template_guarded(repacked(path, tmp_path / "y.xlsx", far), rules=RULES)
    assert not reading.is_readable
    assert codes(reading)[0] in {"TPL-080", "TPL-025", "TPL-003", "TPL-081"}


def test_file_that_is_not_there_is_the_callers_error(tmp_path):
    with pytest.raises(OSError, match="nothing"):
        read_template_guarded(tmp_path / "nothing.xlsx", rules=RULES)


def test_refusal_travels_through_the_child(tmp_path):
    path = tmp_path / "zip.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "hello")
    reading = read_template_guarded(path, rules=RULES)
    assert (codes(reading), reading.is_readable) == (["TPL-009"], False)
