"""What certificates say: the same in every language, with the same facts, in letters that the fonts have."""

from __future__ import annotations

from typing import Any

import pytest

from tests.factories.certificates import certificate_record
from verification.certificates.fitting import lines_of, words_of
from verification.certificates.presentation_emissions import printed
from verification.certificates.speech import Speech
from verification.certificates.typography import language_for, printable
from verification.certificates.words import words_in
from verification.wording.enums import Language
from verification.wording.placeholders import placeholders_of

pytestmark = pytest.mark.unit
OTHERS = [language for language in Language.values if language != "en"]


def _texts(words: Any) -> list[str]:
    if isinstance(words, str):
        return [words]
    return [text for each in (words.values() if isinstance(words, dict) else words) for text in _texts(each)]


@pytest.mark.parametrize("language", OTHERS)
def test_every_language_says_the_same_with_the_same_facts(language: str) -> None:
    english, words, french = words_in("en"), words_in(language), words_in("fr")
    assert words.keys() == {*english, "terms"}
    assert words["terms"].keys() == french["terms"].keys()
    for part in ("titles", "labels", "steps", "says", "citations"):
        assert words[part].keys() == english[part].keys(), part
    for key, text in english["says"].items():
        assert set(placeholders_of(words["says"][key])) == set(placeholders_of(text)), key
        assert words["says"][key].count("**") % 2 == 0, key


@pytest.mark.parametrize("language", Language.values)
def test_the_fonts_have_every_letter(language: str) -> None:
    assert [text for text in _texts(words_in(language)) if printable(text) != text] == []


@pytest.mark.parametrize("language", Language.values)
def test_the_decisive_sentence_has_at_most_three_lines(language: str) -> None:
    context = printed(certificate_record() | {"language": language}, "0" * 64)
    size = {"en": 14.0, "ar": 13.0, "hi": 12.0, "zh-hans": 12.0}.get(language, 12.6)
    assert lines_of(words_of(context["effect"]), 170.0, size) <= 3
    assert len(context["title"]) <= 2


@pytest.mark.parametrize(
    ("reference", "local"),
    [
        ("Regulation (EU) 2023/956, Article 8", "règlement (UE) 2023/956, article 8"),
        (
            "Regulation (EU) 2023/956, Articles 7 and 8; Implementing Regulations (EU) 2025/2546 and 2547",
            None,
        ),
        ("Regulation (EU) 2023/956, Annex II", "règlement (UE) 2023/956, annexe II"),
        ("Carbon Pricing Act 2018 (Singapore), section 33B", ""),
        ("Regulation (EU) 2023/956, Article 8; Rule 4 of the Office", ""),
    ],
)
def test_law_is_cited_in_both_languages_or_in_english_alone(reference: str, local: str | None) -> None:
    said = words_of(Speech("fr").law(reference))
    expected = "règlement (UE) 2023/956, articles 7 et 8; règlements d’exécution (UE) 2025/2546 et 2547"
    assert said == f"{expected if local is None else local} {reference}".strip()
    assert words_of(Speech("en").law(reference)) == reference


def test_languages_are_chosen_as_organisations_write_them() -> None:
    codes = ["tr", "zh-CN", "zh_Hans_CN", "zh-TW", "ar-EG", "pt", ""]
    assert [language_for(code) for code in codes] == ["tr", "zh-hans", "zh-hans", "en", "ar", "en", "en"]
