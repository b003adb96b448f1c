"""What a layout is made of: the columns of one export and what they mean."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from verification.units.registries.model import ExportKind, RecordKind
from verification.units.serials import Family


class Field(StrEnum):
    """What a column means; the values are shown to people."""

    SERIAL = "serial"
    BLOCK_FROM = "first number of the block"
    BLOCK_TO = "last number of the block"
    QUANTITY = "quantity (t)"
    EVENT = "date of retirement or cancellation"
    ISSUED = "date of issuance"
    STATUS = "status"
    REASON = "reason"
    PURPOSE = "purpose"
    BENEFICIARY = "beneficiary"
    TAXPAYER = "taxpayer"
    AEROPLANE_OPERATOR = "aeroplane operator"
    ACCOUNT_HOLDER = "account holder"
    PROJECT = "project"
    PROJECT_NAME = "name of the project"
    COUNTRY = "host country of the project"
    METHODOLOGY = "methodology"
    METHODOLOGY_VERSION = "version of the methodology"
    VINTAGE_YEAR = "vintage year"
    VINTAGE_FROM = "first day of the vintage"
    VINTAGE_TO = "last day of the vintage"
    LABELS = "labels"
    CORSIA_PILOT = "eligible for the pilot phase of CORSIA"
    CORSIA_FIRST = "eligible for the first phase of CORSIA"
    ARTICLE_6 = "authorisation under Article 6"
    ADJUSTMENT = "corresponding adjustment"


@dataclass(frozen=True)
class Layout:
    """One export of one registry.

    ``columns`` maps headers to meanings; ``telling`` are the headers by which it is recognised, all of them
    needed. Dates are ISO, or month first where ``has_month_first``; times are in ``timezone`` where it is printed.
    ``statuses`` maps the status column to the kind of record; without it ``record_kind`` holds for every row,
    and a row without a date of the event is ``kind_without_event`` where that is set.
    """

    registry: str
    family: Family
    kind: ExportKind
    columns: dict[str, Field]
    telling: tuple[str, ...]
    record_kind: RecordKind = RecordKind.RETIREMENT
    kind_without_event: RecordKind | None = None
    statuses: dict[str, RecordKind] | None = None
    has_month_first: bool = False
    timezone: str = ""
    label_separator: str = ";"


def plain_header(text: str) -> str:
    """Headers are compared without regard to capitals and to runs of spaces."""
    return " ".join(text.split()).casefold()
