"""The family of documents as files: every kind, every language, usual names, long ones, and eighty goods."""

from __future__ import annotations

import pytest

from tests.documents import content, layout, structure
from tests.documents.papers import KINDS, SIZES, USUAL, Paper
from tests.documents.selection import LANGUAGES, VARIANTS, chosen_papers

pytestmark = pytest.mark.unit


@pytest.mark.parametrize("paper", chosen_papers(), ids=str)
def test_a_paper_keeps_every_rule(paper: Paper) -> None:
    broken = {rule.__name__: list(rule(paper)) for rule in (*structure.RULES, *content.RULES, *layout.RULES)}
    assert {name: found[:3] for name, found in broken.items() if found} == {}


def test_every_kind_language_and_size_is_among_them() -> None:
    papers = chosen_papers()
    assert {paper.kind for paper in papers if paper.size == USUAL} == set(KINDS)
    assert {paper.kind for paper in papers if paper.size != USUAL} >= set(KINDS) - set(VARIANTS)
    assert {paper.language for paper in papers if paper.size == USUAL} == set(LANGUAGES)
    assert {paper.language for paper in papers if paper.size != USUAL} == set(LANGUAGES)
    assert {paper.size for paper in papers} == set(SIZES)
