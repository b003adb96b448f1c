"""The catalogue of checks and its runner. A code is never reused for another rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from verification.checks.model import Check, Finding, Hit, Severity, Subject

_CATALOGUE: dict[str, Check] = {}
_ORDER = {Severity.BLOCK: 0, Severity.REFER: 1, Severity.WARN: 2, Severity.INFO: 3}
Examine = Callable[[Subject], Iterable[Hit]]


def check(
    code: str, severity: Severity, title: str, *, text: str, mend: str, reference: str
) -> Callable[[Examine], Examine]:
    """Register the decorated function as the rule ``code``."""

    def register(examine: Examine) -> Examine:
        if code in _CATALOGUE:
            raise RuntimeError(f"Two checks bear the code {code}.")
        _CATALOGUE[code] = Check(code, severity, title, text, mend, reference, examine)
        return examine

    return register


def catalogue() -> tuple[Check, ...]:
    """Every check, by code."""
    return tuple(sorted(_CATALOGUE.values(), key=lambda rule: rule.code))


def run_checks(subject: Subject) -> list[Finding]:
    """Findings of all checks on ``subject``, the gravest first."""
    findings = [
        Finding(
            rule.code,
            rule.severity.value,
            rule.title,
            rule.text,
            rule.mend,
            rule.reference,
            hit.where,
            hit.found,
            hit.expected,
        )
        for rule in catalogue()
        for hit in rule.examine(subject)
    ]
    return sorted(findings, key=lambda finding: (_ORDER[Severity(finding.severity)], finding.key))
