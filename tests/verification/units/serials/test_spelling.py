"""One spelling for what was typed, and suggestions where only a person may decide."""

from __future__ import annotations

import pytest

from tests.verification.units.serials.vectors import GOLD, VERRA
from verification.units.serials import Family, grammars_of, parse_serial
from verification.units.serials.normalising import compact

pytestmark = pytest.mark.unit

ACR = "ACR-US-869-2022-2145-1052027 to 1052226"
KYOTO = "RW-5-1463953-2-2-0-7014 - RW-5-1467609-2-2-0-7014"
ITMO = "CA0001-GHA01-GHA-1-2025 - CA0001-GHA01-GHA-500-2025"
FULL_WIDTH = str.maketrans({chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)})


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (f"  {GOLD}\u00a0", GOLD),
        (GOLD.lower(), GOLD),
        (GOLD.replace("-", "–"), GOLD),
        (GOLD.replace("-", "\u2011"), GOLD),
        (GOLD.replace("-", "\u2212"), GOLD),
        (GOLD.replace("-", " - "), GOLD),
        (GOLD.replace("-", "\u202f—\u3000"), GOLD),
        (GOLD.translate(FULL_WIDTH), GOLD),
        (f"\ufeff{GOLD[:9]}\u200b{GOLD[9:]}", GOLD),
        (ACR.replace(" to ", "\u00a0 TO\t"), ACR),
        (ACR.replace("-", " -"), ACR),
        (KYOTO.replace(" - ", " – "), KYOTO),
        (KYOTO.replace(" - ", "-"), KYOTO),
        (KYOTO.replace(" - ", " to "), KYOTO),
        (KYOTO.replace("-", "—"), KYOTO),
        (ITMO.lower(), ITMO),
        ("cdc_7_3_1_323_14_co_1_2_2019 22410 to 28813", "CDC_7_3_1_323_14_CO_1_2_2019, 22410-28813"),
        ("CDC_7_3_1_323_14_CO_1_2_2019: 22410 – 28813", "CDC_7_3_1_323_14_CO_1_2_2019, 22410-28813"),
    ],
)
def test_spellings_of_one_serial_are_one(typed, meant):
    parsed = parse_serial(typed)
    assert (parsed.normalised, parsed.problems, parsed.raw) == (meant, (), typed)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ACR-US-869-2022-2145-1,052,027 to 1,052,226", ACR),
        (VERRA.replace("936487628", "936,487,628"), VERRA),
        ("CA0001-GHA01-GHA-1,000-2025", "CA0001-GHA01-GHA-1000-2025"),
    ],
)
def test_thousands_commas_are_read_and_told(typed, meant):
    parsed = parse_serial(typed)
    assert parsed.normalised == meant
    assert [(each.code, each.severity) for each in parsed.problems] == [("S-FORMAT", "info")]


@pytest.mark.parametrize(
    ("typed", "is_unclear"),
    [
        ("GS1-1-KE-GS11603-16-2025-30256-110-463,354", True),
        ("GS1-1-KE-GS11603-16-2025-30256-110-463,355", False),
        ("GS1-1-KE-GS11603-16-2025-30256-1,110-463,354", False),
        ("CA0001-GHA01-GHA-1,000-2025", False),
    ],
)
def test_comma_with_two_readings_is_not_guessed(typed, is_unclear):
    parsed = parse_serial(typed)
    assert (parsed.serial is None, parsed.is_blocked) == (is_unclear, is_unclear)
    assert [each.code for each in parsed.problems] == ["S-FORMAT"]


@pytest.mark.parametrize("text", ["1,05", "12,3456", "1234,567", "1,234,56", "0,123", "CDC_1,224"])
def test_commas_that_do_not_group_thousands_stay(text):
    assert compact(text) == text


@pytest.mark.parametrize("strange", ["²", "①", "𝟐", "٢", "O2"])
def test_figures_of_other_kinds_are_never_taken_for_digits(strange):
    parsed = parse_serial(GOLD.replace("-110-", f"-11{strange}-"))
    assert parsed.serial is None
    assert [each.code for each in parsed.problems] == ["S-FORMAT"]


@pytest.mark.parametrize(
    ("typed", "suggested"),
    [
        (VERRA[:-1] + "O", VERRA[:-1] + "0"),
        (VERRA[:-1] + "o", VERRA[:-1] + "0"),
        (VERRA[:-1] + "l", VERRA[:-1] + "1"),
        (VERRA[:-1] + "I", VERRA[:-1] + "1"),
        (GOLD.replace("30256", "3O256"), GOLD),
        (GOLD.replace("GS11603", "GSll603"), GOLD),
        (GOLD.replace("2025-30256", "2O25-3O256"), GOLD),
        ("GS1-1-C0-GS12065-12-2023-30073-1-117192", "GS1-1-CO-GS12065-12-2023-30073-1-117192"),
        ("CAOOO1-GHAO1-GHA-1-2025", None),
        ("CAOO01-GHA01-GHA-1-2025", "CA0001-GHA01-GHA-1-2025"),
        (ACR.replace(" to ", "-"), ACR),
        (GOLD.replace("-110-5463", "-110 to 5463"), GOLD),
        (GOLD.replace("-", "_"), GOLD),
        (GOLD.replace("-", "/"), GOLD),
        ("ACR-US-869-2022-2145-1 052 027 to 1 052 226", ACR),
        ("ACR-US-869-2022-2145-1.052.027 to 1.052.226", ACR),
        ("АСR-US-869-2022-2145-1052027 to 1052226", ACR),
        ("GS1-1-KE-GS11603-16-2025-30256-١١٠-5463", GOLD),
        ("GS1-1-IL-GS11603-16-2025-30256-l-5463", "GS1-1-IL-GS11603-16-2025-30256-1-5463"),
    ],
)
def test_look_alikes_are_suggested_and_never_taken(typed, suggested):
    parsed = parse_serial(typed)
    (problem,) = parsed.problems
    assert parsed.serial is None
    assert (problem.code, problem.severity, problem.suggestion) == ("S-FORMAT", "block", suggested or "")


def test_suggestion_is_itself_without_problems():
    suggestion = parse_serial(VERRA[:-1] + "O").problems[0].suggestion
    assert parse_serial(suggestion).problems == ()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("GS1-1-KE-GS11603-16-25-30256-110-5463", "part 6 is “25”, but the vintage year (four digits)"),
        ("GS1-1-KEN-GS11603-16-2025-30256-110-5463", "part 3 is “KEN”, but the country (two letters)"),
        ("GS1-1-KE-11603-16-2025-30256-110-5463", "part 4 is “11603”, but the project (GS and digits)"),
        ("GS1-1-KE-GS11603-16-2025-30256-110", "the last number of the block is missing (part 9 of 9)"),
        (f"{GOLD}-7", "“7” stands after the last number of the block, where the serial ends."),
        ("ACR-US-869-2022-2145-1052027-1052226", "every part fits, but the marks between them do not."),
        (VERRA.replace("VCS-", ""), "part 4 is “VCU”, but the fixed word VCS (VCS) must stand there."),
        (KYOTO.replace("RW-5-1467609", "RW-9-1467609"), "part 9 is “9”, but the unit type"),
        ("ret_1KNSQMD6Z1S0TB5", "part 2 is “1KNSQMD6Z1S0TB5”, but the identifier"),
        (f"{GOLD}, {VERRA}", "more than one serial"),
        (f"{GOLD} {VERRA}", "more than one serial"),
        ("ACR-US-869-2022-2145-１\u00ad052", "U+00AD, soft hyphen"),
    ],
)
def test_message_names_what_does_not_fit(typed, words):
    (problem,) = parse_serial(typed).problems
    assert words in problem.message


def test_chosen_registry_helps_to_say_what_is_missing():
    (problem,) = parse_serial("11603-16-2025", family=Family.GOLD_STANDARD).problems
    assert problem.expected == GOLD


def test_text_with_two_near_readings_gets_no_suggestion(monkeypatch):
    near = (GOLD, VERRA)
    monkeypatch.setattr("verification.units.serials.diagnosing.suggestions_for", lambda compact: near)
    (problem,) = parse_serial("GS1-x").problems
    assert (problem.suggestion, problem.expected) == ("", f"{GOLD} or {VERRA}")


def test_text_that_two_grammars_read_is_taken_for_neither(monkeypatch):
    both = (*grammars_of(Family.GOLD_STANDARD), *grammars_of(Family.GOLD_STANDARD))
    monkeypatch.setattr("verification.units.serials.parsing.candidates", lambda compact: both)
    parsed = parse_serial(GOLD)
    assert parsed.serial is None
    assert "several registries: Gold Standard, Gold Standard" in parsed.problems[0].message


def test_huge_and_hostile_texts_are_refused_quickly():
    for text in ("9" * 10_000_000, "-" * 300, "1-" * 150, "CDC_" + "1_" * 140, "CA0001-" * 42, " " * 300, "١" * 300):
        assert parse_serial(text).is_blocked
