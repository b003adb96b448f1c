"""Making the fairness report."""

from __future__ import annotations

from django.db import transaction

from verification.kernel import clock
from verification.kernel.canonical import sha256_of
from verification.statistics.aggregation import tally
from verification.statistics.models import Summary
from verification.statistics.selectors import decided_claims


@transaction.atomic
def make_summary() -> Summary:
    """Work the report out from every decided claim and keep it. Once a day: the page reads what was kept."""
    now = clock.now()
    found = tally(decided_claims())
    report = found.report()
    return Summary.objects.create(made_at=now, claims=found.total.claims, report=report, sha256=sha256_of(report))
