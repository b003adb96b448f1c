"""The report is worked out from every decided claim, in batches, and kept."""

from __future__ import annotations

import io

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from verification.claims.models import Claim, Decision
from verification.statistics import selectors
from verification.statistics.days import weekdays_with_officials
from verification.statistics.models import Summary
from verification.statistics.services import make_summary

pytestmark = pytest.mark.db


def test_every_decided_claim_is_counted_once_whatever_the_batch(world: None, monkeypatch: pytest.MonkeyPatch) -> None:
    decided = set(Decision.objects.values_list("claim", flat=True))
    assert len(decided) > 2
    whole = list(selectors.decided_claims(weekdays_with_officials))
    assert len(whole) == len(decided)
    monkeypatch.setattr(selectors, "BATCH", 1)
    assert list(selectors.decided_claims(weekdays_with_officials)) == whole


def test_claim_is_counted_as_it_was_decided(claim_at) -> None:
    Claim.objects.exclude(pk=claim_at("Aliağa").pk).update(decided_at=None)
    (counted,) = selectors.decided_claims(lambda passages: len(passages))
    decision = Decision.objects.get(claim=claim_at("Aliağa"))
    assert (counted.kind, counted.country_group, counted.is_approved) == ("emissions", "asia", True)
    assert (counted.year, counted.legal_ground) == (str(decision.decided_at.year), decision.legal_ground)
    assert counted.size.startswith(("below", "from"))
    assert counted.working_days == claim_at("Aliağa").steps.filter(at__date__lte=decision.decided_at.date()).count()


def test_a_batch_costs_the_same_queries_for_one_claim_and_for_many(world: None) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            list(selectors.decided_claims(weekdays_with_officials))
        return len(found)

    many = queries()
    kept = Claim.objects.exclude(decided_at=None).first()
    Claim.objects.exclude(pk=kept.pk).update(decided_at=None)
    assert queries() == many


def test_summary_is_kept_and_never_changes(world: None) -> None:
    call_command("make_statistics", stdout=io.StringIO())
    summary = Summary.objects.get()
    assert summary.claims == Decision.objects.values("claim").distinct().count()
    assert selectors.latest_summary() == summary
    with pytest.raises(IntegrityError, match="issued rows never change"), transaction.atomic():
        Summary.objects.update(claims=0)
    assert make_summary().report == summary.report
