"""Findings as officials read them: what needs an answer first, with the answer and the form for one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from portal.official.documents import Document, place_of
from portal.official.forms import AnswerFindingForm
from portal.official.threads import Thread, threads_about
from verification.certificates.models import Certificate
from verification.checks import run_checks
from verification.checks.catalogue import AnySubject
from verification.checks.model import Finding, Peers, Severity
from verification.claims.enums import QuestionAbout
from verification.claims.findings import block_position, findings_on_snapshot
from verification.claims.models import Claim, FindingAnswer, Snapshot
from verification.database.kept import Given, Kept

NEEDING_ANSWER = (Severity.REFER, Severity.BLOCK)
SHOWN = 200
"""Findings on one page; the others come up as these are answered."""
ANSWER_WORDS = {
    Severity.BLOCK: _("Stands against approval"),
    Severity.REFER: _("Needs your answer"),
    Severity.WARN: _("Worth a look"),
    Severity.INFO: _("Advice"),
}


ANSWERS = Kept(lambda: FindingAnswer.objects.filter(snapshot=Given("snapshot")).select_related("answered_by"))


@dataclass(frozen=True)
class FindingRow:
    """A finding with the answer that is recorded, and the form for one where it is asked for.

    ``place`` is the query that opens the viewer where the finding is; ``threads`` are questions about it.
    """

    finding: Finding
    word: Any
    answer: FindingAnswer | None
    form: AnswerFindingForm | None
    place: str = ""
    threads: Sequence[Thread] = ()

    @property
    def needs_answer(self) -> bool:
        return self.finding.severity in NEEDING_ANSWER and self.answer is None

    @property
    def block_position(self) -> int | None:
        """Position of the block that the finding is about; ``None`` for one about the claim as a whole."""
        return block_position(self.finding)


@dataclass(frozen=True)
class PageOfClaim:
    """What the panels of a claim's page are made from."""

    request: HttpRequest
    claim: Claim
    content: Mapping[str, Any]
    findings: Sequence[FindingRow]
    may_judge: bool
    sealed_as: str
    peers: Mapping[str, Peers] = field(default_factory=dict)
    certificate: Certificate | None = None


@dataclass(frozen=True)
class Attached:
    """What findings are shown with: documents that they name, threads about them."""

    documents: Sequence[Document] = ()
    threads: Sequence[Thread] = ()


def finding_rows(
    claim: Claim,
    snapshot: Snapshot,
    *,
    may_answer: bool,
    refused: AnswerFindingForm | None = None,
    subject: AnySubject | None = None,
    attached: Attached | None = None,
    has_answers: bool = True,
) -> list[FindingRow]:
    """Findings that need an answer first, then those answered, then the rest.

    ``subject`` is what the checks look at, where the caller has it already; ``has_answers`` is false where it knows
    that none was given in this claim.
    """
    given = ANSWERS.rows(snapshot=snapshot.pk) if has_answers else ()
    answers = {answer.finding_key: answer for answer in given}
    attached = attached or Attached()
    rows = []
    for position, finding in enumerate(run_checks(subject) if subject else findings_on_snapshot(claim, snapshot)):
        answer = answers.get(finding.key)
        form = None
        if may_answer and finding.severity in NEEDING_ANSWER and answer is None:
            form = AnswerFindingForm(initial={"finding_key": finding.key})
            if refused is not None and refused.data.get("finding_key") == finding.key:
                form = refused
            form.auto_id = f"answer_{position}_%s"
        rows.append(
            FindingRow(
                finding,
                ANSWER_WORDS[Severity(finding.severity)],
                answer,
                form,
                place_of(finding.where, claim, attached.documents),
                threads_about(attached.threads, QuestionAbout.FINDING, finding.code),
            )
        )
    return sorted(rows, key=lambda row: (not row.needs_answer, row.answer is None))
