"""How far a claim is: the parts of its task list, each with a state and where it is done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.producer.entry.steps import STEPS, Step, state_of
from verification.accounting.entry.answers import Answers
from verification.checks.model import Finding, Severity
from verification.claims.enums import ClaimState, EngagementState, WayIn
from verification.claims.findings import confirmed_statement, findings_on_draft
from verification.claims.models import Claim, Engagement, VerificationStatement
from verification.claims.selectors import stored_answers
from verification.claims.services.producer import obstacles_to_sending
from verification.claims.workflow import EDITABLE_STATES
from verification.kernel.errors import Problem

VERIFIER_CODES = "VER-"
NUMBERS_CHANGED = "VER-007"


@dataclass(frozen=True)
class Progress:
    """A claim as its producer sees it now; made once per page."""

    claim: Claim
    problems: Sequence[dict[str, Any]]
    findings: Sequence[Finding]
    obstacles: Sequence[Problem]
    engagement: Engagement | None
    statement: VerificationStatement | None

    @property
    def is_editable(self) -> bool:
        return self.claim.state in EDITABLE_STATES

    @property
    def has_reading(self) -> bool:
        return self.claim.reading is not None

    @property
    def blocking_problems(self) -> list[dict[str, Any]]:
        return [problem for problem in self.problems if problem["severity"] == Severity.BLOCK]

    @property
    def blocking_findings(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.severity == Severity.BLOCK]

    @property
    def blocking_count(self) -> int:
        """Of the numbers; the verifier's part counts by itself."""
        return len(self.blocking_problems) + len(self.blocking_findings)

    @property
    def is_sealable(self) -> bool:
        return self.has_reading and self.blocking_count == 0

    @property
    def has_numbers_changed(self) -> bool:
        """Since the verifier confirmed."""
        return any(obstacle.code == NUMBERS_CHANGED for obstacle in self.obstacles)

    @property
    def is_sendable(self) -> bool:
        return self.is_editable and not self.obstacles


def progress_of(claim: Claim) -> Progress:
    findings = [f for f in findings_on_draft(claim) if not f.code.startswith(VERIFIER_CODES)] if claim.reading else []
    return Progress(
        claim=claim,
        problems=claim.reading["problems"] if claim.reading else [],
        findings=findings,
        obstacles=obstacles_to_sending(claim) if claim.state in EDITABLE_STATES else [],
        engagement=claim.engagements.select_related("verifier", "snapshot").order_by("-invited_at").first(),
        statement=confirmed_statement(claim),
    )


def tasks_of(progress: Progress, file_count: int) -> list[dict[str, Any]]:
    """The parts in order, for ``components/task_list.html``."""
    tasks = [
        *_numbers(progress),
        _results(progress),
        _evidence(progress, file_count),
        _verifier(progress),
    ]
    if progress.claim.state == ClaimState.INFO_REQUESTED:
        return [*tasks, _answer(progress)]
    if progress.is_editable:
        tasks.append(_send(progress))
    return tasks


def complete_count(tasks: Sequence[dict[str, Any]]) -> int:
    return sum(task["state"] == "complete" for task in tasks)


def _task(progress: Progress, url_name: str, label: str, state: str, word: str, hint: str = "") -> dict[str, Any]:
    address = "" if state == "not_yet" else reverse(f"producer:{url_name}", args=[progress.claim.pk])
    return {"label": label, "state": state, "word": word, "hint": hint, "address": address}


def _numbers(progress: Progress) -> list[dict[str, Any]]:
    """How the numbers come in: one part for a workbook, one for each page of the form."""
    if progress.claim.way_in == WayIn.WORKBOOK:
        return [_workbook(progress)]
    if progress.claim.way_in == WayIn.ANSWERS:
        answers = stored_answers(progress.claim)
        return [_step(progress, step, answers) for step in STEPS]
    hint = _("In the form, from a file, or copied from last year.")
    return [_task(progress, "claim_entry_begin", _("Numbers of the year"), "not_started", _("To do"), hint)]


def _step(progress: Progress, step: Step, answers: Answers) -> dict[str, Any]:
    state, word = state_of(step, answers, progress.problems)
    address = reverse("producer:claim_step", args=[progress.claim.pk, step.key])
    return {"label": step.title, "state": state, "word": word, "hint": step.hint, "address": address}


def _workbook(progress: Progress) -> dict[str, Any]:
    claim, label = progress.claim, _("Communication template")
    hint = _("Read from %(name)s, version %(version)s") % {
        "name": claim.template_file.name,  # type: ignore[union-attr]
        "version": claim.reading["template"]["version"],  # type: ignore[index]
    }
    if progress.blocking_problems:
        return _task(progress, "claim_template", label, "to_correct", _correct(len(progress.blocking_problems)), hint)
    return _task(progress, "claim_template", label, "complete", _("Complete"), hint)


def _results(progress: Progress) -> dict[str, Any]:
    label = _("Results and checks")
    if not progress.has_reading:
        return _task(progress, "claim_results", label, "not_yet", _("Not yet"), _("Opens when there are numbers."))
    if progress.blocking_count:
        return _task(progress, "claim_results", label, "to_correct", _correct(progress.blocking_count))
    looks = sum(f.severity == Severity.REFER for f in progress.findings) + sum(
        p["severity"] == Severity.REFER for p in progress.problems
    )
    hint = ngettext("%(n)s thing the official will look at", "%(n)s things the official will look at", looks) % {
        "n": looks
    }
    return _task(progress, "claim_results", label, "complete", _("Complete"), hint if looks else "")


def _evidence(progress: Progress, file_count: int) -> dict[str, Any]:
    label = _("Evidence")
    if not file_count:
        hint = _("For example the monitoring plan and contracts for electricity.")
        return _task(progress, "claim_evidence", label, "not_started", _("None yet"), hint)
    hint = ngettext("%(n)s file", "%(n)s files", file_count) % {"n": file_count}
    return _task(progress, "claim_evidence", label, "complete", _("Complete"), hint)


def _verifier(progress: Progress) -> dict[str, Any]:
    label, engagement = _("Verifier’s opinion"), progress.engagement
    if engagement and engagement.state == EngagementState.INVITED:
        hint = _("%(verifier)s was asked on %(day)s.") % {
            "verifier": engagement.verifier.name,
            "day": date_format(engagement.invited_at, "j M Y"),
        }
        return _task(progress, "claim_verifier", label, "invited", _("With the verifier"), hint)
    if progress.statement and not progress.has_numbers_changed:
        hint = _("%(opinion)s, %(verifier)s") % {
            "opinion": progress.statement.get_opinion_display(),
            "verifier": progress.statement.engagement.verifier.name,
        }
        return _task(progress, "claim_verifier", label, "complete", _("Confirmed"), hint)
    if not progress.is_sealable:
        hint = _("Opens when nothing is left to correct.")
        return _task(progress, "claim_verifier", label, "not_yet", _("Not yet"), hint)
    if progress.statement:
        hint = _("The numbers changed after they were confirmed.")
        return _task(progress, "claim_verifier", label, "to_answer", _("Ask again"), hint)
    if engagement and engagement.state == EngagementState.DECLINED:
        return _task(progress, "claim_verifier", label, "to_answer", _("Declined"), engagement.decline_reason)
    hint = _("Seals the numbers and asks an accredited verifier about them.")
    return _task(progress, "claim_verifier", label, "not_started", _("To do"), hint)


def _send(progress: Progress) -> dict[str, Any]:
    label = _("Check your answers and send")
    if progress.is_sendable:
        return _task(progress, "claim_check", label, "not_started", _("Ready to send"))
    hint = _("Opens when the parts above are complete.")
    return _task(progress, "claim_check", label, "not_yet", _("Not yet"), hint)


def _answer(progress: Progress) -> dict[str, Any]:
    count = progress.claim.questions.filter(answered_at=None).count()
    label = ngettext("Answer the official’s question", "Answer the official’s questions", count)
    return _task(progress, "claim_answer", label, "to_answer", _("Waiting for you"))


def _correct(count: int) -> str:
    return ngettext("%(n)s to correct", "%(n)s to correct", count) % {"n": count}


def what_comes_next() -> list[dict[str, Any]]:
    return [
        {"title": _("You complete and send"), "by": _("The numbers are sealed with a hash."), "is_now": True},
        {"title": _("An official reviews"), "by": _("The official’s clock stops while a question is open.")},
        {"title": _("A second official decides"), "by": _("Every refusal says why and how to cure it.")},
        {"title": _("Certificate"), "by": _("A signed PDF with a QR code for your customers.")},
    ]
