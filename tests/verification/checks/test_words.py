"""Texts of registries: who is named, which scheme, which day the host's report is due."""

from __future__ import annotations

from datetime import date

import pytest
import yaml

from tests.verification.checks.unit_builders import CLAIMANT
from verification.checks.limits import DATA
from verification.checks.model import ClaimantPart
from verification.checks.words import (
    Likeness,
    adjustment_is_due_on,
    compliance_schemes,
    has_words,
    is_nobody,
    likeness,
    plain_words,
    schemes_named,
    voluntary_words,
    without_legal_form,
)

pytestmark = pytest.mark.unit
WORDS = yaml.safe_load((DATA / "unit_words.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("  Demir   ÇELİK, Ltd.", "demir celik ltd"),
        ("Łódź Straße – Ørsted", "lodz strasse orsted"),
        ("ISPARTA ISI ısı", "isparta isi isi"),
        ("a_b-c/d", "a b c d"),
        ("ＤＥＭＩＲ", "demir"),
        ("钢铁 有限公司", "钢铁 有限公司"),
        ("...", ""),
    ],
)
def test_text_becomes_plain_words(text, plain):
    assert plain_words(text) == plain


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("Demir Çelik A.Ş.", "demir celik"),
        ("Demir Çelik Anonim Şirketi", "demir celik"),
        ("PT Baja Indonesia Tbk", "baja indonesia"),
        ("Steel Trading Pte. Ltd.", "steel trading"),
        ("Acero S.A. de C.V.", "acero"),
        ("Limited", "limited"),
        ("Coast Steel", "coast steel"),
        ("", ""),
    ],
)
def test_legal_form_is_taken_off_at_the_ends_alone(name, bare):
    assert without_legal_form(name) == bare


@pytest.mark.parametrize(
    ("text", "is_like"),
    [
        (CLAIMANT.legal_name, Likeness.EXACT),
        ("demir çelik sanayi a.ş", Likeness.EXACT),
        ("Vergi No: TR-1234567890", Likeness.EXACT),
        ("5493 001K JTII GC8Y 1R12", Likeness.EXACT),
        ("Demir Steel", Likeness.ALIAS),
        ("Demir Çelik Sanayi", Likeness.SPELLING),
        ("Demir Çelik Sanayi AS", Likeness.SPELLING),
        ("Demir Çelik Sanayi Ltd. Şti.", Likeness.FORM),
        ("Demir Steel GmbH", Likeness.FORM),
        ("For and on behalf of Demir Steel", Likeness.WITHIN),
        ("Demir Steelworks", Likeness.OTHER),
        ("Demir", Likeness.OTHER),
        ("No owner", Likeness.NOBODY),
        ("", Likeness.NOBODY),
        (" – ", Likeness.NOBODY),
    ],
)
def test_beneficiary_is_like_the_claimant(text, is_like):
    assert likeness(text, CLAIMANT) is is_like


@pytest.mark.parametrize("text", ["", "Demir", "anything"])
def test_nobody_is_like_a_claimant_without_a_name(text):
    assert likeness(text, ClaimantPart()) in (Likeness.NOBODY, Likeness.OTHER)


def test_short_number_is_no_identifier():
    assert likeness("Order 12345", ClaimantPart("Demir", tax_ids=("12345",))) is Likeness.OTHER
    assert likeness("Order 123456", ClaimantPart("Demir", tax_ids=("123456",))) is Likeness.EXACT


@pytest.mark.parametrize("text", ["No owner", "no OWNER - contributing", "N/A", "General public.", "anonymous", "-"])
def test_generic_text_is_nobody(text):
    assert is_nobody(text)


@pytest.mark.parametrize("text", ["No Ownership Ltd", "Publica S.A.", "Anonymoushka", "Climate Steel"])
def test_name_that_only_begins_like_a_generic_word_is_somebody(text):
    assert not is_nobody(text)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("AIRLINE CO., LTD, CORSIA PHASE 1", ["CORSIA"]),
        ("Colombian Carbon Tax 2025", ["Colombian carbon tax"]),
        ("Impuestos verdes, Ley N° 20.780, articulo 8", ["Chilean green tax"]),
        ("EU CBAM and UK-CBAM", ["EU CBAM", "UK CBAM"]),
        ("Corsian wool", []),
        ("", []),
    ],
)
def test_scheme_is_found_by_whole_words(text, names):
    assert [scheme.name for scheme in schemes_named(text)] == names


def test_empty_words_are_in_no_text():
    assert not has_words("anything", "")
    assert not has_words("anything", "...")


def test_voluntary_words_are_told():
    assert voluntary_words("Net-zero pledge, voluntary") == ["net zero", "voluntary"]
    assert voluntary_words("Involuntary") == []


@pytest.mark.parametrize(
    ("used_on", "due_on"),
    [(date(2026, 1, 1), date(2027, 4, 15)), (date(2026, 12, 31), date(2027, 4, 15))],
)
def test_host_reports_by_mid_april_of_the_next_year(used_on, due_on):
    assert adjustment_is_due_on(used_on) == due_on


def test_words_are_written_as_they_are_compared():
    listed = [*WORDS["legal_forms"], *WORDS["nobody"]["is"], *WORDS["nobody"]["begins_with"], *WORDS["voluntary"]]
    listed += [words for scheme in WORDS["compliance_schemes"] for words in scheme["words"]]
    assert [words for words in listed if plain_words(words) != words] == []


@pytest.mark.parametrize("group", [WORDS["legal_forms"], WORDS["nobody"]["is"], WORDS["voluntary"]])
def test_words_are_listed_once(group):
    assert sorted(set(group)) == sorted(group)


def test_every_scheme_names_its_law():
    assert all(scheme.source and scheme.words for scheme in compliance_schemes())
    assert len({scheme.code for scheme in compliance_schemes()}) == len(compliance_schemes())
    assert WORDS["reporting_day"]["published_on"] <= WORDS["reporting_day"]["checked_on"]
