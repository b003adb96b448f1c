"""The life of a claim as a table. Pure; `services.transitions.move` is its only reader that writes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from verification.claims.enums import ClaimKind
from verification.claims.enums import ClaimState as S


class Party(StrEnum):
    """Who may make a transition, before the finer rules of ``policy``."""

    PRODUCER = "producer"
    REVIEWER = "reviewer"
    LEAD = "lead"
    OFFICIAL = "official"
    APPROVER = "approver"
    SYSTEM = "system"


@dataclass(frozen=True)
class Transition:
    """One row of the table. ``event`` is the name in the audit record, ``words`` the history line."""

    name: str
    sources: frozenset[S]
    target: S
    party: Party
    words: str
    needs_fresh_second_factor: bool = False
    kinds: frozenset[ClaimKind] = frozenset(ClaimKind)

    @property
    def event(self) -> str:
        return f"claims.claim.{self.name}"


UNITS_ALONE = frozenset({ClaimKind.UNITS})
"""Only units may be asked about in advance."""
NOT_PRICES = frozenset({ClaimKind.EMISSIONS, ClaimKind.UNITS})
"""A carbon price was paid or not: it is not approved in part."""


def _row(name: str, sources: tuple[S, ...], target: S, party: Party, words: str, **more: Any) -> Transition:
    return Transition(name, frozenset(sources), target, party, words, **more)


TRANSITIONS: dict[str, Transition] = {
    row.name: row
    for row in (
        _row(
            "ask_pre_check", (S.DRAFT,), S.PRE_CHECK, Party.PRODUCER, "Advance answer asked, sealed", kinds=UNITS_ALONE
        ),
        _row("answer_pre_check", (S.PRE_CHECK,), S.DRAFT, Party.OFFICIAL, "Answered in advance", kinds=UNITS_ALONE),
        _row("take_back_pre_check", (S.PRE_CHECK,), S.DRAFT, Party.PRODUCER, "Question taken back", kinds=UNITS_ALONE),
        _row("submit", (S.DRAFT,), S.SUBMITTED, Party.PRODUCER, "Sent, sealed"),
        _row(
            "withdraw",
            (S.SUBMITTED, S.IN_REVIEW, S.INFO_REQUESTED),
            S.WITHDRAWN,
            Party.PRODUCER,
            "Withdrawn by the producer",
        ),
        _row("take", (S.SUBMITTED,), S.IN_REVIEW, Party.REVIEWER, "Taken, no conflict of interest declared"),
        _row("release", (S.IN_REVIEW,), S.SUBMITTED, Party.REVIEWER, "Given back to the queue"),
        _row("ask", (S.IN_REVIEW,), S.INFO_REQUESTED, Party.REVIEWER, "Question asked"),
        _row("answer", (S.INFO_REQUESTED,), S.IN_REVIEW, Party.PRODUCER, "Answered by the producer"),
        _row("recommend", (S.IN_REVIEW,), S.RECOMMENDED, Party.REVIEWER, "Recommended"),
        _row("send_back", (S.RECOMMENDED,), S.IN_REVIEW, Party.APPROVER, "Sent back to the reviewer"),
        _row(
            "approve",
            (S.RECOMMENDED,),
            S.APPROVED,
            Party.APPROVER,
            "Approved",
            needs_fresh_second_factor=True,
        ),
        _row(
            "approve_in_part",
            (S.RECOMMENDED,),
            S.APPROVED,
            Party.APPROVER,
            "Approved in part",
            needs_fresh_second_factor=True,
            kinds=NOT_PRICES,
        ),
        _row("refuse", (S.RECOMMENDED,), S.REFUSED, Party.APPROVER, "Refused", needs_fresh_second_factor=True),
        _row(
            "draft_refusal",
            (S.RECOMMENDED,),
            S.HEARING,
            Party.APPROVER,
            "Refusal drafted, the producer is heard",
            needs_fresh_second_factor=True,
        ),
        _row("comment", (S.HEARING,), S.RECOMMENDED, Party.PRODUCER, "Producer commented on the draft"),
        _row("close_hearing", (S.HEARING,), S.RECOMMENDED, Party.SYSTEM, "Time to comment is over"),
        _row("lapse", (S.INFO_REQUESTED,), S.REFUSED, Party.SYSTEM, "Refused: the question was not answered in time"),
        _row("resume", (S.INFO_REQUESTED,), S.IN_REVIEW, Party.SYSTEM, "Time to answer is over, the appeal goes on"),
        _row("reassign", (S.IN_REVIEW,), S.IN_REVIEW, Party.LEAD, "Given to another reviewer"),
        _row("reassign_waiting", (S.INFO_REQUESTED,), S.INFO_REQUESTED, Party.LEAD, "Given to another reviewer"),
        _row("expire", (S.APPROVED,), S.EXPIRED, Party.SYSTEM, "No declaration can rest on it any more"),
        _row("supersede", (S.APPROVED, S.EXPIRED), S.SUPERSEDED, Party.SYSTEM, "Superseded by a newer approval"),
        _row("revoke", (S.APPROVED, S.EXPIRED), S.REVOKED, Party.APPROVER, "Revoked", needs_fresh_second_factor=True),
        _row("appeal", (S.REFUSED, S.REVOKED), S.IN_APPEAL, Party.PRODUCER, "Appeal lodged"),
        _row(
            "take_appeal", (S.IN_APPEAL,), S.IN_REVIEW, Party.REVIEWER, "Appeal taken, no conflict of interest declared"
        ),
        _row("release_appeal", (S.IN_REVIEW,), S.IN_APPEAL, Party.REVIEWER, "Appeal given back to the queue"),
        _row(
            "uphold_refusal",
            (S.RECOMMENDED,),
            S.REFUSED,
            Party.APPROVER,
            "Appeal dismissed, the refusal stands",
            needs_fresh_second_factor=True,
        ),
        _row(
            "uphold_revocation",
            (S.RECOMMENDED,),
            S.REVOKED,
            Party.APPROVER,
            "Appeal dismissed, the revocation stands",
            needs_fresh_second_factor=True,
        ),
    )
}

EDITABLE_STATES = frozenset({S.DRAFT, S.INFO_REQUESTED})
WITH_OFFICIALS = frozenset({S.SUBMITTED, S.IN_REVIEW, S.RECOMMENDED, S.IN_APPEAL})
"""Officials must act; their clock runs."""
WITH_PRODUCER = frozenset({S.INFO_REQUESTED, S.HEARING})
"""The producer must act; the officials' clock is stopped."""
OPEN_STATES = WITH_OFFICIALS | WITH_PRODUCER
TAKING = frozenset({"take", "take_appeal"})
AGAINST_APPEALS = frozenset({"withdraw", "release", "refuse", "draft_refusal", "lapse"})
"""What is not possible while an appeal is decided; each has its counterpart for appeals."""
FOR_APPEALS = frozenset({"release_appeal", "resume", "uphold_refusal", "uphold_revocation"})
"""What is possible only then."""


def transitions_from(state: str) -> list[Transition]:
    """Rows that leave ``state``, in the order of the table."""
    return [row for row in TRANSITIONS.values() if state in row.sources]
