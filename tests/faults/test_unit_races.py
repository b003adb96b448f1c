"""The same serials sent by twenty parties at once: one claim holds them, nineteen are told so."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import OperationalError, connection

from tests.factories.organisations import make_organisation
from tests.factories.units import cer, ready_with
from verification.claims.enums import BlockState, ClaimState
from verification.claims.models import Claim, UnitBlock
from verification.claims.services.producer import submit_claim
from verification.kernel.errors import Conflict, InvalidInput
from verification.registry.selectors import actor_for

pytestmark = pytest.mark.db
PARTIES = 20
ATTEMPTS = 60


@pytest.mark.usefixtures("own_database")
def test_twenty_claims_at_once_on_one_block() -> None:
    parties = [make_organisation(f"Racer {number}", is_importer=True) for number in range(PARTIES)]
    drafts = []
    for number, (organisation, user) in enumerate(parties):
        first, last = (500 - number, 599 + number) if number % 2 else (500, 599)
        claim = ready_with([cer(first, last)], actor=actor_for(user), organisation=organisation)
        drafts.append((claim.pk, user))
    barrier = Barrier(PARTIES)

    def send(index: int) -> str:
        pk, user = drafts[index]
        barrier.wait()
        try:
            return _sent(pk, user)
        finally:
            connection.close()

    with ThreadPoolExecutor(PARTIES) as pool:
        answers = list(pool.map(send, range(PARTIES)))

    blocks = UnitBlock.objects.filter(claim__in=[pk for pk, _ in drafts])
    assert answers.count("stored") == 1
    assert answers.count("D-CROSS") == PARTIES - 1
    assert Claim.objects.filter(pk__in=[pk for pk, _ in drafts], state=ClaimState.SUBMITTED).count() == 1
    assert blocks.filter(is_active=True).count() == 1
    assert blocks.filter(state=BlockState.DRAFT).count() == PARTIES - 1


def _sent(pk: object, user: object) -> str:
    """As a person does it: what is momentarily locked is tried again; a refusal is the answer."""
    for _ in range(ATTEMPTS):
        try:
            submit_claim(Claim.objects.get(pk=pk), actor=actor_for(user), has_declared=True)
        except InvalidInput as refusal:
            return refusal.problems[0].code
        except (Conflict, OperationalError):
            connection.close()
        else:
            return "stored"
    return "gave up"
