"""The problems that a serial can have by itself. Codes as in the list of unit checks; they are never reused."""

from __future__ import annotations

from verification.units.serials.model import HIGHEST_NUMBER, Family, SerialProblem

SHOWN_AT_MOST = 120


def shown(text: str) -> str:
    """``text`` short enough for a message, with what cannot be printed made visible."""
    visible = "".join(each if each.isprintable() else f"\\u{ord(each):04x}" for each in text[: SHOWN_AT_MOST + 1])
    return visible if len(visible) <= SHOWN_AT_MOST else f"{visible[:SHOWN_AT_MOST]}…"


def grouped(number: int) -> str:
    """A number for people: 5,354."""
    return f"{number:,}"


def not_a_serial(message: str, *, found: str, expected: str = "", suggestion: str = "", field: str = "serial",
                 mend: str = "") -> SerialProblem:  # fmt: skip
    """S-FORMAT: no grammar reads the text."""
    if not mend:
        mend = "Confirm the suggestion, or copy" if suggestion else "Copy"
        mend += " the serial again from the registry's certificate."
    return SerialProblem("S-FORMAT", "block", message, mend, shown(found), expected, suggestion, field)


def other_registry(stated: Family, read: Family, found: str) -> SerialProblem:
    """S-FORMAT: the serial is right, but belongs to another registry than the one chosen."""
    return SerialProblem(
        "S-FORMAT",
        "block",
        f"This is a serial of {read.label}, not of {stated.label}.",
        f"Choose {read.label}, or enter a serial of {stated.label}.",
        shown(found),
        stated.label,
        field="registry",
    )


def commas_read(before: str, after: str) -> SerialProblem:
    """S-FORMAT, for information: which reading of the commas was taken."""
    return SerialProblem(
        "S-FORMAT",
        "info",
        "Commas inside numbers were read as thousands separators.",
        "Nothing to do if the numbers are right. Write a quantity after a tab or a semicolon, not after a comma.",
        shown(before),
        shown(after),
        field="serial",
    )


def comma_unclear(found: str, whole: str, cut: str, quantity: int) -> SerialProblem:
    """S-FORMAT: the last comma may part thousands, or the serial from its quantity; both readings hold."""
    return SerialProblem(
        "S-FORMAT",
        "block",
        f"The last comma can be read in two ways: as {whole}, or as {cut} with a quantity of {grouped(quantity)}.",
        "Write numbers without commas, and a quantity after a tab or a semicolon.",
        shown(found),
        f"{whole} or {cut}",
        field="serial",
    )


def unpublished_form(found: str) -> SerialProblem:
    """S-FORMAT, for an official: the printed form of Article 6.4 serials is not published."""
    return SerialProblem(
        "S-FORMAT",
        "refer",
        "The printed form of Article 6.4 serials is not published, so this one cannot be checked by rule.",
        "Nothing to mend. An official compares it with the registry's document.",
        shown(found),
        field="serial",
    )


def backwards(start: int, end: int) -> SerialProblem:
    """S-RANGE: the block ends before it starts."""
    return SerialProblem(
        "S-RANGE",
        "block",
        f"The block ends at {end}, before it starts at {start}.",
        "Check both numbers; the smaller one comes first.",
        f"{start} to {end}",
        "start not above end",
        field="end",
    )


def number_too_low(start: int, lowest: int) -> SerialProblem:
    """S-RANGE: the registry counts from ``lowest``."""
    return SerialProblem(
        "S-RANGE",
        "block",
        f"The block starts at {start}, but this registry counts from {lowest}.",
        "Check the first number of the block.",
        str(start),
        f"{lowest} or more",
        field="start",
    )


def number_too_high(number: int) -> SerialProblem:
    """S-RANGE: no registry has numbers as high."""
    return SerialProblem(
        "S-RANGE",
        "block",
        "A number of the block is longer than any registry uses.",
        "Check whether two numbers were joined.",
        shown(str(number)),
        f"at most {HIGHEST_NUMBER}",
        field="end",
    )


def block_missing(root: str) -> SerialProblem:
    """S-RANGE: EcoRegistry keeps the numbers in columns of their own, and they are not there."""
    return SerialProblem(
        "S-RANGE",
        "block",
        "The first and last number of the block are missing.",
        "Write them after the serial, as in the registry's columns from and to.",
        shown(root),
        f"{root}, 22410-28813",
        field="start",
    )


def quantity_differs(stated: int, counted: int, start: int, end: int) -> SerialProblem:
    """S-QTY: the block does not hold as many units as stated (end minus start plus one)."""
    return SerialProblem(
        "S-QTY",
        "block",
        f"The block {start} to {end} holds {grouped(counted)} units, but {grouped(stated)} are stated.",
        "Correct the quantity or the numbers of the block. Each number is one unit, the first and last included.",
        grouped(stated),
        grouped(counted),
        field="quantity",
    )


def quantity_not_stated() -> SerialProblem:
    """S-QTY: the serial holds no numbers, so the quantity must be stated."""
    return SerialProblem(
        "S-QTY",
        "block",
        "This serial does not say how many units it holds.",
        "State the quantity in whole tonnes, as in the registry's record.",
        expected="a whole number above zero",
        field="quantity",
    )


def quantity_impossible(stated: int) -> SerialProblem:
    """S-QTY: a retirement of nothing, or of less."""
    return SerialProblem(
        "S-QTY", "block", f"A quantity of {grouped(stated)} cannot be retired.",
        "State the quantity in whole tonnes, as in the registry's record.", grouped(stated),
        "a whole number above zero", field="quantity",
    )  # fmt: skip


def quantity_unreadable(text: str) -> SerialProblem:
    """S-QTY: what stands after the serial is no whole number."""
    return SerialProblem(
        "S-QTY",
        "block",
        f"“{shown(text)}” after the serial is not a quantity in whole tonnes.",
        "Write only the serial, or the serial, a tab and a whole number. A point would not be clear: write 5354.",
        shown(text),
        "a whole number, such as 5354",
        field="quantity",
    )


def pair_differs(name: str, first: str, last: str) -> SerialProblem:
    """S-PAIR: the first and the last serial of a block may differ in nothing but the number."""
    return SerialProblem(
        "S-PAIR",
        "block",
        f"The first and the last serial have different {name}: {first} and {last}.",
        "Enter each block by itself; only the running number differs between its first and last serial.",
        last,
        first,
        field=name,
    )


def no_such_day(text: str, field: str) -> SerialProblem:
    """S-DATE: the date does not exist."""
    return SerialProblem(
        "S-DATE",
        "block",
        f"The serial holds the date {text}, which does not exist.",
        "Copy the serial again from the registry's certificate.",
        text,
        "a date of the calendar",
        field=field,
    )


def vintage_backwards(first: str, last: str) -> SerialProblem:
    """S-DATE: the vintage ends before it starts."""
    return SerialProblem(
        "S-DATE",
        "block",
        f"The vintage ends on {last}, before it starts on {first}.",
        "Copy the serial again from the registry's certificate.",
        f"{first} to {last}",
        "first day not after last day",
        field="vintage_to",
    )


def vintage_long(days: int, at_most: int) -> SerialProblem:
    """S-DATE: longer than any vintage of this registry."""
    return SerialProblem(
        "S-DATE",
        "warn",
        f"The vintage is {days} days long; this registry's vintages have at most {at_most}.",
        "Compare both dates with the registry's certificate.",
        f"{days} days",
        f"at most {at_most} days",
        field="vintage_to",
    )


def used_twice(start: int, end: int, line: int) -> SerialProblem:
    """D-INTERNAL: another line of the same paste holds the same units."""
    return SerialProblem(
        "D-INTERNAL",
        "block",
        f"The units {start} to {end} stand in line {line}, too.",
        "Keep each unit on one line only.",
        f"{start} to {end}",
        "blocks without common numbers",
        field="serial",
    )
