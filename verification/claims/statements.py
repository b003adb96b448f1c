"""Statements that are written out, for questions of yes and no that a page asks each time.

The ORM builds a statement anew for every request; with several ``EXISTS`` that takes longer than the database needs.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import connection

from verification.database.values import as_stored


def holds(conditions: Mapping[str, str], **values: Any) -> dict[str, bool]:
    """Which of the conditions hold, each in SQL that both databases know; one query, none without a condition.

    ``values`` fill ``%(name)s``. A comparison with ``None`` holds for nothing.
    """
    if not conditions:
        return {}
    asked = {name: as_stored(value, connection) for name, value in values.items()}
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(conditions.values())}", asked)
        return dict(zip(conditions, map(bool, cursor.fetchone()), strict=True))
