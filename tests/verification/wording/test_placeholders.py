"""Braces of wordings: known, obligatory, balanced."""

from __future__ import annotations

import pytest

from verification.kernel.errors import InvalidInput
from verification.wording.enums import Act, Language, WordedKind
from verification.wording.placeholders import fill, placeholders_of, problems_of
from verification.wording.seeds import read_seeds

pytestmark = pytest.mark.unit


def _codes(text: str, kind: str = "emissions", act: str = "approve") -> list[tuple[str, str]]:
    return [(problem.code, problem.message) for problem in problems_of(text, claim_kind=kind, act=act)]


def test_known_names_are_fine():
    assert _codes("{verifier} verified claim {claim} of {installation}.") == []


def test_unknown_name_is_named():
    assert _codes("{verifier} and {colour}") == [("WRD-002", "{colour} is not known here.")]


def test_names_of_another_kind_are_unknown():
    assert _codes("{offered} t") == [("WRD-002", "{offered} is not known here.")]


def test_missing_obligatory_name_is_named():
    assert _codes("Claim {claim}.", kind="", act="draft_refusal") == [("WRD-003", "{comment_until} is missing.")]


@pytest.mark.parametrize(
    "text", ["{claim", "claim}", "{}", "{0}", "{claim.number}", "{claim!r}", "{claim:>5}", "{a b}"]
)
def test_braces_that_hold_no_plain_name(text):
    assert [code for code, _message in _codes(text)] == ["WRD-001"]


def test_doubled_braces_are_letters():
    assert placeholders_of("a {{brace}} and {claim}") == ["claim"]
    assert fill("a {{brace}} and {claim}", {"claim": "EC-1"}) == "a {brace} and EC-1"


def test_filling_names_what_is_not_known():
    with pytest.raises(InvalidInput) as refusal:
        fill("{claim} until {comment_until}", {"claim": "EC-1"})
    assert [problem.message for problem in refusal.value.problems] == ["Nothing is known for {comment_until}."]


SEEDS = read_seeds()


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: f"{seed['key']}-{seed['language']}")
def test_the_projects_own_texts_are_sound(seed):
    assert problems_of(seed["text"], claim_kind=seed["claim_kind"], act=seed["act"]) == []


@pytest.mark.parametrize("language", Language.values)
def test_a_translation_says_no_more_than_the_english_text(language):
    english = {seed["key"]: set(placeholders_of(seed["text"])) for seed in SEEDS if seed["language"] == "en"}
    said = {seed["key"]: set(placeholders_of(seed["text"])) for seed in SEEDS if seed["language"] == language}
    assert said.keys() == english.keys()
    assert {
        key: english[key] - names for key, names in said.items() if english[key] - names not in (set(), {"assurance"})
    } == {}
    assert {key: names - english[key] for key, names in said.items() if names - english[key]} == {}


def test_every_act_that_reaches_a_producer_has_a_text_for_every_kind():
    told = {(seed["claim_kind"], seed["act"]) for seed in SEEDS}
    acts = set(Act.values) - {Act.RECOMMEND, Act.APPROVE_IN_PART}
    lacking = {
        (kind, act)
        for kind in set(WordedKind.values) - {""}
        for act in acts
        if (kind, act) not in told and ("", act) not in told
    }
    assert lacking == set()
