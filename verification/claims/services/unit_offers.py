"""Units offered from a paste or a registry's export: what is read is kept, what is not is told and given back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db import transaction
from django.db.models import Max

from verification.audit.actors import Actor
from verification.claims import policy
from verification.claims.enums import UnitEventKind
from verification.claims.models import Claim
from verification.claims.services.producer import attach_evidence
from verification.claims.services.units import BlockAnswers, add_blocks, describe_blocks
from verification.claims.unit_content import OFFERED
from verification.claims.unit_entry import (
    BlockEntry,
    EntryReading,
    quantity_of,
    read_paste,
    read_registry_export,
    too_many,
)
from verification.evidence.enums import Purpose
from verification.evidence.services import keep, received
from verification.kernel.errors import InvalidInput, Problem
from verification.units.serials import Family, ParsedSerial, SerialProblem

ALL_KEPT = ("event", "event_on", "beneficiary", "purpose", "authorisation")


@dataclass(frozen=True)
class Offered:
    """``refused`` are the lines that were not taken in, as they were typed, each with its problems.

    ``problems`` are those of the whole reading, with their rows; ``tonnes`` is of the ``count`` blocks kept.
    """

    count: int
    tonnes: int
    refused: tuple[ParsedSerial, ...]
    problems: tuple[Problem, ...]
    origin: str = ""


@transaction.atomic
def offer_pasted(claim: Claim, *, actor: Actor, text: str, family: Family | None = None) -> Offered:
    """Keep every line that is read. The same block twice is refused, so that sending a page again adds nothing.

    Raises ``InvalidInput`` for more blocks than a claim holds; then nothing is kept.
    """
    policy.demand_editable(actor, claim)
    reading = _without_doubles(claim, read_paste(text, family=family))
    if reading.entries:
        add_blocks(claim, actor=actor, entries=reading.entries)
    return _offered(reading)


def offer_exported(claim: Claim, *, actor: Actor, chunks: Iterable[bytes], name: str) -> Offered:
    """Keep the rows of a registry's export that are read, and the file itself as their evidence.

    Raises ``InvalidInput`` (field ``file``) where the file is not acceptable or no row of it can be used; then
    neither the file nor a row is kept.
    """
    policy.demand_editable(actor, claim)
    with received(chunks, name=name) as file, transaction.atomic():
        reading = _without_doubles(claim, read_registry_export(file.path.read_bytes(), file.name))
        refusal = too_many(reading.entries, claim.blocks.count())
        if refusal or not reading.entries:
            raise InvalidInput("No row of the file was kept.", [refusal] if refusal else list(reading.problems))
        evidence = keep(file, organisation_id=claim.organisation_id, actor=actor)
        attach_evidence(claim, actor=actor, file=evidence, purpose=Purpose.REGISTRY_EXPORT)
        entries = [replace(entry, facts={**entry.facts, "export_sha256": file.sha256}) for entry in reading.entries]
        last = claim.blocks.aggregate(last=Max("position"))["last"] or 0
        add_blocks(claim, actor=actor, entries=entries, origin=reading.origin)
        added = claim.blocks.filter(position__gt=last).values_list("position", flat=True)
        answers = BlockAnswers(UnitEventKind.RETIREMENT, evidence=evidence, kept=ALL_KEPT)
        describe_blocks(claim, actor=actor, positions=list(added), answers=answers)
    return _offered(reading)


def _offered(reading: EntryReading) -> Offered:
    return Offered(
        len(reading.entries), quantity_of(reading.entries), reading.refused, reading.problems, reading.origin
    )


def _without_doubles(claim: Claim, reading: EntryReading) -> EntryReading:
    """Leaves out what stands in the claim already, or twice in the paste, with the reason."""
    standing = claim.blocks.filter(state__in=OFFERED).values_list("family_key", "first", "last")
    seen: set[tuple[str, int | None, int | None]] = {*standing}
    entries: list[BlockEntry] = []
    refused, problems = list(reading.refused), list(reading.problems)
    for entry in reading.entries:
        key = (entry.serial.family_key, entry.serial.start, entry.serial.end)
        if key in seen:
            found = _double(entry)
            refused.append(ParsedSerial(0, entry.raw_serial, entry.serial.normalised, entry.serial, (found,)))
            problems.append(_as_problem(found, entry))
        else:
            seen.add(key)
            entries.append(entry)
    return replace(reading, entries=tuple(entries), refused=tuple(refused), problems=tuple(problems))


def _double(entry: BlockEntry) -> SerialProblem:
    return SerialProblem(
        "D-INTERNAL",
        "block",
        "This block stands in the claim already.",
        "Take the line out of the box.",
        found=entry.serial.normalised,
        expected="each block once",
        field="serial",
    )


def _as_problem(found: SerialProblem, entry: BlockEntry) -> Problem:
    line = entry.facts.get("line")
    return Problem(
        found.severity,
        found.code,
        found.message,
        found.mend,
        field="serials",
        cell=f"line {line}" if line else "",
        found=found.found,
        expected=found.expected,
    )
