from __future__ import annotations

import json
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from verification.accounting.examples import write_example
from verification.kernel import clock

pytestmark = pytest.mark.integration


@pytest.fixture
def example(tmp_path, monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: date(2027, 2, 1))
    write_example("integrated_steelworks", tmp_path / "works.xlsx")
    return tmp_path / "works.xlsx"


def test_command_prints_one_json_object(example, capsys):
    call_command("read_template", str(example), "--json")
    contract = json.loads(capsys.readouterr().out)
    assert [good["cn"] for good in contract["goods"]] == ["72083900", "72081000", "72139120"]
    assert contract["problems"] == []


def test_command_summarises_for_people(example, capsys):
    call_command("read_template", str(example))
    lines = capsys.readouterr().out.splitlines()
    assert lines[1] == "Installation Karaçam Steel, Aliağa Works, TR"
    assert lines[3].startswith("Good         72083900 Hot-rolled coil under 3 mm: direct 1.538976064558")


def test_command_ends_with_1_when_problems_block(example, capsys, monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: date(2026, 6, 1))
    with pytest.raises(SystemExit) as ended:
        call_command("read_template", str(example), "--json")
    printed = capsys.readouterr()
    assert ended.value.code == 1
    assert [item["code"] for item in json.loads(printed.out)["problems"]] == ["TPL-042"]
    assert printed.err.startswith("block TPL-042 A_InstData!L9: ")


def test_command_ends_with_2_when_the_file_cannot_be_read(tmp_path, capsys):
    path = tmp_path / "report.xlsx"
    path.write_bytes(b"%PDF-1.7")
    with pytest.raises(SystemExit) as ended:
        call_command("read_template", str(path), "--json")
    assert ended.value.code == 2
    assert json.loads(capsys.readouterr().out)["problems"][0]["code"] == "TPL-001"


def test_command_ends_with_2_when_there_is_no_file(tmp_path):
    with pytest.raises(CommandError, match="No such file") as ended:
        call_command("read_template", str(tmp_path / "nothing.xlsx"))
    assert ended.value.returncode == 2
