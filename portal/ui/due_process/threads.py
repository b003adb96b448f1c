"""Questions and answers of a claim as conversations: a question, and what followed up its answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from portal.ui.due_process.frames import Frame
from verification.claims.enums import QuestionAbout
from verification.claims.models import Claim, Question, QuestionFile


@dataclass(frozen=True)
class Asked:
    """A question with its files apart: those of the official, and those of the answer."""

    question: Question
    about: str
    address: str
    files: Sequence[QuestionFile]
    answer_files: Sequence[QuestionFile]

    @property
    def is_open(self) -> bool:
        return self.question.answered_at is None


@dataclass(frozen=True)
class Thread:
    entries: Sequence[Asked]

    @property
    def is_open(self) -> bool:
        return any(asked.is_open for asked in self.entries)


def threads_of(claim: Claim, frame: Frame) -> list[Thread]:
    """Every conversation, in the order in which it began. Two queries."""
    chains: dict[int, list[Asked]] = {}
    first_of: dict[int, int] = {}
    for question in claim.questions.prefetch_related("files__file"):
        earlier = question.follows_id
        first = first_of.setdefault(question.pk, first_of.get(earlier, question.pk) if earlier else question.pk)
        chains.setdefault(first, []).append(_asked(question, claim, frame))
    return [Thread(tuple(chain)) for chain in chains.values()]


def _asked(question: Question, claim: Claim, frame: Frame) -> Asked:
    uses = list(question.files.all())
    return Asked(
        question=question,
        about=_about(question),
        address=frame.part_address(claim, question.about),
        files=tuple(use for use in uses if not use.is_answer),
        answer_files=tuple(use for use in uses if use.is_answer),
    )


def _about(question: Question) -> str:
    """In words; empty for a question about the whole claim."""
    if question.about == QuestionAbout.CLAIM:
        return ""
    return _("%(what)s: %(which)s") % {
        "what": QuestionAbout(question.about).label,
        "which": question.about_label or question.subject,
    }
