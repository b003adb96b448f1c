"""Which papers the suite draws: few, so chosen that every kind, language and size meets the others."""

from __future__ import annotations

import os
from itertools import product

from tests.documents.papers import CERTIFICATES, KINDS, MANY, OVERFLOW, SIZES, USUAL, Paper
from verification.wording.enums import Language

EVERY = "DOCUMENTS"
"""With ``DOCUMENTS=all`` the suite draws every paper: ``make documents``."""
FEW = 20
LANGUAGES = tuple(Language.values)


def every_paper() -> list[Paper]:
    return [Paper(*each) for each in product(KINDS, LANGUAGES, SIZES)]


def chosen_papers() -> list[Paper]:
    """Each language and each kind with each size; the usual certificate in every language and of every kind in English.

    Of the kinds but one, overflow has fewer goods: they show what eighty do.
    """
    if os.environ.get(EVERY) == "all":
        return every_paper()
    chosen = {Paper(kind, "en", USUAL) for kind in CERTIFICATES}
    chosen |= {Paper("emissions", language, USUAL) for language in LANGUAGES}
    for row, kind in enumerate(KINDS):
        for column, size in enumerate(SIZES):
            language = LANGUAGES[(row + 2 * column) % len(LANGUAGES)]
            chosen.add(Paper(kind, language, size, FEW if size == OVERFLOW and kind != "emissions" else MANY))
    return sorted(chosen, key=str)
