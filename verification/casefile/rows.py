"""A row as plain JSON: every column under its own name, exact; and what the row names."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Field, FileField, ForeignKey, Model
from django.db.models.fields.files import FieldFile

from verification.accounts.models import User
from verification.casefile.contents import Content
from verification.casefile.policy import View
from verification.kernel.quantities import plain

WITHHELD = "withheld: the officials' own"


def record_of_row(content: Content, row: Model, view: View) -> dict[str, Any]:
    """Decimals and identifiers as text, instants in UTC. Texts and files stand in the file as members of their own."""
    left_out = {*content.omitted_columns, *content.texts}
    record = {
        column.attname: _plain(getattr(row, column.attname))
        for column in row._meta.concrete_fields
        if column.attname not in left_out and not isinstance(column, FileField)
    }
    if view is View.PRODUCER and content.private_columns and content.is_private_row(row):
        record |= {name: WITHHELD for name in content.private_columns if record[name]}
    return record


def people_named_by(row: Model) -> set[str]:
    """Identifiers of the accounts that the row points to."""
    values = [getattr(row, column.attname) for column in row._meta.concrete_fields if _is_to_an_account(column)]
    return {str(value) for value in values if value is not None}


def files_kept_by(row: Model) -> list[FieldFile]:
    """Files that are the row's own, such as a sealed certificate."""
    kept = [getattr(row, column.attname) for column in row._meta.concrete_fields if isinstance(column, FileField)]
    return [stored for stored in kept if stored]


def keeps_files(model: type[Model]) -> bool:
    return any(isinstance(column, FileField) for column in model._meta.concrete_fields)


def _is_to_an_account(column: Field) -> bool:
    return isinstance(column, ForeignKey) and column.related_model is User


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return plain(value)
    return str(value) if isinstance(value, UUID) else value
