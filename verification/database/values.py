"""Values as the database stores them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID


def as_stored(value: Any, connection: Any) -> Any:
    """A value for a statement that no field has prepared: keys and days are text where there is no such type."""
    if isinstance(value, UUID):
        return value if connection.features.has_native_uuid_field else value.hex
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return connection.ops.adapt_datefield_value(value)
    return value
