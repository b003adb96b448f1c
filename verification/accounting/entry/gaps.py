"""Numbers that a formula lacks, said at the field that would give them."""

from __future__ import annotations

from collections.abc import Iterator

from verification.accounting.calculation import InstallationResult
from verification.accounting.entry.schema import Section, Shape
from verification.accounting.entry.sections import SECTIONS
from verification.accounting.model import InstallationReport
from verification.kernel.errors import Problem

GAP_CODE = "ENT-100"
LOOP_CODE = "ENT-101"


def problems_of_gaps(report: InstallationReport, result: InstallationResult) -> tuple[Problem, ...]:
    """One problem for each number that is missing, and one where processes feed each other without end."""
    found = [_missing(field_of(report, gap.path), gap.needed_for) for gap in result.gaps]
    if result.loop:
        found.append(
            Problem(
                "block",
                LOOP_CODE,
                "The processes feed each other more than they make.",
                "Correct the amounts used in other processes, or the production.",
                field="internal_use",
                reference="Implementing Regulation (EU) 2025/2547, Annex III, B",
            )
        )
    return tuple(dict.fromkeys(found))


def field_of(report: InstallationReport, path: str) -> str:
    """``section/row/field`` of a path in the report's record; the path itself where no section asks it."""
    collection, _dot, rest = path.partition(".")
    position, _dot, target = rest.partition(".")
    if not position.isdigit():
        return path
    key = getattr(report, collection)[int(position)].id
    return next(_asking(collection, key, target), path)


def _asking(collection: str, key: str, target: str) -> Iterator[str]:
    for section in SECTIONS:
        if section.shape in (Shape.LIST, Shape.EXTENSION) and section.collection == collection:
            yield from (f"{section.key}/{key}/{field.name}" for field in section.fields if field.target == target)
    for section in SECTIONS:
        if section.shape is Shape.CROSS and section.collection == target and _crosses(section, collection):
            yield f"{section.key}/{key}/{section.across}"


def _crosses(section: Section, collection: str) -> bool:
    """Whether the pairs of the section belong to objects of the collection."""
    parents = section.field(section.parent).links
    return any(other.key in parents and other.collection == collection for other in SECTIONS)


def _missing(field: str, needed_for: str) -> Problem:
    return Problem(
        "block",
        GAP_CODE,
        f"A number is missing for {needed_for}.",
        "Give it here.",
        field=field,
        reference="Implementing Regulation (EU) 2025/2547, Annexes II and III",
    )
