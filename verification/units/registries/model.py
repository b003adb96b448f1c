"""What a registry's public export says, row by row, in the same words for every registry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from verification.kernel.errors import Problem
from verification.units.serials import ParsedSerial
from verification.units.uses import UseReading


class RecordKind(StrEnum):
    """What happened to the units. Verra's export does not say whether units were retired or cancelled."""

    RETIREMENT = "retirement"
    CANCELLATION = "cancellation"
    ISSUANCE = "issuance"
    RETIREMENT_OR_CANCELLATION = "retirement or cancellation"


class ExportKind(StrEnum):
    """What a whole file holds; ``UNKNOWN`` where it was not recognised."""

    RETIREMENTS = "retirements"
    CANCELLATIONS = "cancellations"
    ISSUANCES = "issuances"
    TRANSACTIONS = "transactions"
    PROJECTS = "projects"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class RegistryRecord:
    """One row.

    ``line`` is the row as a spreadsheet counts it; the header is row 1. ``parsed`` is without serial and without
    problems where the export prints none. ``stated_quantity`` is in tonnes of CO2 equivalent. ``event_at`` is
    the retirement or cancellation, for an issuance the issuance; it is there only where the registry prints a
    time with a zone, ``event_on`` where it prints a day. ``timezone`` is empty where no zone is printed.
    ``host_country`` is as the registry lists the project; the host country of the units is in the serial.
    ``vintage_from`` and ``vintage_to`` are the record's own. ``labels`` are as printed, ``corsia`` the phases
    (``pilot``, ``first``), ``article6`` the authorised purposes (``NDC``, ``IMP``, ``OP``); ``article6_text`` and
    ``corresponding_adjustment`` are as printed. ``use`` is ``None`` for an issuance. ``problems`` are those of the
    row's other columns; the serial's own stand in ``parsed``.
    """

    line: int
    registry: str
    kind: RecordKind
    parsed: ParsedSerial
    stated_quantity: int | None
    event_at: datetime | None
    event_on: date | None
    timezone: str
    issued_on: date | None
    reason: str
    purpose: str
    beneficiary: str
    taxpayer: str
    aeroplane_operator: str
    account_holder: str
    project_id: str
    project_name: str
    host_country: str
    methodology: str
    methodology_version: str
    vintage_from: date | None
    vintage_to: date | None
    labels: tuple[str, ...]
    corsia: tuple[str, ...]
    article6: tuple[str, ...]
    article6_text: str
    corresponding_adjustment: str
    use: UseReading | None
    problems: tuple[Problem, ...] = ()

    @property
    def is_blocked(self) -> bool:
        """Some problem of the serial or of the row blocks."""
        return self.parsed.is_blocked or any(problem.severity == "block" for problem in self.problems)


@dataclass(frozen=True)
class ExportReading:
    """A whole file. ``columns`` maps each header to what it means here, empty where it is not read.

    ``records`` is empty where a problem concerns the file as a whole: a table that cannot be trusted in one
    place is not used in another. ``problems`` hold those of single rows as well, with row and column.
    """

    registry: str
    kind: ExportKind
    columns: Mapping[str, str]
    records: tuple[RegistryRecord, ...]
    problems: tuple[Problem, ...]

    @property
    def is_recognised(self) -> bool:
        """The header is that of an export known here."""
        return self.kind is not ExportKind.UNKNOWN

    @property
    def is_blocked(self) -> bool:
        """Some problem of the file or of a row blocks."""
        return any(problem.severity == "block" for problem in self.problems)
