"""Where the pages of one kind of claim stand: what the shared pages need to know of their audience."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse

from verification.claims.enums import QuestionAbout
from verification.claims.models import Claim


@dataclass(frozen=True)
class Frame:
    """``page`` names the address of the claim's own page; those of its procedure begin with the same words.

    ``crumbs`` and ``kicker`` are templates; ``parts`` names, for what a question can be about, the page to look at.
    """

    page: str
    crumbs: str
    kicker: str
    parts: Mapping[str, str]

    def address(self, claim: Claim, act: str = "") -> str:
        """Of the claim's page, or of one of its acts: answer, comment, appeal, appealed."""
        return reverse(f"{self.page}_{act}" if act else self.page, args=[claim.pk])

    def part_address(self, claim: Claim, about: str) -> str:
        """The page on which a question's matter stands; empty where it is about the whole claim."""
        name = self.parts.get(QuestionAbout(about), "")
        return reverse(name, args=[claim.pk]) if name else ""
