"""What a report is made of, and its record for machines: stable keys, numbers as decimal text."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

Value = str | bool | None


class Kind(StrEnum):
    """How a value is to be read; numbers are decimal text, dates ISO."""

    TEXT = "text"
    NUMBER = "number"
    SHARE = "share"
    DATE = "date"
    YES_NO = "yes_no"
    CODE = "code"


class Status(StrEnum):
    GIVEN = "given"
    INCOMPLETE = "incomplete"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True)
class Field:
    """One datum. ``decimals`` is for print only; the record carries every digit."""

    key: str
    label: str
    value: Value
    kind: Kind = Kind.TEXT
    unit: str = ""
    decimals: int | None = None


@dataclass(frozen=True)
class Column:
    key: str
    label: str
    kind: Kind = Kind.TEXT
    unit: str = ""
    decimals: int | None = None


@dataclass(frozen=True)
class Table:
    """Rows hold one value for each column; a table without rows is not shown."""

    key: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]

    def __post_init__(self) -> None:
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError(f"A row of {self.key} has not one value for each column.")


@dataclass(frozen=True)
class Missing:
    """A mandatory datum that the claim does not give. ``section`` is a key of ``accounting.entry``, or empty."""

    item: str
    what: str
    section: str
    where: str


@dataclass(frozen=True)
class Item:
    """A numbered item of the act; ``not_applicable`` is the reason why it asks nothing here."""

    number: str
    title: str
    reference: str
    fields: tuple[Field, ...] = ()
    tables: tuple[Table, ...] = ()
    missing: tuple[Missing, ...] = ()
    notes: tuple[str, ...] = ()
    not_applicable: str = ""

    @property
    def status(self) -> Status:
        if self.missing:
            return Status.INCOMPLETE
        return Status.NOT_APPLICABLE if self.not_applicable else Status.GIVEN

    def as_record(self) -> dict[str, Any]:
        return {
            "number": self.number,
            "title": self.title,
            "reference": self.reference,
            "status": self.status.value,
            "not_applicable": self.not_applicable or None,
            "fields": [
                {"key": each.key, "label": each.label, "kind": each.kind.value, "value": each.value, "unit": each.unit}
                for each in self.fields
            ],
            "tables": [_table_record(table) for table in self.tables],
            "notes": list(self.notes),
            "missing": [missing_record(each) for each in self.missing],
        }


@dataclass(frozen=True)
class Identity:
    """What the report is about. A draft has neither snapshot nor hash; its numbers may still change."""

    claim: str
    scheme: str
    period_starts_on: str
    period_ends_on: str
    snapshot: int | None = None
    sha256: str = ""
    sealed_at: str = ""
    statement: dict[str, str] | None = None
    is_specimen: bool = False

    @property
    def is_draft(self) -> bool:
        return self.snapshot is None


@dataclass(frozen=True)
class Document:
    schema: str
    title: str
    legal_basis: str
    identity: Identity
    items: tuple[Item, ...] = field(default_factory=tuple)

    @property
    def missing(self) -> tuple[Missing, ...]:
        return tuple(each for item in self.items for each in item.missing)

    @property
    def is_complete(self) -> bool:
        return not self.missing

    def as_record(self) -> dict[str, Any]:
        """Plain JSON, of the shape of the published schema."""
        about = self.identity
        return {
            "schema": self.schema,
            "title": self.title,
            "legal_basis": self.legal_basis,
            "language": "en",
            "status": "draft" if about.is_draft else "sealed",
            "specimen": about.is_specimen,
            "claim": about.claim,
            "scheme": about.scheme,
            "reporting_period": {"start": about.period_starts_on, "end": about.period_ends_on},
            "source": {
                "snapshot": about.snapshot,
                "sha256": about.sha256 or None,
                "sealed_at": about.sealed_at or None,
            },
            "verification": about.statement,
            "complete": self.is_complete,
            "items": [item.as_record() for item in self.items],
        }


def missing_record(missing: Missing) -> dict[str, str]:
    return {"item": missing.item, "what": missing.what, "section": missing.section, "where": missing.where}


def _table_record(table: Table) -> dict[str, Any]:
    keys = [column.key for column in table.columns]
    return {
        "key": table.key,
        "title": table.title,
        "columns": [
            {"key": each.key, "label": each.label, "kind": each.kind.value, "unit": each.unit} for each in table.columns
        ],
        "rows": [dict(zip(keys, row, strict=True)) for row in table.rows],
    }
