"""Which papers the suite draws: each kind and each language among the usual and the long ones."""

from __future__ import annotations

import os
from itertools import cycle, product

from tests.documents.papers import KINDS, MANY, NAMES, OVERFLOW, SIZES, USUAL, Paper
from verification.wording.enums import Language

EVERY = "DOCUMENTS"
"""With ``DOCUMENTS=all`` the suite draws every paper: ``make documents``."""
FEW = 12
VARIANTS = ("refusal", "revoked-units", "revoked-price")
"""Of the letter and of the notice of revocation."""
LANGUAGES = tuple(Language.values)


def every_paper() -> list[Paper]:
    return [Paper(*each) for each in product(KINDS, LANGUAGES, SIZES)]


def chosen_papers() -> list[Paper]:
    """Each kind and each language as usual, each but the variants as more than usual.

    Eighty goods are those of emissions; of the other kinds fewer goods show the same.
    """
    if os.environ.get(EVERY) == "all":
        return every_paper()
    chosen = {Paper(kind, language, USUAL) for kind, language in zip(KINDS, cycle(LANGUAGES), strict=False)}
    long_ones = [kind for kind in KINDS if kind not in VARIANTS]
    for row, kind in enumerate(long_ones):
        size = NAMES if row % 2 else OVERFLOW
        chosen.add(Paper(kind, LANGUAGES[(row + 2) % len(LANGUAGES)], size, MANY if kind == "emissions" else FEW))
    return sorted(chosen, key=str)
