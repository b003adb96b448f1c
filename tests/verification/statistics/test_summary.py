"""The report is worked out from every decided claim, in batches, and kept."""

from __future__ import annotations

import io

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from verification.audit.actors import Actor
from verification.claims.clocks import read_clock
from verification.claims.models import Claim, Decision
from verification.claims.services.transitions import move, passages_of
from verification.kernel import clock
from verification.reference.selectors import procedure_of
from verification.statistics import selectors
from verification.statistics.models import Summary
from verification.statistics.services import make_summary

pytestmark = pytest.mark.db


def test_every_decided_claim_is_counted_once_whatever_the_batch(world: None, monkeypatch: pytest.MonkeyPatch) -> None:
    decided = set(Decision.objects.values_list("claim", flat=True))
    assert len(decided) > 2
    whole = list(selectors.decided_claims())
    assert len(whole) == len(decided)
    monkeypatch.setattr(selectors, "BATCH", 1)
    assert list(selectors.decided_claims()) == whole


def test_claim_is_counted_as_it_was_decided(claim_at) -> None:
    Claim.objects.exclude(pk=claim_at("Aliağa").pk).update(decided_at=None)
    (counted,) = selectors.decided_claims()
    decision = Decision.objects.get(claim=claim_at("Aliağa"))
    assert (counted.kind, counted.country_group, counted.is_approved) == ("emissions", "asia", True)
    assert (counted.year, counted.legal_ground) == (str(decision.decided_at.year), decision.legal_ground)
    assert counted.size.startswith(("below", "from"))
    until = [each for each in passages_of(decision.claim) if each.on <= decision.decided_at.date()]
    read = read_clock(until, decision.decided_at.date(), procedure_of("eu-cbam"))
    assert (counted.working_days, read.used_days > 0) == (read.used_days, True)


def test_lapsed_claim_counts_as_refused(claim_at) -> None:
    """Nobody decided, and yet the producer was turned away."""
    claim = claim_at("Dilovası")
    Claim.objects.exclude(pk=claim.pk).update(decided_at=None)
    with transaction.atomic():
        move(claim, "lapse", Actor.system(), decided_at=clock.now())
    (counted,) = selectors.decided_claims()
    assert (counted.is_approved, counted.legal_ground, counted.questions) == (False, selectors.LAPSED, 1)


def test_a_batch_costs_the_same_queries_for_one_claim_and_for_many(world: None) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            list(selectors.decided_claims())
        return len(found)

    many = queries()
    decided = Claim.objects.exclude(decided_at=None)
    schemes = decided.values("scheme").distinct().count()
    decided.exclude(pk=decided.first().pk).update(decided_at=None)
    assert queries() == many - (schemes - 1)  # the procedure of each scheme is looked up once


def test_summary_is_kept_and_never_changes(world: None) -> None:
    call_command("make_statistics", stdout=io.StringIO())
    summary = Summary.objects.get()
    assert summary.claims == Decision.objects.values("claim").distinct().count()
    assert selectors.latest_summary() == summary
    with pytest.raises(IntegrityError, match="issued rows never change"), transaction.atomic():
        Summary.objects.update(claims=0)
    assert make_summary().report == summary.report
