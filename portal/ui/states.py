"""Which shape and colour stands beside the word of a state. The word always stands there too."""

from __future__ import annotations

SHAPES = {
    # claims
    "draft": "half",
    "pre_check": "wait",
    "submitted": "wait",
    "in_review": "half",
    "info_requested": "act",
    "recommended": "info",
    "hearing": "act",
    "in_appeal": "act",
    "approved": "valid",
    "refused": "stop",
    "withdrawn": "past",
    # wordings
    "published": "valid",
    "superseded": "past",
    "revoked": "stop",
    # engagements of verifiers
    "invited": "wait",
    "confirmed": "done",
    "declined": "stop",
    "replaced": "past",
    # certificates
    "being_sealed": "wait",
    "valid": "valid",
    # blocks of units
    "reserved": "wait",
    "accepted": "valid",
    "returned": "past",
    "released": "past",
    # advance answers
    "in_part": "act",
    "not_accepted": "stop",
    # events that strike units
    "open": "act",
    "lifted": "done",
    # evidence
    "quarantined": "wait",
    "clean": "done",
    # work in the background
    "queued": "wait",
    "running": "half",
    "done": "done",
    "dead": "stop",
    # accreditation
    "suspended": "act",
    "reinstated": "valid",
    "expired": "past",
    # severities of findings
    "block": "stop",
    "refer": "info",
    "warn": "act",
    "info": "info",
    # parts of a task list
    "complete": "done",
    "started": "half",
    "not_started": "open",
    "not_yet": "open",
    "to_correct": "stop",
    "to_answer": "act",
    # bases of a value
    "override": "valid",
    "default": "open",
    "exempt": "past",
}


def shape_of(state: str) -> str:
    """The shape of a state. Raises ``KeyError`` for a state nobody drew: add it here."""
    return SHAPES[str(state)]
