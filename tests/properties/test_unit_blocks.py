"""Whatever is offered by whomever: active serials never overlap, and no limit is passed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories.organisations import make_organisation
from tests.factories.units import cer, ready_with
from verification.accounts.models import User
from verification.audit.actors import Actor
from verification.claims.models import Claim, RegistryExport, RegistryRow, UnitBlock
from verification.claims.services.producer import submit_claim
from verification.claims.unit_entry import read_paste
from verification.claims.unit_limit import limit_of_claim
from verification.kernel import clock
from verification.kernel.errors import InvalidInput
from verification.registry.models import Organisation
from verification.registry.selectors import actor_for

pytestmark = pytest.mark.db
ISSUED = 400
blocks = st.tuples(st.integers(1, ISSUED), st.integers(0, 60)).map(lambda pair: (pair[0], sum(pair)))
offers = st.lists(st.tuples(st.integers(0, 2), st.lists(blocks, min_size=1, max_size=4)), min_size=1, max_size=6)


@pytest.fixture
def parties(world: None) -> list[tuple[Organisation, object]]:
    """Three parties, and an official list of issued units that ends at ``ISSUED``."""
    serial = read_paste(cer(1, ISSUED, party="KE")).entries[0].serial
    export = RegistryExport.objects.create(
        registry="CDM registry",
        kind="issuances",
        name="issued.csv",
        sha256="0" * 64,
        size_bytes=1,
        fetched_on=date(2026, 1, 1),
        row_count=1,
        loaded_by=User.objects.earliest("pk"),
        loaded_at=clock.now(),
    )
    RegistryRow.objects.create(
        export=export,
        line=2,
        kind="issuance",
        family=serial.family.value,
        family_key=serial.family_key,
        serial=serial.normalised,
        first=1,
        last=ISSUED,
    )
    return [make_organisation(f"Party {number}", is_importer=True) for number in range(3)]


@given(offers, st.integers(1, 200))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_accepted_units_never_overlap_nor_pass_issue_or_limit(parties, found, taxable) -> None:
    UnitBlock.objects.filter(claim__organisation__name__startswith="Party").update(state="released", is_active=False)
    for index, ranges in found:
        organisation, user = parties[index]
        serials = [cer(first, last, party="KE") for first, last in ranges]
        actor = actor_for(user)
        claim = ready_with(serials, actor=actor, organisation=organisation, taxable=Decimal(taxable))
        limit = limit_of_claim(claim)
        offered = sum(last - first + 1 for first, last in ranges)
        assert limit.accepted_t + limit.excess_t == offered
        assert limit.accepted_t == min(offered, taxable)
        refusals = _refusals(claim, actor)
        assert refusals <= {"D-CROSS", "D-INTERNAL", "D-ISSUED"}
        assert ("D-ISSUED" in refusals) is any(last > ISSUED for _, last in ranges)
    active = UnitBlock.objects.filter(is_active=True, family_key__contains="KE").order_by("first")
    standing = list(active.values_list("first", "last"))
    assert all(before[1] < after[0] for before, after in pairwise(standing))
    assert all(last <= ISSUED for _, last in standing)


def _refusals(claim: Claim, actor: Actor) -> set[str]:
    try:
        submit_claim(claim, actor=actor, has_declared=True)
    except InvalidInput as refusal:
        return {problem.code for problem in refusal.problems}
    return set()
