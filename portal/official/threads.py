"""Questions to the producer as threads: a question, its answer, and what followed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from verification.claims.enums import QuestionAbout
from verification.claims.models import Claim, Question
from verification.evidence.models import EvidenceFile


@dataclass(frozen=True)
class Turn:
    """A question, what was attached to it, and the same of its answer."""

    question: Question
    files: Sequence[EvidenceFile]
    answer_files: Sequence[EvidenceFile]


@dataclass(frozen=True)
class Thread:
    """A question and those that follow up its answers, in their order."""

    turns: list[Turn] = field(default_factory=list)

    @property
    def first(self) -> Question:
        return self.turns[0].question

    @property
    def last(self) -> Question:
        return self.turns[-1].question


def questions_of(claim: Claim) -> list[Question]:
    questions = claim.questions.select_related("asked_by", "answered_by").prefetch_related("files__file")
    return list(questions)


def threads_of(questions: Iterable[Question]) -> list[Thread]:
    """In the order in which they began."""
    threads: dict[object, Thread] = {}
    for question in questions:
        thread = threads.get(question.follows_id) or Thread()
        files = question.files.all()
        thread.turns.append(
            Turn(
                question,
                [each.file for each in files if not each.is_answer],
                [each.file for each in files if each.is_answer],
            )
        )
        threads[question.pk] = thread
    return list({id(thread): thread for thread in threads.values()}.values())


def threads_about(threads: Iterable[Thread], about: QuestionAbout, subject: str) -> list[Thread]:
    return [thread for thread in threads if (thread.first.about, thread.first.subject) == (about, subject)]
