"""How far a unit claim is: the parts of its task list, each with a state and where it is done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.ui.templatetags.ui import number
from portal.units.gauge import base_asked
from verification.claims.enums import ClaimState, UnitEventKind
from verification.claims.models import Claim, PreCheck
from verification.claims.selectors import evidence_of
from verification.claims.services.producer import obstacles_to_sending
from verification.claims.unit_content import OFFERED
from verification.claims.workflow import EDITABLE_STATES
from verification.kernel.errors import Problem

CHECKED_AT_ONCE = 1_000
"""Blocks. The task list runs the checks of claims up to here; of larger ones, the page “Check and send” does."""


@dataclass(frozen=True)
class Progress:
    """A claim as its party sees it now; made once per page; ``obstacles`` is ``None`` where not looked for."""

    claim: Claim
    blocks: int
    tonnes: int
    unretired: int
    undescribed: int
    letters: int
    files: int
    obstacles: Sequence[Problem] | None
    pre_check: PreCheck | None

    @property
    def is_editable(self) -> bool:
        return self.claim.state in EDITABLE_STATES

    @property
    def has_base(self) -> bool:
        return bool(self.claim.unit_details.base)

    @property
    def is_sendable(self) -> bool:
        return self.is_editable and self.blocks > 0 and not self.obstacles


def progress_of(claim: Claim, *, with_obstacles: bool = True) -> Progress:
    """Without obstacles for a page that runs the checks itself."""
    not_yet = Q(event=UnitEventKind.NOT_YET)
    sums = claim.blocks.filter(state__in=OFFERED).aggregate(
        blocks=Count("pk"),
        tonnes=Sum("quantity"),
        unretired=Count("pk", filter=not_yet),
        undescribed=Count("pk", filter=~not_yet & (Q(event_on=None) | Q(beneficiary="") | Q(evidence=None))),
    )
    is_looked_for = with_obstacles and claim.state in EDITABLE_STATES and sums["blocks"] <= CHECKED_AT_ONCE
    return Progress(
        claim=claim,
        blocks=sums["blocks"],
        tonnes=sums["tonnes"] or 0,
        unretired=sums["unretired"],
        undescribed=sums["undescribed"],
        letters=claim.authorisations.count(),
        files=evidence_of(claim).count(),
        obstacles=obstacles_to_sending(claim) if is_looked_for else None,
        pre_check=claim.pre_checks.last(),
    )


def tasks_of(progress: Progress) -> list[dict[str, Any]]:
    """The parts in order, for ``components/task_list.html``."""
    tasks = [
        _units(progress),
        _base(progress),
        _letters(progress),
        _retirement(progress),
        _evidence(progress),
        _pre_check(progress),
    ]
    if progress.claim.state == ClaimState.INFO_REQUESTED:
        return [*tasks, _answer(progress)]
    if progress.is_editable:
        tasks.append(_send(progress))
    return tasks


def complete_count(tasks: Sequence[dict[str, Any]]) -> int:
    return sum(task["state"] == "complete" for task in tasks)


def _task(progress: Progress, url_name: str, label: str, state: str, word: str, hint: str = "") -> dict[str, Any]:
    address = "" if state == "not_yet" else reverse(f"units:{url_name}", args=[progress.claim.pk])
    return {"label": label, "state": state, "word": word, "hint": hint, "address": address}


def _units(progress: Progress) -> dict[str, Any]:
    label = _("Units")
    if not progress.blocks:
        hint = _("Paste serial numbers, or upload a registry’s export.")
        return _task(progress, "claim_serials", label, "not_started", _("To do"), hint)
    words = ngettext("%(n)s block, %(tonnes)s t", "%(n)s blocks, %(tonnes)s t", progress.blocks)
    hint = words % {"n": number(progress.blocks), "tonnes": number(progress.tonnes)}
    return _task(progress, "claim_blocks", label, "complete", _("Complete"), hint)


def _base(progress: Progress) -> dict[str, Any]:
    label = _("What they are offered against")
    if not base_asked(progress.claim):
        hint = _("The scheme sets no limit for this year.")
        return _task(progress, "claim_base", label, "complete", _("No limit"), hint)
    if not progress.has_base:
        hint = _("Goods of the year, or an amount: the limit is worked out from it.")
        return _task(progress, "claim_base", label, "not_started", _("To do"), hint)
    return _task(progress, "claim_base", label, "complete", _("Complete"))


def _letters(progress: Progress) -> dict[str, Any]:
    label = _("Letters of authorisation")
    if not progress.letters:
        hint = _("From the host country, where the scheme asks for one.")
        return _task(progress, "claim_letters", label, "not_started", _("None yet"), hint)
    hint = ngettext("%(n)s letter", "%(n)s letters", progress.letters) % {"n": progress.letters}
    return _task(progress, "claim_letters", label, "complete", _("Complete"), hint)


def _retirement(progress: Progress) -> dict[str, Any]:
    label = _("Retirement details")
    if not progress.blocks:
        return _task(progress, "claim_blocks", label, "not_yet", _("Not yet"), _("Opens when there are units."))
    if progress.unretired:
        words = ngettext("%(n)s block is not retired yet.", "%(n)s blocks are not retired yet.", progress.unretired)
        hint = words % {"n": number(progress.unretired)}
        return _task(progress, "claim_blocks", label, "started", _("To do"), hint)
    if progress.undescribed:
        words = ngettext(
            "%(n)s block lacks its day, beneficiary or certificate.",
            "%(n)s blocks lack their day, beneficiary or certificate.",
            progress.undescribed,
        )
        hint = words % {"n": number(progress.undescribed)}
        return _task(progress, "claim_blocks", label, "to_correct", _("Incomplete"), hint)
    return _task(progress, "claim_blocks", label, "complete", _("Complete"))


def _evidence(progress: Progress) -> dict[str, Any]:
    label = _("Evidence")
    if not progress.files:
        hint = _("Certificates of the retirement, letters of authorisation.")
        return _task(progress, "claim_evidence", label, "not_started", _("None yet"), hint)
    hint = ngettext("%(n)s file", "%(n)s files", progress.files) % {"n": progress.files}
    return _task(progress, "claim_evidence", label, "complete", _("Complete"), hint)


def _pre_check(progress: Progress) -> dict[str, Any]:
    label, check = _("Advance answer"), progress.pre_check
    if check and check.answered_at is None:
        return _task(progress, "claim_pre_check", label, "invited", _("With an official"))
    if check:
        return _task(progress, "claim_pre_check", label, "complete", _("Answered"), check.get_outcome_display())
    if not progress.blocks:
        return _task(progress, "claim_pre_check", label, "not_yet", _("Not yet"), _("Opens when there are units."))
    hint = _("If you wish: ask an official before you retire anything. Nobody can undo a retirement.")
    return _task(progress, "claim_pre_check", label, "not_started", _("Optional"), hint)


def _send(progress: Progress) -> dict[str, Any]:
    label = _("Check your answers and send")
    if not progress.blocks:
        return _task(progress, "claim_check", label, "not_yet", _("Not yet"), _("Opens when there are units."))
    if progress.obstacles is None:
        hint = _("The claim is large: its checks run on that page and take some seconds.")
        return _task(progress, "claim_check", label, "not_started", _("Open to check"), hint)
    if progress.is_sendable:
        return _task(progress, "claim_check", label, "not_started", _("Ready to send"))
    count = len(progress.obstacles)
    word = ngettext("%(n)s to correct", "%(n)s to correct", count) % {"n": number(count)}
    return _task(progress, "claim_check", label, "to_correct", word)


def _answer(progress: Progress) -> dict[str, Any]:
    count = progress.claim.questions.filter(answered_at=None).count()
    label = ngettext("Answer the official’s question", "Answer the official’s questions", count)
    return _task(progress, "claim_answer", label, "to_answer", _("Waiting for you"))


def what_comes_next() -> list[dict[str, Any]]:
    return [
        {"title": _("You complete and send"), "by": _("The content is sealed with a hash."), "is_now": True},
        {"title": _("Serials are reserved"), "by": _("Nobody else can use them while the claim is examined.")},
        {"title": _("An official reviews"), "by": _("The official’s clock stops while a question is open.")},
        {"title": _("A second official decides"), "by": _("What is not accepted is yours again, serial by serial.")},
        {"title": _("Certificate"), "by": _("Accepted tonnes are credited for the year.")},
    ]
