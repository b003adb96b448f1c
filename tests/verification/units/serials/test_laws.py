"""Laws of every family: what is printed is read back, and no reading depends on how it was typed."""

from __future__ import annotations

import unicodedata
from datetime import date, timedelta
from string import ascii_uppercase, digits

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verification.units.serials import Family, parse_serial, parse_serials

pytestmark = pytest.mark.unit

COUNTRY = st.text(ascii_uppercase, min_size=2, max_size=2)
NUMBER = st.integers(min_value=0, max_value=99_999)
YEAR = st.integers(min_value=1, max_value=9999)
BLOCK = st.tuples(st.integers(min_value=1, max_value=2**62), st.integers(min_value=0, max_value=2**62)).map(
    lambda pair: (pair[0], pair[0] + pair[1])
)
DAYS = st.tuples(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(min_value=0, max_value=365)).map(
    lambda pair: (pair[0], pair[0] + timedelta(days=pair[1]))
)
IDENTIFIER = st.text(digits + ascii_uppercase, min_size=16, max_size=16)


@st.composite
def verra(draw):
    (start, end), (first, last), country = draw(BLOCK), draw(DAYS), draw(COUNTRY)
    text = (
        f"{draw(NUMBER)}-{start}-{end}-VCS-VCU-{draw(NUMBER)}-VER-{country}-{draw(st.integers(1, 16))}-"
        f"{draw(NUMBER)}-{first:%d%m%Y}-{last:%d%m%Y}-{draw(st.integers(0, 9))}"
    )
    return Family.VERRA, text, start, end, country, first, last


@st.composite
def batched(draw):
    (start, end), country, year = draw(BLOCK), draw(COUNTRY), draw(YEAR)
    project, batch = draw(NUMBER), draw(NUMBER)
    family, text = draw(
        st.sampled_from(
            [
                (Family.GOLD_STANDARD, f"GS1-1-{country}-GS{project}-7-{year:04}-{batch}-{start}-{end}"),
                (Family.ACR, f"ACR-{country}-{project}-{year:04}-{batch}-{start} to {end}"),
                (Family.CAR, f"CAR-ROC-{country}-{project}-31-9-KS-{year:04}-{batch}-{start} to {end}"),
                (Family.CAR, f"CAR-1-{country}-{project}-31-9-CHIH-{year:04}-{batch}-{start} to {end}"),
                (Family.ART, f"ART-{country}-{project}-{year:04}-{batch}-{start} to {end}"),
                (Family.ART, f"FCPF-{country}-{project}-{year:04}-{batch}-{start} to {end}"),
            ]
        )
    )
    return family, text, start, end, country, date(year, 1, 1), date(year, 12, 31)


@st.composite
def kyoto(draw):
    (start, end), party, kind = draw(BLOCK), draw(COUNTRY), draw(st.integers(1, 7))
    rest = f"{draw(st.integers(0, 2))}-{draw(st.integers(0, 2))}-{draw(st.integers(0, 2))}-{draw(NUMBER)}"
    text = f"{party}-{kind}-{start}-{rest} - {party}-{kind}-{end}-{rest}"
    return Family.KYOTO, text, start, end, party, None, None


@st.composite
def itmo(draw):
    (start, end), year = draw(BLOCK), draw(YEAR)
    party = draw(st.text(ascii_uppercase, min_size=3, max_size=3))
    before, after = f"CA{draw(st.integers(0, 9999)):04}-{party}{draw(st.integers(0, 99)):02}-{party}", f"{year:04}"
    text = f"{before}-{start}-{after} - {before}-{end}-{after}"
    return Family.ITMO, text, start, end, party, date(year, 1, 1), date(year, 12, 31)


@st.composite
def ecoregistry(draw):
    start, end = draw(BLOCK)
    text = f"CDC_{draw(NUMBER)}_3_1_323_14_CO_1_2_2019, {start - 1}-{end}"
    return Family.ECOREGISTRY, text, start - 1, end, "CO", date(2019, 1, 1), date(2019, 12, 31)


SERIALS = st.one_of(verra(), batched(), kyoto(), itmo(), ecoregistry())


@given(SERIALS)
@settings(max_examples=200)
def test_what_is_printed_is_read_back(case):
    family, text, start, end, country, first, last = case
    parsed = parse_serial(text)
    serial = parsed.serial
    assert serial is not None
    assert (parsed.normalised, serial.family, serial.start, serial.end) == (text, family, start, end)
    assert (serial.country, serial.vintage_from, serial.vintage_to) == (country, first, last)
    in_range = end < 2**63
    assert serial.quantity == (end - start + 1 if in_range else None)
    assert [each.code for each in parsed.problems] == ([] if in_range else ["S-RANGE"])


@given(SERIALS)
def test_printed_form_is_its_own_normal_form(case):
    once = parse_serial(case[1])
    twice = parse_serial(once.normalised)
    assert (twice.normalised, twice.serial and twice.serial.block) == (once.normalised, once.serial.block)


@given(SERIALS, st.sampled_from(["lower", "wide", "dashes", "spaces"]))
def test_typing_does_not_change_the_reading(case, manner):
    text = case[1]
    typed = {
        "lower": text.lower(),
        "wide": "".join(chr(ord(each) + 0xFEE0) if each.isalnum() else each for each in text),
        "dashes": text.replace("-", "–"),
        "spaces": f" \u00a0{text.replace(' ', '  ')}\t",
    }[manner]
    parsed, plain = parse_serial(typed), parse_serial(text)
    assert (parsed.normalised, parsed.serial.family_key, parsed.problems) == (
        plain.normalised,
        plain.serial.family_key,
        plain.problems,
    )


@given(IDENTIFIER, st.integers(min_value=1, max_value=10**9))
def test_isometric_identifier_is_read_back(identifier, quantity):
    parsed = parse_serial(f"ret_{identifier}", quantity=quantity)
    assert (parsed.normalised, parsed.serial.quantity, parsed.problems) == (f"ret_{identifier}", quantity, ())


@given(SERIALS, st.integers(min_value=1, max_value=2**62))
def test_stated_quantity_is_never_taken_for_the_counted_one(case, stated):
    parsed = parse_serial(case[1], quantity=stated)
    counted = parsed.serial.quantity
    differs = counted is not None and counted != stated
    assert ("S-QTY" in {each.code for each in parsed.problems}) is differs


@given(st.text(max_size=80))
def test_no_text_breaks_the_parser(text):
    parsed = parse_serial(text)
    assert parsed.raw == text
    assert parsed.serial is not None or parsed.is_blocked
    for each in parse_serials(text):
        assert each.serial is not None or each.is_blocked


def _has_meaning(character: str) -> bool:
    """Not one of the spaces, hyphens, wide forms and invisible characters that have a fixed plain form."""
    is_plain_form = character.isspace() or unicodedata.east_asian_width(character) in "FH"
    return (
        not is_plain_form
        and character not in "\u200b\u200c\u200d\u2060\ufeff\u2212\ufe58\ufe63"
        and not ("\u2010" <= character <= "\u2015")
    )


@given(SERIALS, st.integers(min_value=0), st.characters(codec="utf-8", min_codepoint=0x80).filter(_has_meaning))
def test_foreign_character_is_never_read_over(case, place, strange):
    text = case[1]
    place %= len(text)
    assert parse_serial(f"{text[:place]}{strange}{text[place:]}").serial is None
    assert parse_serial(f"{text[:place]}{strange}{text[place + 1 :]}").serial is None
