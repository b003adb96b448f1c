"""E-METH: methods, sectors and labels of the scheme's list.

A unit label of the registry is the better evidence: registries label units whose method looks excluded.
So an exclusion stops the claim only where no label says otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator

from verification.checks.catalogue import check
from verification.checks.model import About, BlockPart, EligibilityPart, Hit, Severity, UnitSubject
from verification.checks.references import SCHEME_LIST
from verification.checks.rules.units.common import at, is_same, matches, references, rows_for_block
from verification.checks.words import has_words


@check(
    "E-METH",
    Severity.BLOCK,
    "The scheme's list excludes the project's method",
    text="The list names methods, sectors and sizes of projects that it takes, and others that it does not.",
    mend="Compare the method and its version with the scheme's list. Attach the registry's label if there is one.",
    reference=SCHEME_LIST,
    about=About.UNITS,
    milder={
        Severity.REFER: "the registry's label says otherwise, the list does not name the method, or a label is missing"
    },
)
def e_meth(subject: UnitSubject) -> Iterator[Hit]:
    for block in subject.blocks:
        rows = rows_for_block(subject, block)
        judged = [_against(row, block) for row in rows]
        if not judged or any(not reason for reason, _ in judged):
            continue
        reason, severity = next((each for each in judged if each[1] is Severity.REFER), judged[0])
        yield Hit(
            **at(block),
            found=_described(block),
            expected=reason,
            inputs={"methodology": block.methodology, "reference": references(rows)},
            severity=severity,
        )


def _against(row: EligibilityPart, block: BlockPart) -> tuple[str, Severity]:
    """What the row wants and the block has not; empty where the row takes it."""
    has_label = any(has_words(label, row.label_required) for label in block.labels)
    excluded = _exclusion(row, block)
    if excluded:
        return excluded, Severity.REFER if has_label else Severity.BLOCK
    if row.label_required and not has_label:
        return f"label: {row.label_required}", Severity.REFER
    if row.methodology_include and not matches(block.methodology, row.methodology_include):
        return f"one of: {', '.join(row.methodology_include)}", Severity.REFER
    if row.methodology_exclude and not block.methodology.strip():
        return "a stated method", Severity.REFER
    return "", Severity.REFER


def _exclusion(row: EligibilityPart, block: BlockPart) -> str:
    if matches(block.methodology, row.methodology_exclude):
        return f"none of: {', '.join(row.methodology_exclude)}"
    if any(is_same(block.sector_scope, scope) for scope in row.sector_scope_exclude):
        return f"no scope of: {', '.join(row.sector_scope_exclude)}"
    limit, capacity = row.capacity_mw_max, block.capacity_mw
    return f"at most {limit} MW" if limit is not None and capacity is not None and capacity > limit else ""


def _described(block: BlockPart) -> str:
    parts = [block.methodology or "no method stated"]
    parts += [f"scope {block.sector_scope}"] if block.sector_scope else []
    parts += [f"{block.capacity_mw} MW"] if block.capacity_mw is not None else []
    return ", ".join(parts)[:90]
