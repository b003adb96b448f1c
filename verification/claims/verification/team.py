"""Who verifies, and whether they may (Delegated Regulation (EU) 2025/2551, Annex II; EN ISO/IEC 17029)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from verification.checks.thresholds import CONSECUTIVE_AUDITS
from verification.claims.verification.words import TeamRole
from verification.kernel.errors import Problem

RULES = "Delegated Regulation (EU) 2025/2551, Annex II"
AUDITING = (TeamRole.LEAD_AUDITOR, TeamRole.AUDITOR)


@dataclass(frozen=True)
class TeamMember:
    """One person of the verifier in this verification."""

    name: str = ""
    role: str = ""
    speaks_english: bool = False
    speaks_operator_language: bool = False
    visited_site: bool = False


def is_same_person(left: str, right: str) -> bool:
    """Names are the same but for capitals and spaces."""
    return " ".join(left.casefold().split()) == " ".join(right.casefold().split())


def names_of(team: Sequence[TeamMember], role: str) -> list[str]:
    return [member.name for member in team if member.role == role]


def team_problems(team: Sequence[TeamMember], *, audits_before: int) -> Iterator[Problem]:
    """What keeps the team from signing. ``audits_before`` counts the periods before this one that its lead led."""
    leads = names_of(team, TeamRole.LEAD_AUDITOR)
    reviewers = names_of(team, TeamRole.INDEPENDENT_REVIEWER)
    if len(leads) != 1:
        yield _problem("VER-032", "The team has one lead auditor.", "Name exactly one.", found=str(len(leads)))
    elif not any(member.role == TeamRole.LEAD_AUDITOR and member.speaks_english for member in team):
        yield _problem("VER-033", "The lead auditor speaks English, the language of the report.", "Name another lead.")
    if not any(member.role in AUDITING and member.speaks_operator_language for member in team):
        yield _problem("VER-034", "No auditor speaks the operator’s language.", "Add an auditor who does.")
    if not reviewers:
        yield _problem("VER-035", "The independent reviewer is missing.", "Name one who took no part in the audit.")
    yield from _reviewers_who_audited(team, reviewers)
    if len(leads) == 1 and audits_before >= CONSECUTIVE_AUDITS:
        yield Problem(
            "block",
            "VER-024",
            f"{leads[0]} led the last {audits_before} verifications of this installation.",
            f"Name another lead auditor: at most {CONSECUTIVE_AUDITS} periods one after the other.",
            field="team",
            found=str(audits_before + 1),
            expected=str(CONSECUTIVE_AUDITS),
            reference=f"{RULES}, 1.7; policy of the portal where the act names no number",
        )


def _reviewers_who_audited(team: Sequence[TeamMember], reviewers: Sequence[str]) -> Iterator[Problem]:
    others = [member.name for member in team if member.role != TeamRole.INDEPENDENT_REVIEWER]
    on_site = [member.name for member in team if member.visited_site]
    for reviewer in reviewers:
        if any(is_same_person(reviewer, name) for name in (*others, *on_site)):
            yield _problem(
                "VER-010",
                f"{reviewer} reviews the work and took part in it.",
                "Name a reviewer who took no part in the audit.",
            )


def _problem(code: str, message: str, mend: str, *, found: str = "") -> Problem:
    return Problem("block", code, message, mend, field="team", found=found, reference=RULES)
