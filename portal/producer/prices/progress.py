"""How far a carbon price claim is: its parts with a state each, and what stands in the way of sending it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal.producer.prices.sections import ORDER, PARTS, SECTIONS
from verification.checks.model import Finding, Severity
from verification.claims.enums import ClaimState
from verification.claims.findings import findings_on_draft
from verification.claims.models import Claim
from verification.claims.selectors import evidence_of
from verification.claims.services.producer import obstacles_to_sending
from verification.claims.workflow import EDITABLE_STATES
from verification.kernel.errors import Problem

WORDS = {
    Severity.BLOCK: gettext_lazy("To correct"),
    Severity.REFER: gettext_lazy("The official will look at it"),
    Severity.WARN: gettext_lazy("Please look"),
    Severity.INFO: gettext_lazy("For information"),
}


@dataclass(frozen=True)
class PriceProgress:
    """A claim as its producer sees it now; made once per page."""

    claim: Claim
    findings: Sequence[Finding]
    obstacles: Sequence[Problem]

    @property
    def is_editable(self) -> bool:
        return self.claim.state in EDITABLE_STATES

    @property
    def is_sendable(self) -> bool:
        return self.is_editable and not self.obstacles


def price_progress(claim: Claim) -> PriceProgress:
    is_editable = claim.state in EDITABLE_STATES
    return PriceProgress(
        claim,
        findings_on_draft(claim) if is_editable else [],
        obstacles_to_sending(claim) if is_editable else [],
    )


def tasks_of(progress: PriceProgress) -> list[dict[str, Any]]:
    """The parts in order, for ``components/task_list.html``."""
    claim = progress.claim
    tasks = [_part(progress, key) if key in PARTS else _section(progress, key) for key in ORDER]
    tasks += [_evidence(claim), _result(progress)]
    if claim.state == ClaimState.INFO_REQUESTED:
        return [*tasks, _task(claim, "price_answer", _("Answer the official"), "to_answer", _("Waiting for you"))]
    if progress.is_editable:
        tasks.append(_send(progress))
    return tasks


def in_words(findings: Iterable[Finding]) -> list[tuple[Finding, str]]:
    """Each finding with what its severity means to the producer."""
    return [(found, str(WORDS[found.severity])) for found in findings]


def blocking_for(codes: Iterable[str], findings: Sequence[Finding]) -> list[Finding]:
    """What blocks the claim among some checks."""
    return [found for found in findings if found.severity == Severity.BLOCK and found.code in set(codes)]


def _part(progress: PriceProgress, key: str) -> dict[str, Any]:
    part, details = PARTS[key], progress.claim.price_details
    said = [getattr(details, name) for name in part.form.base_fields if name != "country"]
    is_begun = any(value not in ("", None) for value in said)
    state, word = _state(is_begun, len(blocking_for(part.codes, progress.findings)))
    return _entry(part.title, part.hint, state, word, reverse("producer:price_part", args=[progress.claim.pk, key]))


def _section(progress: PriceProgress, key: str) -> dict[str, Any]:
    section = SECTIONS[key]
    count = getattr(progress.claim, section.related).count()
    state, word = _state(bool(count), len(blocking_for(section.codes, progress.findings)))
    if count and state == "complete":
        word = ngettext("%(n)s row", "%(n)s rows", count) % {"n": count}
    if not count and state == "not_started":
        word = _("None")
    address = reverse("producer:price_rows", args=[progress.claim.pk, key])
    return _entry(section.title, section.hint, state, word, address)


def _state(is_begun: bool, blocking: int) -> tuple[str, str]:
    if not is_begun:
        return "not_started", _("To do")
    if blocking:
        return "to_correct", ngettext("%(n)s to correct", "%(n)s to correct", blocking) % {"n": blocking}
    return "complete", _("Complete")


def _evidence(claim: Claim) -> dict[str, Any]:
    count = evidence_of(claim).count()
    if not count:
        hint = _("Receipts, the certification, and proof of rebates.")
        return _task(claim, "price_evidence", _("Evidence"), "not_started", _("None yet"), hint)
    word = ngettext("%(n)s file", "%(n)s files", count) % {"n": count}
    return _task(claim, "price_evidence", _("Evidence"), "complete", word)


def _result(progress: PriceProgress) -> dict[str, Any]:
    looks = sum(found.severity == Severity.REFER for found in progress.findings)
    blocks = len(progress.obstacles)
    hint = ngettext("%(n)s thing the official will look at", "%(n)s things the official will look at", looks) % {
        "n": looks
    }
    label = _("Result and checks")
    if blocks:
        word = ngettext("%(n)s to correct", "%(n)s to correct", blocks) % {"n": blocks}
        return _task(progress.claim, "price_result", label, "to_correct", word)
    return _task(progress.claim, "price_result", label, "complete", _("Complete"), hint if looks else "")


def _send(progress: PriceProgress) -> dict[str, Any]:
    label = _("Check your answers and send")
    if progress.is_sendable:
        return _task(progress.claim, "price_check", label, "not_started", _("Ready to send"))
    return _entry(label, _("Opens when the parts above are complete."), "not_yet", _("Not yet"), "")


def _task(claim: Claim, url_name: str, label: str, state: str, word: str, hint: str = "") -> dict[str, Any]:
    return _entry(label, hint, state, word, reverse(f"producer:{url_name}", args=[claim.pk]))


def _entry(label: Any, hint: Any, state: str, word: str, address: str) -> dict[str, Any]:
    return {"label": label, "state": state, "word": word, "hint": hint, "address": address}
