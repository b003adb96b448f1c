from __future__ import annotations

import io
import json

import pytest
from django.core.management import CommandError, call_command

from tests.verification.units.registries.exports import GOLD_STANDARD, VERRA, table

pytestmark = pytest.mark.integration

KEYS = {"registry", "project", "country", "vintage", "start", "end", "quantity", "family_key", "problems"}
SERIAL = GOLD_STANDARD["Serial Number"]


def run(capsys, *arguments):
    """Exit code, the records on standard output, standard error."""
    code = 0
    try:
        call_command("parse_serials", *map(str, arguments))
    except CommandError as error:
        code = error.returncode
    out, err = capsys.readouterr()
    return code, [json.loads(line) for line in out.splitlines()], err


@pytest.fixture
def file(tmp_path):
    def write(content: bytes | str, name: str = "serials.txt"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


@pytest.mark.parametrize("arguments", [(), ("--json",)])
def test_one_json_line_for_each_serial(file, capsys, arguments):
    code, records, err = run(capsys, file(f"{SERIAL}\t5354\n\n{VERRA['Serial Number']}\n"), *arguments)
    assert (code, err, [set(record) >= KEYS for record in records]) == (0, "", [True, True])
    assert [(record["line"], record["quantity"], record["family_key"]) for record in records] == [
        (1, 5354, "GS:30256"),
        (3, 3644, "VERRA"),
    ]
    assert (records[1]["vintage"], records[1]["registry"]) == ("2024-10-01/2024-12-31", "Verra")


def test_standard_input_is_read_without_a_file(capsys, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(SERIAL.encode())))
    code, (record,), _ = run(capsys)
    assert (code, record["start"], record["end"], record["country"]) == (0, 110, 5463, "KE")


def test_blocked_serial_ends_with_1_and_every_line_is_printed(file, capsys):
    code, records, err = run(capsys, file(f"{SERIAL};5000\n{SERIAL[:-1]}O\nret_1KNSQMD6Z1S0TB50\t531"))
    assert (code, len(records)) == (1, 3)
    assert [[each["code"] for each in record["problems"]] for record in records] == [["S-QTY"], ["S-FORMAT"], []]
    assert "line 1 S-QTY: The block 110 to 5463 holds 5,354 units" in err
    assert f"Suggested: {SERIAL[:-1]}0." in err
    assert "2 of 3 serials cannot be used." not in json.dumps(records)


def test_units_told_twice_end_with_1(file, capsys):
    code, records, _ = run(capsys, file(f"{SERIAL}\n{SERIAL}"))
    assert code == 1
    assert [[each["code"] for each in record["problems"]] for record in records] == [["D-INTERNAL"], ["D-INTERNAL"]]


def test_chosen_registry_refuses_serials_of_another(file, capsys):
    assert run(capsys, file(SERIAL), "--family", "gold-standard")[0] == 0
    code, (record,), _ = run(capsys, file(SERIAL), "--family", "verra")
    assert (code, record["problems"][0]["field"]) == (1, "registry")


def test_export_of_a_registry_is_read_as_such(file, capsys):
    code, (record,), err = run(capsys, file(table(VERRA)))
    assert (code, err, set(record) >= KEYS) == (0, "", True)
    assert (record["line"], record["event"], record["event_on"]) == (2, "retirement or cancellation", "2026-04-10")
    assert (record["stated_quantity"], record["use"], record["beneficiary"]) == (3644, "surrender", "Works Ltd")


def test_row_that_cannot_be_used_ends_with_1(file, capsys):
    code, (record,), err = run(capsys, file(table({**GOLD_STANDARD, "Retirement Date": "soon"})))
    assert (code, [each["code"] for each in record["problems"]]) == (1, ["UNX-009"])
    assert "UNX-009 serials.txt I2 Retirement Date: Row 2" in err


def test_export_that_cannot_be_trusted_ends_with_2(file, capsys):
    code, records, err = run(capsys, file(table(VERRA) + b"one,two\n"))
    assert (code, records) == (2, [])
    assert "UNX-008" in err


@pytest.mark.parametrize("content", [b"", b"\n \n", b"\xff\xfe\x00binary", b"PK\x03\x04\xff\xfe"])
def test_what_is_no_text_or_holds_nothing_ends_with_2(file, capsys, content):
    code, records, _ = run(capsys, file(content))
    assert (code, records) == (2, [])


def test_missing_file_and_needless_family_end_with_2(file, tmp_path, capsys):
    assert run(capsys, tmp_path / "nothing.txt")[0] == 2
    assert run(capsys, file(table(VERRA)), "--family", "verra")[0] == 2
