"""What a calculation lacked or found to contradict itself, said at the field that would mend it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from verification.accounting.calculation import Gap, InstallationResult, Mismatch
from verification.accounting.entry.answers import SINGLE_KEY, pair_key
from verification.accounting.entry.schema import Section, Shape
from verification.accounting.entry.sections import SECTIONS
from verification.accounting.model import InstallationReport
from verification.kernel.errors import Problem

GAP_CODE, LOOP_CODE, MISMATCH_CODE = "ENT-100", "ENT-101", "ENT-102"
ACT = "Implementing Regulation (EU) 2025/2547, Annexes II and III"


def problems_of_result(report: InstallationReport, result: InstallationResult) -> tuple[Problem, ...]:
    """One problem for each number that is missing, each contradiction, and processes that feed each other.

    A number that only a value outside the scheme's scope needs is asked for, and does not stop sending.
    """
    found = [_missing(report, gap) for gap in result.gaps]
    found += [_contradicting(report, mismatch) for mismatch in result.mismatches]
    if result.loop:
        found.append(
            Problem(
                "block",
                LOOP_CODE,
                result.loop,
                "Correct the amounts used in other processes, or the production.",
                field="internal_use//amount",
                reference="Implementing Regulation (EU) 2025/2547, Annex III, B",
            )
        )
    return tuple(dict.fromkeys(found))


def field_of(report: InstallationReport, path: str) -> str:
    """``section/row/field`` of a path in the report's record; the path itself where no section asks it."""
    collection, _dot, rest = path.partition(".")
    value = getattr(report, collection, None)
    if not isinstance(value, tuple):
        return next(_asked(collection, SINGLE_KEY, rest, (Shape.SINGLE,)), path)
    position, _dot, target = rest.partition(".")
    if not position.isdigit() or int(position) >= len(value):
        return path
    item = value[int(position)]
    if not target:
        return next(_rows_of(collection, item.id), path)
    return next(_places(collection, item, target), path)


def _rows_of(collection: str, key: str) -> Iterator[str]:
    """The row itself, where a path names no field of it: its first question."""
    for section in SECTIONS:
        if section.shape is Shape.LIST and section.collection == collection:
            yield f"{section.key}/{key}/{section.fields[0].name}"


def _places(collection: str, item: Any, target: str) -> Iterator[str]:
    """The field of ``item`` itself, or of a row that belongs to it: a pair, a delivery, a parameter."""
    yield from _asked(collection, item.id, target, (Shape.LIST, Shape.EXTENSION))
    inner, _dot, rest = target.partition(".")
    for section in SECTIONS:
        if section.collection == inner and section.parent and _belongs_to(section, collection):
            yield _child_field(section, item, inner, rest)


def _child_field(section: Section, item: Any, inner: str, rest: str) -> str:
    children = getattr(item, inner)
    number = next(
        field.name for field in reversed(section.fields) if field.name not in (section.parent, section.across)
    )
    position, _dot, name = rest.partition(".")
    if isinstance(children, tuple) and position.isdigit() and int(position) < len(children):
        child = children[int(position)]
        if section.shape is Shape.LIST:
            return next(_asked(section.collection, child.id, name, (Shape.LIST,)), f"{section.key}/{child.id}/{number}")
        return f"{section.key}/{pair_key(item.id, _across(section, child))}/{number}"
    return f"{section.key}/{pair_key(item.id, rest) if rest else item.id}/{number}"


def _across(section: Section, child: Any) -> str:
    return str(getattr(child, section.field(section.across).target, ""))


def _asked(collection: str, key: str, target: str, shapes: tuple[Shape, ...]) -> Iterator[str]:
    for section in SECTIONS:
        if section.shape in shapes and section.collection == collection:
            yield from (
                f"{section.key}/{key}/{field.name}"
                for field in section.fields
                if field.target == target and field.name != section.parent
            )


def _belongs_to(section: Section, collection: str) -> bool:
    """Whether the rows of the section belong to objects of the collection."""
    parents = section.field(section.parent).links
    return any(other.key in parents and other.collection == collection for other in SECTIONS)


def _missing(report: InstallationReport, gap: Gap) -> Problem:
    if gap.path.endswith(".production"):
        return Problem(
            "block",
            GAP_CODE,
            "The process makes nothing: its production is missing or zero.",
            "Give the amount that at least one route made.",
            field=field_of(report, gap.path),
            reference=ACT,
        )
    mend = "Give it here." if gap.is_in_scope else "Give it if you can: the scheme does not count this value."
    return Problem(
        "block" if gap.is_in_scope else "info",
        GAP_CODE,
        f"A number is missing for {gap.needed_for}.",
        mend,
        field=field_of(report, gap.path),
        reference=ACT,
    )


def _contradicting(report: InstallationReport, mismatch: Mismatch) -> Problem:
    return Problem(
        "block",
        MISMATCH_CODE,
        "Two answers contradict each other.",
        "Correct one of them.",
        field=field_of(report, mismatch.path),
        found=mismatch.found,
        expected=mismatch.expected,
        reference=ACT,
    )
