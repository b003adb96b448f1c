"""Taking in a registry's public export: every row or none, kept as the registry wrote it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.core.files import File
from django.db import transaction

from verification.audit.actors import Actor
from verification.audit.services import record_event
from verification.claims.models import RegistryExport, RegistryRow
from verification.claims.policy import demand_registry_keeper
from verification.evidence.services import ReceivedFile, received
from verification.kernel import clock
from verification.kernel.errors import InvalidInput, Problem
from verification.units.registries import ExportReading, RecordKind, RegistryRecord, read_export
from verification.units.serials import Serial

BATCH = 1000
SUMMARY = "The export was not loaded. Nothing of it was kept."
REFERENCE = "Registry export"


def load_export(chunks: Iterable[bytes], *, name: str, fetched_on: date, actor: Actor) -> RegistryExport:
    """Keep an export, recognised by its header, with all its rows.

    ``fetched_on`` is the day on which the registry gave it out. Raises ``NotAllowed``, and ``InvalidInput`` naming
    every row that cannot be trusted; then nothing is kept.
    """
    demand_registry_keeper(actor)
    with received(chunks, name=name, is_inspected=False) as file:
        reading = read_export(file.path.read_bytes(), file.name)
        rows = _rows_of(reading)
        problems = [*_not_to_be_kept(reading, rows), *_wrong_day(fetched_on)]
        if problems:
            raise InvalidInput(SUMMARY, problems)
        return _keep(file, reading, rows, fetched_on, actor)


@transaction.atomic
def _keep(
    file: ReceivedFile, reading: ExportReading, rows: list[RegistryRow], fetched_on: date, actor: Actor
) -> RegistryExport:
    if RegistryExport.objects.filter(sha256=file.sha256, fetched_on=fetched_on).exists():
        raise InvalidInput(SUMMARY, [_loaded_before(file, fetched_on)])
    export = RegistryExport(
        registry=reading.registry,
        kind=reading.kind.value,
        families=sorted({row.family for row in rows if row.kind != RecordKind.ISSUANCE.value}),
        name=file.name,
        sha256=file.sha256,
        size_bytes=file.size_bytes,
        fetched_on=fetched_on,
        row_count=len(rows),
        loaded_by_id=actor.id,
        loaded_at=clock.now(),
    )
    with file.path.open("rb") as source:
        export.file.save(f"{export.pk.hex}.csv", File(source), save=False)
    export.save(force_insert=True)
    for row in rows:
        row.export = export
    RegistryRow.objects.bulk_create(rows, batch_size=BATCH)
    record_event(
        "claims.registry_export.loaded",
        actor=actor,
        subject_type="registry_export",
        subject_id=export.pk,
        facts={
            "registry": export.registry,
            "kind": export.kind,
            "name": export.name,
            "sha256": export.sha256,
            "fetched_on": fetched_on.isoformat(),
            "rows": export.row_count,
        },
    )
    return export


def _rows_of(reading: ExportReading) -> list[RegistryRow]:
    """Rows whose serial was read; what else there is stands in the reading's problems."""
    return [_row(record, record.parsed.serial) for record in reading.records if _has_numbers(record.parsed.serial)]


def _has_numbers(serial: Serial | None) -> bool:
    return serial is not None and serial.start is not None and serial.end is not None


def _row(record: RegistryRecord, serial: Serial | None) -> RegistryRow:
    if serial is None or serial.start is None or serial.end is None:
        raise ValueError(f"Row {record.line} has no numbers.")
    return RegistryRow(
        line=record.line,
        kind=record.kind.value,
        family=serial.family.value,
        family_key=serial.family_key,
        batch=serial.batch,
        serial=serial.normalised,
        first=serial.start,
        last=serial.end,
        event_on=record.event_on or (record.event_at.date() if record.event_at else None),
        beneficiary=record.beneficiary or record.taxpayer,
    )


def _not_to_be_kept(reading: ExportReading, rows: list[RegistryRow]) -> list[Problem]:
    """Why the file as a whole is refused; empty where every row can be kept."""
    blocks = [problem for problem in reading.problems if problem.severity == "block"]
    if blocks:
        return blocks
    if not reading.records:
        return [
            _problem("UNX-016", "The export has no rows.", "Export again, with the rows that you need.", found="0 rows")
        ]
    if not rows:
        return [
            _problem(
                "UNX-011",
                f"{reading.registry} prints no serials in its list of {reading.kind.value}.",
                "Load a list that prints serials. Without them no block can be compared.",
                expected="a column of serials",
            )
        ]
    unread = [record.line for record in reading.records if not _has_numbers(record.parsed.serial)]
    return [
        _problem(
            "S-RANGE",
            f"Row {line}: the serial has no first and last number.",
            "Take the registry's own file. Every row is kept, or none.",
            found=f"row {line}",
            expected="a block of numbers",
        )
        for line in unread
    ]


def _wrong_day(fetched_on: date) -> list[Problem]:
    if fetched_on <= clock.today():
        return []
    return [
        Problem(
            "block",
            "UNX-021",
            "The day of fetching lies in the future.",
            "Give the day on which the file was taken from the registry.",
            field="fetched_on",
            found=fetched_on.isoformat(),
            expected=f"{clock.today().isoformat()} or earlier",
        )
    ]


def _loaded_before(file: ReceivedFile, fetched_on: date) -> Problem:
    return _problem(
        "UNX-022",
        "This file was loaded already, with the same day of fetching.",
        "Nothing to mend. A later fetch is loaded with its own day.",
        found=f"sha256 {file.sha256[:16]}…, {fetched_on.isoformat()}",
    )


def _problem(code: str, message: str, mend: str, *, found: str = "", expected: str = "") -> Problem:
    return Problem("block", code, message, mend, field="file", found=found, expected=expected, reference=REFERENCE)
