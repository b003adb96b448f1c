"""Every transition made by several people at once, on real commits, and once more afterwards: one effect.

A double click is the same person twice; a race is two people who may both. Losers are told; nobody is told twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from tests.factories.transitions import READY, SYSTEM, someone
from verification.audit.models import Event
from verification.audit.services import verify_chain
from verification.claims.models import Claim, Decision, DraftDecision, Recommendation, Step
from verification.claims.workflow import TRANSITIONS
from verification.jobs.models import Job
from verification.kernel.errors import Conflict, NotAllowed
from verification.letters.occasions import OCCASIONS
from verification.notifications.models import Notice

pytestmark = pytest.mark.db
AT_ONCE = 4
NAMES = list(TRANSITIONS)
TOLD = (Conflict, NotAllowed)
COUNTED = (Step, Decision, DraftDecision, Recommendation, Job, Notice, Event)


@pytest.mark.parametrize("name", NAMES)
def test_transition_at_once_and_again_happens_once(own_database: None, name: str) -> None:
    ready = READY[name]
    claim = ready.claim_before()
    known = {model: set(model.objects.values_list("pk", flat=True)) for model in (Step, Job, Notice)}

    results = at_once(lambda index: ready.make(_fresh(claim), someone(ready.by[index % len(ready.by)])))
    lost = [result for result in results if isinstance(result, Exception)]
    assert [error for error in lost if not isinstance(error, TOLD)] == []
    if ready.by != (SYSTEM,):
        assert len(lost) == AT_ONCE - 1

    (step,) = Step.objects.exclude(pk__in=known[Step])
    assert (step.claim_id, step.name, step.to_state) == (claim.pk, name, TRANSITIONS[name].target)
    assert _fresh(claim).state == TRANSITIONS[name].target
    letters = Job.objects.exclude(pk__in=known[Job]).filter(kind="letters.write")
    assert letters.count() == (name in OCCASIONS)
    told = Counter(Notice.objects.exclude(pk__in=known[Notice]).values_list("user_id", "kind"))
    assert max(told.values(), default=1) == 1

    counted = _counts()
    for key in ready.by:
        _again(lambda key=key: ready.make(_fresh(claim), someone(key)))
    assert _counts() == counted
    assert verify_chain().is_intact


def at_once(act: Callable[[int], object]) -> list[object]:
    """Results, and the errors that were raised, of the same act from a common start."""
    barrier = Barrier(AT_ONCE)

    def one(index: int) -> object:
        barrier.wait()
        try:
            return act(index)
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(one, range(AT_ONCE)))


def _again(act: Callable[[], object]) -> None:
    """A replay: refused, or a day's work that finds nothing to do."""
    try:
        found = act()
    except TOLD:
        return
    assert isinstance(found, dict)
    assert set(found.values()) == {0}


def _fresh(claim: Claim) -> Claim:
    return Claim.objects.select_related("organisation", "installation").get(pk=claim.pk)


def _counts() -> dict[str, int]:
    return {model.__name__: model.objects.count() for model in COUNTED}
