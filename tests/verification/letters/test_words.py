"""What letters say: the same in every language, never a day or a number that was not given."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from verification.certificates.typography import in_direction, printable
from verification.letters.enums import LetterKind
from verification.letters.record import LetterFacts, Sender, build_record
from verification.letters.words import all_worded, worded, words_in
from verification.wording.enums import Language
from verification.wording.placeholders import placeholders_of

pytestmark = pytest.mark.unit
SENDER = Sender("L-2027-000001", "Office", "help@office.example", datetime(2027, 3, 15, 10, 0, tzinfo=UTC), True)
CLAIM = {
    "number": "EC-2027-000001",
    "kind": "emissions",
    "scheme": "eu-cbam",
    "scheme_name": "CBAM",
    "year": "2026",
    "place": "Karaçam Aliağa",
    "addressee": {"name": "Karaçam", "local_name": "", "address": "İzmir", "country": "TR"},
}


def _record(kind: LetterKind, language: str = "en", **said: str) -> dict:
    facts = LetterFacts(subject="D-1", reasons="Why.", said=said)
    return build_record(kind, facts, sender=SENDER, claim=CLAIM, language=language)


def _lines(words: object) -> list[str]:
    if isinstance(words, str):
        return [words]
    return [line for each in words for line in _lines(each)]


@pytest.mark.parametrize("language", Language.values)
def test_every_language_says_the_same(language):
    english, words = words_in("en"), words_in(language)
    assert (words.keys(), words["labels"].keys(), words["kinds"].keys()) == (
        english.keys(),
        english["labels"].keys(),
        english["kinds"].keys(),
    )
    assert set(words["kinds"]) == set(LetterKind.values) - {LetterKind.REVOCATION, LetterKind.ASSESSMENT}
    for kind, own in english["kinds"].items():
        for name, lines in own.items():
            theirs = _lines(words["kinds"][kind][name])
            assert [set(placeholders_of(line)) for line in theirs] == [
                set(placeholders_of(line)) for line in _lines(lines)
            ], (kind, name)


@pytest.mark.parametrize("language", Language.values)
def test_the_fonts_have_every_letter(language):
    words = words_in(language)
    texts = [line for own in words["kinds"].values() for lines in own.values() for line in _lines(lines)]
    texts += [*words["labels"].values(), words["seal"], words["contact"], words["as_typed"], words["binding"]]
    assert [text for text in texts if printable(text) != text] == []


@pytest.mark.parametrize("language", Language.values)
def test_a_second_part_is_in_english(language):
    languages = [part["language"] for part in _record(LetterKind.REFUSAL, language, decision="D-1")["parts"]]
    assert languages == ["en"] if language == "en" else [language, "en"]


def test_a_line_is_said_only_where_everything_is_known():
    assert worded(["until {day}", "soon"], {}) == "soon"
    assert worded("until {day}", {}) is None
    assert all_worded(["a {x}", ["b {y}", "c"], "d"], {"y": "1"}) == ["b 1", "d"]


def test_appeal_names_the_day_where_it_is_known():
    dated = _record(LetterKind.REFUSAL, decision="D-1", appeal_until="2027-04-15")["parts"][0]["next"][-1]
    open_ended = _record(LetterKind.REFUSAL, decision="D-1")["parts"][0]["next"][-1]
    assert dated == "If you do not agree, you can appeal until 2027-04-15."
    assert open_ended == (
        "If you do not agree, you can appeal within the time limit of the law of the authority. Name D-1."
    )


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (
            {"allowed": "D-1"},
            "Your appeal against decision D-1 on claim EC-2027-000001 is allowed. The decision is set aside.",
        ),
        (
            {"dismissed": "D-1"},
            "Your appeal against decision D-1 on claim EC-2027-000001 is dismissed. The decision stands.",
        ),
    ],
)
def test_appeals_end_in_one_of_two_ways(said, sentence):
    assert _record(LetterKind.APPEAL_DECISION, **said)["parts"][0]["says"] == sentence


@pytest.mark.parametrize("kind", [LetterKind.REFUSAL, LetterKind.LAPSE, LetterKind.QUESTION])
def test_a_letter_without_its_decisive_facts_is_not_written(kind):
    with pytest.raises(KeyError, match="do not fill its sentence"):
        _record(kind)


def test_letters_without_a_glyph_show_their_code():
    assert printable("fine 河 ع द 😀\u200f") == "fine 河 ع द [U+1F600]\u200f"


def test_runs_of_latin_letters_keep_their_direction_in_arabic():
    assert in_direction("القرار D-2027-000031 (a <b>)", "ar") == (
        'القرار <span dir="ltr">D-2027-000031</span> (<span dir="ltr">a</span> &lt;<span dir="ltr">b</span>&gt;)'
    )
    assert in_direction("<b>", "en") == "&lt;b&gt;"
