"""The catalogue of checks and its runner. A code is never reused for another rule."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import TypeVar

from verification.checks.model import About, Check, Finding, Hit, Moment, PriceSubject, Severity, Subject, UnitSubject

AnySubject = Subject | UnitSubject | PriceSubject
"""What a check may look at: a claim of any kind."""
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
    "UNI": "Reduction units",
    "VER": "The verifier's statement",
}
_CATALOGUE: dict[str, Check] = {}
_ORDER = {Severity.BLOCK: 0, Severity.REFER: 1, Severity.WARN: 2, Severity.INFO: 3}
_UNIT_CODE = re.compile(r"[ACDELSV]-[A-Z]+")
_NOTHING_MILDER: Mapping[Severity, str] = MappingProxyType({})
Looked = TypeVar("Looked")


def check(
    code: str,
    severity: Severity,
    title: str,
    *,
    text: str,
    mend: str,
    reference: str,
    version: int = 1,
    about: About = About.EMISSIONS,
    moment: Moment | None = None,
    milder: Mapping[Severity, str] = _NOTHING_MILDER,
) -> Callable[[Callable[[Looked], Iterable[Hit]]], Callable[[Looked], Iterable[Hit]]]:
    """Register the decorated function as the rule ``code`` about one kind of claim.

    ``milder`` names the circumstances, as the end of a sentence that begins with "where", in which a
    finding weighs less. Raises ``RuntimeError`` where the code is taken, its topic is unknown, or what is
    called milder is not.
    """

    def register(examine: Callable[[Looked], Iterable[Hit]]) -> Callable[[Looked], Iterable[Hit]]:
        if code in _CATALOGUE:
            raise RuntimeError(f"Two checks bear the code {code}.")
        is_placed = _UNIT_CODE.fullmatch(code) if about is About.UNITS else code[:3] in TOPICS
        if not is_placed:
            raise RuntimeError(f"{code} is of no topic.")
        if any(_ORDER[each] <= _ORDER[severity] for each in milder):
            raise RuntimeError(f"{code} is never graver than {severity.value}.")
        needs_statement = code.startswith("VER-") and code != "VER-009"
        when = moment or (Moment.STATEMENT if needs_statement else Moment.ALWAYS)
        _CATALOGUE[code] = Check(
            code, severity, title, text, mend, reference, examine, version, when, about, MappingProxyType(dict(milder))
        )
        return examine

    return register


def catalogue(about: About | None = None) -> tuple[Check, ...]:
    """Every check, or those about one kind of claim, by code."""
    return tuple(
        sorted(
            (rule for rule in _CATALOGUE.values() if about is None or rule.about is about), key=lambda rule: rule.code
        )
    )


def run_check(rule: Check, subject: AnySubject) -> list[Finding]:
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


def run_checks(subject: AnySubject) -> list[Finding]:
    """Findings of all checks about the kind of claim that ``subject`` is, the gravest first."""
    findings = [finding for rule in catalogue(subject.about) for finding in run_check(rule, subject)]
    return sorted(findings, key=lambda finding: (_ORDER[Severity(finding.severity)], finding.key))


def _finding(rule: Check, hit: Hit) -> Finding:
    return Finding(
        rule.code,
        rule.severity_of(hit).value,
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
