import json

import pytest
from django.core.management import CommandError, call_command

from tests.factories.reference import SCHEME, PackWriter, published_release

pytestmark = [pytest.mark.db, pytest.mark.django_db]


def run(capsys, *arguments):
    """Exit code, standard output, standard error."""
    code = 0
    try:
        call_command(*arguments)
    except CommandError as error:
        code = error.returncode
    out, err = capsys.readouterr()
    return code, out, err


def test_load_pack_says_what_it_loaded(capsys, tmp_path):
    folder = str(PackWriter().write(tmp_path))
    code, out, _ = run(capsys, "load_pack", folder, "--publish", "O-1", "O-2", "--json")
    record = json.loads(out)
    assert (code, record["status"], record["is_new"], record["release"]) == (0, "published", True, 1)
    assert record["rows"]["default_values 1"] == "4"
    code, out, _ = run(capsys, "load_pack", folder, "--json")
    assert json.loads(out)["is_new"] is False


def test_load_pack_lists_problems_and_leaves_with_one(capsys, tmp_path):
    writer = PackWriter()
    writer.rows["default_values"][0][5] = "x"
    code, out, err = run(capsys, "load_pack", str(writer.write(tmp_path)), "--json")
    assert code == 1
    assert json.loads(out)["problems"][0]["code"] == "REF-007"
    assert "tables/default_values.csv 2 total" in err


def test_load_pack_of_nothing_leaves_with_two(capsys, tmp_path):
    assert run(capsys, "load_pack", str(tmp_path / "nothing"))[0] == 2


def test_determine_answers_with_text_numbers_and_trace(capsys, tmp_path):
    published_release(tmp_path)
    code, out, _ = run(
        capsys,
        "determine",
        "--scheme",
        SCHEME,
        "--good",
        "72083900",
        "--origin",
        "TR",
        "--date",
        "2026-03-01",
        "--json",
    )
    record = json.loads(out)
    assert (code, record["value"], record["base"], record["mark_up"]) == (0, "2.671", "2.428", "0.10")
    assert (record["rung"], record["edition"], record["row"]) == ("country_default", "1", "1/TR/7208")
    assert record["reference"] == "Act 1, Annex I, Türkiye, 7208"
    assert set(record["trace"][0]) == {"rung", "found", "why", "reference"}


def test_determine_without_value_leaves_with_one_and_the_reason(capsys, tmp_path):
    published_release(tmp_path)
    arguments = ("determine", "--scheme", SCHEME, "--good", "99999999", "--origin", "TR", "--json")
    code, out, _ = run(capsys, *arguments)
    assert code == 1
    assert "99999999 is not a good" in json.loads(out)["reason"]


def test_determine_before_anything_was_known_leaves_with_one(capsys, tmp_path):
    published_release(tmp_path)
    code, out, _ = run(
        capsys, "determine", "--scheme", SCHEME, "--good", "72083900", "--origin", "TR", "--as-known", "2020-01-01"
    )
    assert (code, out) == (1, "")


def test_determine_called_wrongly_is_refused(capsys):
    with pytest.raises(CommandError):
        call_command("determine", "--scheme", SCHEME, "--good", "72083900", "--origin", "TR", "--date", "tomorrow")
