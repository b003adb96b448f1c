"""The people of the world as actors, and their claims by site."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from portal.ui.demonstration import person
from verification.accounts.models import User
from verification.audit.actors import Actor
from verification.claims.models import Claim
from verification.kernel.clock import wall_now
from verification.registry.selectors import actor_for


@pytest.fixture
def user_of(world: None) -> Callable[[str], User]:
    """The account of one of the demonstration's people, by key."""
    return lambda key: User.objects.get(email=person(key).email)


@pytest.fixture
def acting(user_of: Callable[[str], User]) -> Callable[..., Actor]:
    """The person as an actor with a fresh second factor, or without one."""

    def act(key: str, *, has_factor: bool = True) -> Actor:
        return actor_for(user_of(key), second_factor_at=wall_now() if has_factor else None)

    return act


@pytest.fixture
def claim_at(world: None) -> Callable[[str], Claim]:
    """The claim of a site of the demonstration, by its city."""
    return lambda city: Claim.objects.select_related("organisation", "installation").get(installation__city=city)
