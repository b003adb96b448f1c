"""The page of all rules, as text for ``docs/checks.md``. Made from the catalogue alone."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from verification.checks.catalogue import TOPICS, catalogue
from verification.checks.limits import DATA
from verification.checks.model import About, Check, Moment, Severity
from verification.checks.words import compliance_schemes

THRESHOLDS = Path(__file__).parent / "thresholds.py"
SEVERITY_WORDS = {
    Severity.BLOCK: "stops the claim; nobody can waive it",
    Severity.REFER: "an official must look and record an answer",
    Severity.WARN: "advice to the producer; the official sees it",
    Severity.INFO: "to know",
}
INTRODUCTION = """\
# Checks

This page is made by `manage.py check_catalogue`. Do not edit it; change the rules in `verification/checks/rules/`.

The portal runs every rule below on the content of a claim. The same pages are public at `/checks/`, with an anchor for
each code. A code is never given to another rule. A finding keeps the version of its rule and the numbers that
were judged, so that a later run can say why it finds something else.

## What a finding means

{severities}

A finding of some rules weighs less in circumstances that the rule names. It never weighs more than the rule.

## When the rules run

Each rule is about one kind of claim. Where nothing else is said it is the emissions claim. Rules about a unit claim
marked *{retirement}* stay silent while the claimant asks before the retirement, which nobody can undo.

Rules marked *{always}* run on the draft whenever its producer looks at it or wants to seal it, and again on the sealed
content when the claim is sent, reviewed and decided. Rules marked *{statement}* need the verifier's statement: they
run on the sealed content, and on a draft of which an earlier sealing was confirmed. A rule stays silent where what it
needs is not stated: readings of the Commission's communication template know no heat sources, combined heat and
power units, electricity sources or deliveries, and what the reader of a file has said already is not said twice.
Comparisons with last year and with other works use claims that were decided before the content was sealed.

Two kinds of facts come with the reading of a claim and leave their rules silent where they are absent: certificates of
precursors (PRE-009 to PRE-013), and published factors of electricity grids (ELE-004), which stewards load because
their licence does not let us ship them. The usual price of a foreign instrument (PRI-024) and lists of issued units
(D-ISSUED) are loaded by stewards as well. What the rules about units cannot know is never a pass: a list that does not
name a programme does not take it, and a registry that was not asked is told as such (V-LOOK).
"""
ABOUT_WORDS = {
    About.UNITS: "unit claim",
    About.CARBON_PRICE: "carbon price claim",
}


def checks_page() -> str:
    """The whole page, ending in a line break."""
    severities = "\n".join(f"- **{severity}**: {words}." for severity, words in SEVERITY_WORDS.items())
    moments = {moment.name.lower(): moment.value for moment in Moment}
    intro = INTRODUCTION.format(severities=severities, **moments)
    tables = (_counts(), _limits(), _policy(), _schemes())
    counts, *others = ("\n".join(table) for table in tables)
    parts = [intro, counts, *_topics(), *_lists(), *others]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def rules_by_topic() -> list[tuple[str, str, list[Check]]]:
    """Prefix, name and rules of every topic, in the order in which people read them."""
    return [(prefix, name, [rule for rule in catalogue() if rule.topic == prefix]) for prefix, name in TOPICS.items()]


def _counts() -> Iterator[str]:
    yield "## Topics"
    yield ""
    yield "| topic | rules |" + "".join(f" {severity} |" for severity in SEVERITY_WORDS)
    yield "|---|---|" + "---|" * len(SEVERITY_WORDS)
    for prefix, name, rules in rules_by_topic():
        counted = [sum(rule.severity is severity for rule in rules) for severity in SEVERITY_WORDS]
        yield f"| {prefix} {name} | {len(rules)} |" + "".join(f" {count} |" for count in counted)
    every = catalogue()
    totals = [sum(rule.severity is severity for rule in every) for severity in SEVERITY_WORDS]
    yield f"| all | {len(every)} |" + "".join(f" {count} |" for count in totals)


def _topics() -> Iterator[str]:
    for prefix, name, rules in rules_by_topic():
        yield "\n\n".join([f"## {prefix}: {name}", *(_rule(rule) for rule in rules)])


def _rule(rule: Check) -> str:
    about = [] if rule.about is About.EMISSIONS else [f"about a {ABOUT_WORDS[rule.about]}"]
    head = ", ".join([rule.severity.value, *about, rule.moment.value, f"version {rule.version}"])
    milder = "".join(f"\n\n*{severity.value}* where {words}." for severity, words in rule.milder.items())
    return f"### {rule.code}\n\n**{rule.title}** ({head})\n\n{rule.text} {rule.mend}{milder}\n\n*{rule.reference}*"


def _lists() -> Iterator[str]:
    for each in reviewer_lists():
        lines = [f"## {each['title']}", "", f"After {each['source']}.", "", "| | item | rules | left to others |"]
        lines.append("|---|---|---|---|")
        for number, row in enumerate(each["items"], start=1):
            codes = ", ".join(f"[{code}](#{code.lower()})" for code in row["codes"]) or "–"
            lines.append(f"| {number} | {row['item']} | {codes} | {row.get('rest', '')} |")
        yield "\n".join(lines)


def reviewer_lists() -> list[dict[str, Any]]:
    """What reviewers look at, with the codes of the rules that look for it."""
    return yaml.safe_load((DATA / "reviewer_lists.yaml").read_text(encoding="utf-8"))


def _limits() -> Iterator[str]:
    yield "## Numbers of law"
    yield ""
    yield "Dated, in `verification/checks/data/limits.yaml`. Standard factors and categories are beside it."
    yield ""
    yield "| number | from | value | unit | reference |"
    yield "|---|---|---|---|---|"
    limits: dict[str, Any] = yaml.safe_load((DATA / "limits.yaml").read_text(encoding="utf-8"))
    for name, entry in limits.items():
        for day, row in entry["values"].items():
            yield f"| {name.replace('_', ' ')} | {day} | {row['value']} | {entry['unit']} | {row['reference']} |"


def _policy() -> Iterator[str]:
    yield "## Numbers of the portal"
    yield ""
    yield "Where plausibility begins is policy, not law. Each number has its reason."
    yield ""
    yield "| number | value | reason |"
    yield "|---|---|---|"
    for name, value, reason in thresholds():
        yield f"| {name.lower().replace('_', ' ')} | {value} | {reason} |"


def _schemes() -> Iterator[str]:
    yield "## Schemes that use up units"
    yield ""
    yield "Naming one of them in the purpose of a retirement says that the units were used there (C-PURP)."
    yield ""
    yield "| scheme | words | source |"
    yield "|---|---|---|"
    for scheme in compliance_schemes():
        yield f"| {scheme.name} | {', '.join(scheme.words)} | {scheme.source} |"


def thresholds() -> list[tuple[str, str, str]]:
    """Name, value and reason of every number in ``thresholds.py``; the reason is the text below it."""
    body = ast.parse(THRESHOLDS.read_text(encoding="utf-8")).body
    found = []
    for position, node in enumerate(body):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            below = body[position + 1] if position + 1 < len(body) else None
            has_reason = isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant)
            reason = str(below.value.value) if has_reason else ""  # type: ignore[union-attr]
            found.append((node.targets[0].id, _value(node.value), " ".join(reason.split())))
    return found


def _value(node: ast.expr) -> str:
    inner = node.args[0] if isinstance(node, ast.Call) else node
    return str(ast.literal_eval(inner))
