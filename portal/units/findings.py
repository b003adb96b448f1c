"""Findings of a unit claim as its pages show them: beside each block, and together by check."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from verification.checks.model import Finding, Severity

_BLOCK = re.compile(r"blocks\.(\d+)(?: |#|$)")
PLACES_SHOWN = 5
WORDS: dict[str, str | Promise] = {
    Severity.BLOCK: _("Stops sending"),
    Severity.REFER: _("An official looks at it"),
    Severity.WARN: _("Look again"),
    Severity.INFO: _("For information"),
}


@dataclass(frozen=True)
class FindingGroup:
    """All findings of one check and weight: what it asks once, and the first places; ``more`` are not named."""

    code: str
    severity: str
    title: str
    text: str
    mend: str
    reference: str
    places: tuple[Finding, ...]
    count: int

    @property
    def word(self) -> str | Promise:
        return WORDS[self.severity]

    @property
    def more(self) -> int:
        return self.count - len(self.places)


def position_of(finding: Finding) -> int | None:
    """The block that a finding is about; ``None`` for one about the claim as a whole."""
    match = _BLOCK.match(finding.identity)
    return int(match[1]) if match else None


def by_block(findings: Iterable[Finding]) -> dict[int, list[Finding]]:
    """Findings by position of their block, the gravest first as they came."""
    found: dict[int, list[Finding]] = defaultdict(list)
    for finding in findings:
        position = position_of(finding)
        if position is not None:
            found[position].append(finding)
    return dict(found)


def positions_to_mend(findings: Iterable[Finding]) -> set[int]:
    """Blocks with a finding that is more than information."""
    own = {position_of(finding) for finding in findings if finding.severity != Severity.INFO}
    return {position for position in own if position is not None}


def grouped(findings: Sequence[Finding]) -> list[FindingGroup]:
    """One group for each check and weight, the gravest first: ten thousand blocks make no longer a page than ten."""
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.code, finding.severity), []).append(finding)
    order = list(Severity)
    return [
        _group(members)
        for _key, members in sorted(groups.items(), key=lambda item: (order.index(Severity(item[0][1])), item[0][0]))
    ]


def _group(members: list[Finding]) -> FindingGroup:
    first = members[0]
    return FindingGroup(
        first.code,
        first.severity,
        first.title,
        first.text,
        first.mend,
        first.reference,
        tuple(members[:PLACES_SHOWN]),
        len(members),
    )
