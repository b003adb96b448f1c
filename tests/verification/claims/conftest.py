"""The day of the product's clock, and claims that were refused or appealed against."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from tests.clock import TODAY
from tests.factories.deciding import refuse_after_hearing
from verification.audit.actors import Actor
from verification.claims.models import Claim
from verification.claims.services.appeals import lodge_appeal
from verification.kernel import clock
from verification.kernel.clock import wall_now

Acting = Callable[..., Actor]
ClaimAt = Callable[[str], Claim]


@pytest.fixture
def on_day():
    """Moves the product's clock; the day of the tests comes back afterwards."""

    def move_to(day: date) -> None:
        clock.demonstrate(clock.Demonstration(starts_on=day, anchored_on=wall_now().date()))

    yield move_to
    move_to(TODAY)


@pytest.fixture
def refused(acting: Acting, claim_at: ClaimAt) -> Claim:
    claim = claim_at("Gebze")
    refuse_after_hearing(claim, approver=acting("approver"), producer=acting("producer"))
    return claim


@pytest.fixture
def appealed(acting: Acting, refused: Claim) -> Claim:
    lodge_appeal(refused, actor=acting("producer"), grounds="The laboratory report was overlooked.")
    return refused
