"""Running numbers of records: claims, decisions, certificates."""

from __future__ import annotations

from django.db import connection

from verification.audit.models import NumberSeries
from verification.kernel import clock


def next_number(series: str) -> str:
    """The next number of the series in the current year, such as ``EC-2027-000418``.

    Without gaps: it is given back when the caller's transaction fails. Raises ``RuntimeError``
    outside a transaction.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("A number is given in the transaction of the record that bears it.")
    row, _ = NumberSeries.objects.select_for_update().get_or_create(name=series, year=clock.today().year)
    row.last += 1
    row.save(update_fields=["last"])
    return str(row)
