"""Numbers of law are stored with every digit, on both databases."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db import models

from verification.kernel.quantities import decimal_from


class ExactDecimalField(models.Field):
    """A Decimal kept digit by digit: ``numeric`` on PostgreSQL, text on SQLite.

    SQLite has no exact decimal; Django's own field passes through a binary float there and
    loses what lies beyond fifteen digits. Order and compare in Python, not in SQL.
    """

    description = "Exact decimal number"

    def db_type(self, connection: Any) -> str:
        return "text" if connection.vendor == "sqlite" else "numeric"

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Decimal | None:
        return None if value is None else Decimal(value)

    def to_python(self, value: Any) -> Decimal | None:
        return None if value is None else decimal_from(value)

    def get_prep_value(self, value: Any) -> Decimal | None:
        prepared = super().get_prep_value(value)
        if prepared is None or isinstance(prepared, Decimal):
            return prepared
        return decimal_from(prepared)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        exact = value if prepared else self.get_prep_value(value)
        if exact is None or connection.vendor != "sqlite":
            return exact
        return format(exact, "f") if isinstance(exact, Decimal) else exact
