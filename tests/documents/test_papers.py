"""The family of documents as files: every kind, every language, usual names, long ones, and eighty goods."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.documents import content, layout, sealed, structure
from tests.documents.papers import COVER, KINDS, SIZES, USUAL, Paper
from tests.documents.selection import LANGUAGES, VARIANTS, chosen_papers
from verification.certificates.seal import seal
from verification.signing.folder import ROOT_CERTIFICATE, key_folder

pytestmark = pytest.mark.unit


@pytest.fixture(scope="module")
def trusting(_sealing_keys: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate store of NSS that trusts the root of the tests and nothing else."""
    store = tmp_path_factory.mktemp("nss")
    at = ["certutil", "-d", f"sql:{store}"]
    subprocess.run([*at, "-N", "--empty-password"], check=True)
    root = str(key_folder() / ROOT_CERTIFICATE)
    subprocess.run([*at, "-A", "-n", "root", "-t", "CT,C,C", "-a", "-i", root], check=True)
    return store


@pytest.mark.parametrize("paper", chosen_papers(), ids=str)
def test_a_paper_keeps_every_rule(paper: Paper, trusting: Path, tmp_path: Path) -> None:
    """As it is drawn, and as it is issued; the cover of a certificate that ended bears no seal of its own."""
    broken = {rule.__name__: list(rule(paper)) for rule in (*structure.RULES, *content.RULES, *layout.RULES)}
    if paper.kind != COVER:
        issued = seal(paper.pdf, reason=paper.number)
        file = sealed.SealedPaper(issued, tmp_path, key_folder() / ROOT_CERTIFICATE, trusting)
        broken |= {rule.__name__: list(rule(file)) for rule in sealed.RULES}
    assert {name: found[:3] for name, found in broken.items() if found} == {}


def test_every_kind_language_and_size_is_among_them() -> None:
    papers = chosen_papers()
    assert {paper.kind for paper in papers if paper.size == USUAL} == set(KINDS)
    assert {paper.kind for paper in papers if paper.size != USUAL} >= set(KINDS) - set(VARIANTS)
    assert {paper.language for paper in papers if paper.size == USUAL} == set(LANGUAGES)
    assert {paper.language for paper in papers if paper.size != USUAL} == set(LANGUAGES)
    assert {paper.size for paper in papers} == set(SIZES)
