"""From the findings to the opinion (Implementing Regulation (EU) 2025/2546, Article 1 and Annex, 2.6)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from verification.claims.enums import Opinion
from verification.claims.verification.words import FindingKind, FindingOutcome
from verification.kernel.errors import Problem

REFERENCE = "Implementing Regulation (EU) 2025/2546, Annex, 2.6"


@dataclass(frozen=True)
class FindingFacts:
    """A finding as the report tells it. ``outcome`` is empty while nobody has closed it."""

    number: int
    kind: str
    is_material: bool
    subject: str
    text: str
    outcome: str = ""
    reason: str = ""

    @property
    def is_open(self) -> bool:
        """Recommendations ask for nothing, so they are never open."""
        return not self.outcome and self.kind != FindingKind.RECOMMENDATION

    @property
    def is_remaining(self) -> bool:
        return self.outcome == FindingOutcome.REMAINING and self.kind != FindingKind.RECOMMENDATION

    @property
    def is_recommended(self) -> bool:
        return self.kind == FindingKind.RECOMMENDATION and self.outcome != FindingOutcome.WITHDRAWN


def opinion_problems(opinion: str, findings: Sequence[FindingFacts]) -> Iterator[Problem]:
    """What keeps the opinion from being signed after these findings."""
    still_open = [finding for finding in findings if finding.is_open]
    for finding in still_open:
        yield Problem(
            "block",
            "VER-036",
            f"Finding {finding.number} is open.",
            "Close it as corrected, remaining or taken back.",
            field="opinion",
            reference=REFERENCE,
        )
    remaining = [finding for finding in findings if finding.is_remaining]
    material = [finding for finding in remaining if finding.is_material]
    if material and opinion != Opinion.NOT_SATISFACTORY:
        yield Problem(
            "block",
            "VER-037",
            f"{_numbers(material)} material and not corrected.",
            "The opinion is “not satisfactory”.",
            field="opinion",
            reference=f"{REFERENCE}; Article 1",
        )
    elif remaining and opinion == Opinion.SATISFACTORY:
        yield Problem(
            "block",
            "VER-038",
            f"{_numbers(remaining)} not corrected.",
            "The opinion is “satisfactory with comments” or “not satisfactory”.",
            field="opinion",
            reference=REFERENCE,
        )


def told(findings: Iterable[FindingFacts]) -> str:
    """Findings as text, one on each line."""
    return "\n".join(f"{finding.number}. {finding.text}" for finding in findings)


def corrected(findings: Sequence[FindingFacts]) -> list[FindingFacts]:
    return [finding for finding in findings if finding.outcome == FindingOutcome.CORRECTED]


def remaining_of(findings: Sequence[FindingFacts], *kinds: str) -> list[FindingFacts]:
    return [finding for finding in findings if finding.is_remaining and finding.kind in kinds]


def _numbers(findings: Sequence[FindingFacts]) -> str:
    named = ", ".join(str(finding.number) for finding in findings)
    return f"Finding {named} is" if len(findings) == 1 else f"Findings {named} are"
