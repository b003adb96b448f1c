"""What was answered for a legal date, as known at an instant, stays the answer whatever is decided later."""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.factories.determination import installation, terms
from tests.factories.reference import SCHEME, published_release
from verification.audit.actors import Actor
from verification.audit.services import verify_chain
from verification.determination.models import Override
from verification.determination.services import (
    determine_question,
    end_override,
    open_override,
    question_for,
    supersede_override,
)
from verification.kernel import clock
from verification.kernel.errors import DomainError

pytestmark = [pytest.mark.db, pytest.mark.django_db]

LEGAL_DATES = [date(2026, 1, 1), date(2026, 6, 30), date(2026, 12, 31), date(2027, 1, 1), date(2027, 9, 1)]
SYSTEM = Actor.system()


def answers_at(known_at):
    return [
        determine_question(
            question_for(SCHEME, "72083900", "TR", legal_date=day, known_at=known_at, installation="TR-9001")
        )
        for day in LEGAL_DATES
    ]


def decide_something(draw):
    """Open, replace or end an approved value at random; refusals are as good as acts here."""
    standing = list(Override.objects.filter(known_to=None).order_by("valid_from"))
    stated = terms(see_direct=Decimal(draw.randint(1, 5000)) / 1000)
    year = draw.choice([2026, 2027])
    try:
        act = draw.choice(["open", "supersede", "end"]) if standing else "open"
        if act == "open":
            open_override(SCHEME, stated, reporting_year=year, actor=SYSTEM)
        elif act == "supersede":
            supersede_override(draw.choice(standing), stated, reporting_year=year, actor=SYSTEM)
        else:
            ended = draw.choice(standing)
            effective_on = ended.valid_from + timedelta(days=draw.randint(0, 400))
            end_override(ended, effective_on=effective_on, decision_reference="R-1", actor=SYSTEM)
    except DomainError:
        return False
    return True


@pytest.mark.parametrize("seed", range(6))
def test_answers_as_known_then_never_change(tmp_path, seed):
    draw = random.Random(seed)
    published_release(tmp_path)
    installation()
    seen = []
    acts = 0
    for _ in range(12):
        acts += decide_something(draw)
        instant = clock.now()
        seen.append((instant, answers_at(instant)))
    assert acts >= 3
    assert [answers_at(instant) for instant, _ in seen] == [answers for _, answers in seen]
    assert verify_chain().is_intact
