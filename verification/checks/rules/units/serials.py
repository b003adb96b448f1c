"""S: the serial number itself, and whether it says what the form says."""

from __future__ import annotations

from collections.abc import Iterator

from verification.checks.catalogue import check
from verification.checks.model import About, BlockPart, Hit, Severity, UnitSubject
from verification.checks.model.findings import as_text
from verification.checks.references import PAIRED_SERIALS, REGISTRY_GRAMMAR
from verification.checks.rules.units.common import at, has_problem, is_same, project_number, reported_problems, window
from verification.checks.thresholds import HIGHEST_SERIAL_NUMBER, LONGEST_VERRA_VINTAGE_DAYS

STARTS_AT_ZERO = "ecoregistry"
VERRA = "verra"


@check(
    "S-FORMAT",
    Severity.BLOCK,
    "The serial number is not one of the stated registry",
    text="A serial number has the form that its registry prints. This one does not.",
    mend="Copy the serial number from the registry's own record. Look for letters in place of figures.",
    reference=REGISTRY_GRAMMAR,
    about=About.UNITS,
    milder={
        Severity.REFER: "no grammar of the registry is published, as for Article 6.4",
        Severity.WARN: "the claimant confirmed the correction that the portal proposed",
    },
)
def s_format(subject: UnitSubject) -> Iterator[Hit]:
    if not subject.blocks:
        yield Hit(found="no block", expected="at least one serial number")
    for block in subject.blocks:
        if not block.raw_serial.strip():
            yield Hit(**at(block), found="none", expected="a serial number")
        yield from reported_problems(block, "S-FORMAT", Severity.REFER, Severity.WARN)


@check(
    "S-RANGE",
    Severity.BLOCK,
    "The first and last number of the block make no range",
    text="A block runs from a first number, 1 or more, to a last number that is not lower.",
    mend="Correct the first and the last number. Only EcoRegistry starts at 0.",
    reference=REGISTRY_GRAMMAR,
    about=About.UNITS,
)
def s_range(subject: UnitSubject) -> Iterator[Hit]:
    for block in subject.blocks:
        if has_problem(block, "S-RANGE"):
            yield from reported_problems(block, "S-RANGE")
            continue
        if block.start is None or block.end is None:
            continue
        first = 0 if block.serial_family == STARTS_AT_ZERO else 1
        if not first <= block.start <= block.end <= HIGHEST_SERIAL_NUMBER:
            yield Hit(
                **at(block),
                found=f"{block.start} to {block.end}",
                expected=f"{first} or more, and not above {HIGHEST_SERIAL_NUMBER}",
                inputs={"start": block.start, "end": block.end},
            )


@check(
    "S-QTY",
    Severity.BLOCK,
    "The quantity is not that of the serial numbers",
    text="One number is one tonne. The quantity is the last number less the first, plus one.",
    mend="Correct the quantity, or the numbers of the block.",
    reference=REGISTRY_GRAMMAR,
    about=About.UNITS,
)
def s_qty(subject: UnitSubject) -> Iterator[Hit]:
    for block in subject.blocks:
        if has_problem(block, "S-QTY"):
            yield from reported_problems(block, "S-QTY")
            continue
        stated = block.stated_quantity
        counted = block.tonnes if block.numbers else block.quantity
        if stated is not None and counted is not None and stated != counted:
            yield Hit(
                **at(block),
                found=f"{stated} t",
                expected=f"{counted} t",
                inputs={"stated_quantity": stated, "quantity": counted},
            )
        elif stated is None and counted is None:
            yield Hit(**at(block), found="none", expected="a quantity in tonnes")


@check(
    "S-PAIR",
    Severity.BLOCK,
    "The two serial numbers of a pair do not belong together",
    text="The first and the last serial number of a block differ in nothing but the running number.",
    mend="Copy both serial numbers from one record of the registry.",
    reference=PAIRED_SERIALS,
    about=About.UNITS,
)
def s_pair(subject: UnitSubject) -> Iterator[Hit]:
    for block in subject.blocks:
        yield from reported_problems(block, "S-PAIR")


@check(
    "S-DATE",
    Severity.BLOCK,
    "The dates in the serial number cannot be",
    text="The vintage runs from a first day to a last day that is not earlier.",
    mend="Copy the serial number again. The vintage of a Verra block is at most a year.",
    reference=REGISTRY_GRAMMAR,
    about=About.UNITS,
    milder={Severity.WARN: "the vintage of a Verra block is longer than a year"},
)
def s_date(subject: UnitSubject) -> Iterator[Hit]:
    for block in subject.blocks:
        if has_problem(block, "S-DATE"):
            yield from reported_problems(block, "S-DATE", Severity.WARN)
            continue
        vintage = block.vintage
        if vintage is None:
            continue
        first, last = vintage
        days = (last - first).days + 1
        is_long = block.serial_family == VERRA and days > LONGEST_VERRA_VINTAGE_DAYS
        if days < 1 or is_long:
            yield Hit(
                **at(block),
                found=window(first, last),
                expected=f"1 to {LONGEST_VERRA_VINTAGE_DAYS} days" if is_long else "first day before last day",
                inputs={"vintage_from": first, "vintage_to": last},
                severity=Severity.WARN if is_long else None,
            )


@check(
    "S-SELF",
    Severity.BLOCK,
    "The serial number and the form name different units",
    text="Project and vintage in the serial number are those of the form.",
    mend="Correct the form, or choose the right block. The serial number decides about the host country.",
    reference=REGISTRY_GRAMMAR,
    about=About.UNITS,
    milder={Severity.WARN: "only the country differs: the same project may have units of two countries"},
)
def s_self(subject: UnitSubject) -> Iterator[Hit]:
    for block in subject.blocks:
        yield from reported_problems(block, "S-SELF", Severity.WARN)
        if not _is_project_of_serial(block):
            yield Hit(**at(block, "project"), found=block.project, expected=block.serial_project)
        if not _is_vintage_of_serial(block):
            yield Hit(
                **at(block, "vintage"),
                found=window(block.vintage_from, block.vintage_to),
                expected=window(block.serial_vintage_from, block.serial_vintage_to),
                inputs={"vintage_from": as_text(block.vintage_from), "vintage_to": as_text(block.vintage_to)},
            )
        if block.serial_country and block.country and not is_same(block.serial_country, block.country):
            yield Hit(
                **at(block, "country"), found=block.country, expected=block.serial_country, severity=Severity.WARN
            )


def _is_project_of_serial(block: BlockPart) -> bool:
    if not block.serial_project or not block.project:
        return True
    return project_number(block.serial_project) == project_number(block.project)


def _is_vintage_of_serial(block: BlockPart) -> bool:
    """Equal days; where the serial prints a year alone, days of that year."""
    printed_from, printed_to = block.serial_vintage_from, block.serial_vintage_to
    if printed_from is None or printed_to is None or block.vintage_from is None or block.vintage_to is None:
        return True
    if block.is_serial_vintage_a_year:
        return printed_from <= block.vintage_from and block.vintage_to <= printed_to
    return (printed_from, printed_to) == (block.vintage_from, block.vintage_to)
