"""What a question to the producer can be about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from portal.official.documents import Document
from portal.ui.templatetags.ui import cn_code
from verification.accounting.entry.sections import SECTIONS
from verification.checks.model import Finding
from verification.claims.enums import ClaimKind, QuestionAbout
from verification.claims.models import Claim, Question
from verification.kernel.errors import Conflict

LONGEST_LABEL = 200
LONGEST_SUBJECT = 60


@dataclass(frozen=True)
class Topic:
    """What a question can be about: ``key`` travels in forms and addresses."""

    key: str
    about: QuestionAbout
    subject: str
    label: str
    follows: Question | None = None


def topics_of(
    claim: Claim,
    content: Mapping[str, Any],
    findings: Iterable[Finding],
    documents: Iterable[Document],
    questions: Iterable[Question],
) -> list[tuple[str, list[Topic]]]:
    """Everything that can be asked about, in groups; the group without a name is the claim as a whole."""
    return [
        ("", [Topic("", QuestionAbout.CLAIM, "", _("The claim as a whole"))]),
        (_("Findings"), _findings(findings)),
        (_("Parts of the numbers"), _parts(claim, content)),
        (_("Documents"), [_document(document) for document in documents]),
        (_("Answers, to follow up"), [_follow_up(question) for question in questions if question.answered_at]),
    ]


def topic_named(key: str, groups: Iterable[tuple[str, list[Topic]]]) -> Topic:
    """Raises ``Conflict`` for what is no longer there to be asked about."""
    for _group, topics in groups:
        for topic in topics:
            if topic.key == key:
                return topic
    raise Conflict("What you ask about is no longer in the claim.")


def _findings(findings: Iterable[Finding]) -> list[Topic]:
    titles = {finding.code: finding.title for finding in findings}
    return [
        Topic(code, QuestionAbout.FINDING, code, f"{code}: {title}"[:LONGEST_LABEL]) for code, title in titles.items()
    ]


def _parts(claim: Claim, content: Mapping[str, Any]) -> list[Topic]:
    def part(path: str, label: str) -> Topic:
        return Topic(f"field:{path}", QuestionAbout.FIELD, path[:LONGEST_SUBJECT], label[:LONGEST_LABEL])

    if claim.kind != ClaimKind.EMISSIONS:
        return []
    goods = content["reading"]["goods"]
    values = [part(f"goods.{n}", f"{cn_code(row['cn'])} {row['process']}".strip()) for n, row in enumerate(goods)]
    return [*values, *(part(section.key, _(section.title)) for section in SECTIONS)]


def _document(document: Document) -> Topic:
    label = f"{document.label}: {document.file.name}"[:LONGEST_LABEL]
    return Topic(f"document:{document.file.pk}", QuestionAbout.DOCUMENT, str(document.file.pk), label)


def _follow_up(question: Question) -> Topic:
    words = _("Question %(n)s: %(text)s") % {"n": question.number, "text": question.text}
    about = QuestionAbout(question.about)
    return Topic(f"follows:{question.number}", about, question.subject, words[:LONGEST_LABEL], question)
