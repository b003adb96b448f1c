"""From what a person pastes or uploads to blocks that can be kept; what cannot be read is told, never dropped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from verification.claims.enums import UnitEventKind
from verification.kernel.errors import Problem
from verification.units.registries import RecordKind, RegistryRecord, read_export
from verification.units.serials import Family, ParsedSerial, Serial, parse_serials

MAX_BLOCKS = 20_000


@dataclass(frozen=True)
class BlockEntry:
    """A block as it is to be kept. ``facts`` are further answers, as text or lists of text, named as the checks do."""

    raw_serial: str
    serial: Serial
    event: UnitEventKind = UnitEventKind.NOT_YET
    event_on: date | None = None
    beneficiary: str = ""
    purpose: str = ""
    project: str = ""
    country: str = ""
    vintage_from: date | None = None
    vintage_to: date | None = None
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class EntryReading:
    """``refused`` keeps the text of each line that was not read, with what is wrong with it."""

    entries: tuple[BlockEntry, ...] = ()
    refused: tuple[ParsedSerial, ...] = ()
    problems: tuple[Problem, ...] = ()
    origin: str = ""


def read_paste(text: str, *, family: Family | None = None) -> EntryReading:
    """Serials typed or pasted, one block a line."""
    parsed = parse_serials(text, family=family)
    clear = [item for item in parsed if item.serial is not None and not _is_blocked(item)]
    refused = tuple(item for item in parsed if item.serial is None or _is_blocked(item))
    entries = tuple(BlockEntry(item.raw, item.serial) for item in clear if item.serial)
    return EntryReading(entries, refused, tuple(problem for item in refused for problem in problems_of(item)))


def read_registry_export(content: bytes, name: str) -> EntryReading:
    """A registry's own export of retirements or cancellations. Issued units that nobody retired are refused."""
    reading = read_export(content, name)
    entries: list[BlockEntry] = []
    refused: list[ParsedSerial] = []
    # What stops a serial is told once, with its line, below.
    problems = [item for item in reading.problems if item.severity != "block" or not item.code.startswith("S-")]
    for record in reading.records:
        if record.kind is RecordKind.ISSUANCE:
            refused.append(record.parsed)
            problems.append(_not_retired(record))
        elif record.parsed.serial is None or _is_blocked(record.parsed):
            refused.append(record.parsed)
            problems += problems_of(record.parsed)
        else:
            entries.append(_entry_of(record, record.parsed.serial))
    return EntryReading(tuple(entries), tuple(refused), tuple(problems), f"{reading.registry}: {name}")


def problems_of(parsed: ParsedSerial) -> list[Problem]:
    """What is wrong with one line, for people."""
    return [
        Problem(
            item.severity,
            item.code,
            f"Line {parsed.line}: {item.message}",
            item.mend,
            field="serials",
            cell=f"line {parsed.line}",
            found=item.found or parsed.raw[:120],
            expected=item.suggestion or item.expected,
        )
        for item in parsed.problems
    ]


def _is_blocked(parsed: ParsedSerial) -> bool:
    serial = parsed.serial
    has_range = serial is not None and serial.start is not None and serial.end is not None
    return not has_range or any(item.severity == "block" for item in parsed.problems)


def _entry_of(record: RegistryRecord, serial: Serial) -> BlockEntry:
    is_cancellation = record.kind is RecordKind.CANCELLATION
    facts: dict[str, Any] = {
        "event_reason": record.reason,
        "account_holder": record.account_holder,
        "methodology": record.methodology,
        "methodology_version": record.methodology_version,
        "project_name": record.project_name,
        "labels": list(record.labels),
        "timezone": record.timezone,
        "event_at": record.event_at.isoformat() if record.event_at else "",
        "issued_on": record.issued_on.isoformat() if record.issued_on else "",
        "article6": list(record.article6),
        "line": record.line,
    }
    if record.stated_quantity is not None:
        facts["stated_quantity"] = record.stated_quantity
    return BlockEntry(
        raw_serial=record.parsed.raw,
        serial=serial,
        event=UnitEventKind.CANCELLATION if is_cancellation else UnitEventKind.RETIREMENT,
        event_on=record.event_on or (record.event_at.date() if record.event_at else None),
        beneficiary=record.beneficiary or record.taxpayer,
        purpose=record.purpose,
        project=record.project_id,
        country=record.host_country if len(record.host_country) == len("CC") else "",
        vintage_from=record.vintage_from,
        vintage_to=record.vintage_to,
        facts={name: value for name, value in facts.items() if value not in ("", [])},
    )


def _not_retired(record: RegistryRecord) -> Problem:
    return Problem(
        "block",
        "C-STATUS",
        f"Line {record.line}: this is an issuance; the units were neither retired nor cancelled.",
        "Upload the registry's export of retirements, or type the serials to ask for an advance answer.",
        field="file",
        cell=f"line {record.line}",
        found=record.parsed.raw[:120],
        expected="a retirement or cancellation",
    )


def quantity_of(entries: Iterable[BlockEntry]) -> int:
    return sum(entry.serial.quantity or 0 for entry in entries)


def too_many(entries: Sequence[BlockEntry], standing: int) -> Problem | None:
    """The limit of blocks in one claim."""
    if len(entries) + standing <= MAX_BLOCKS:
        return None
    return Problem(
        "block",
        "UNX-020",
        "The claim would hold more blocks than one claim may.",
        "Offer the rest in a second claim.",
        field="serials",
        found=f"{len(entries) + standing:,} blocks",
        expected=f"at most {MAX_BLOCKS:,} blocks",
    )
