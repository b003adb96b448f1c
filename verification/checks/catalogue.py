"""The catalogue of checks and its runner. A code is never reused for another rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace

from verification.checks.model import Check, Finding, Hit, Moment, Severity, Subject

TOPICS = {
    "COM": "Completeness",
    "DAT": "Dates and scope",
    "IDN": "Identity and duplicates",
    "EVI": "Evidence",
    "STR": "Fuels, materials and other streams",
    "HEA": "Heat, waste gases, combined heat and power",
    "ELE": "Electricity",
    "PRE": "Precursors",
    "SUM": "Sums and units",
    "PLA": "Plausibility",
    "PRI": "Carbon price",
    "VER": "The verifier's statement",
}
_CATALOGUE: dict[str, Check] = {}
_ORDER = {Severity.BLOCK: 0, Severity.REFER: 1, Severity.WARN: 2, Severity.INFO: 3}
Examine = Callable[[Subject], Iterable[Hit]]


def check(
    code: str, severity: Severity, title: str, *, text: str, mend: str, reference: str, version: int = 1
) -> Callable[[Examine], Examine]:
    """Register the decorated function as the rule ``code``.

    Raises ``RuntimeError`` where the code is taken or its topic unknown.
    """

    def register(examine: Examine) -> Examine:
        if code in _CATALOGUE:
            raise RuntimeError(f"Two checks bear the code {code}.")
        if code[:3] not in TOPICS:
            raise RuntimeError(f"{code} is of no topic.")
        needs_statement = code.startswith("VER-") and code != "VER-009"
        moment = Moment.STATEMENT if needs_statement else Moment.ALWAYS
        _CATALOGUE[code] = Check(code, severity, title, text, mend, reference, examine, version, moment)
        return examine

    return register


def catalogue() -> tuple[Check, ...]:
    """Every check, by code."""
    return tuple(sorted(_CATALOGUE.values(), key=lambda rule: rule.code))


def run_check(rule: Check, subject: Subject) -> list[Finding]:
    """Findings of one rule; a second finding under the same key gets a number."""
    seen: Counter[str] = Counter()
    findings = []
    for hit in rule.examine(subject):
        finding = _finding(rule, hit)
        seen[finding.key] += 1
        if seen[finding.key] > 1:
            finding = replace(finding, identity=f"{finding.identity or finding.where}#{seen[finding.key]}")
        findings.append(finding)
    return findings


def run_checks(subject: Subject) -> list[Finding]:
    """Findings of all checks on ``subject``, the gravest first."""
    findings = [finding for rule in catalogue() for finding in run_check(rule, subject)]
    return sorted(findings, key=lambda finding: (_ORDER[Severity(finding.severity)], finding.key))


def _finding(rule: Check, hit: Hit) -> Finding:
    return Finding(
        rule.code,
        rule.severity.value,
        rule.title,
        rule.text,
        rule.mend,
        rule.reference,
        hit.where,
        hit.found,
        hit.expected,
        rule.version,
        hit.inputs_as_text(),
        hit.identity,
    )
