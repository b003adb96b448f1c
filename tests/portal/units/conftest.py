"""Browsers of the demonstration's importer, who offers units, and of an importer that has nothing to do with it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tests.factories.organisations import make_organisation
from tests.factories.units import make_sendable_unit_claim, make_unit_claim
from verification.claims.models import Claim
from verification.registry.models import Organisation


@pytest.fixture
def holder(client: Client, user_of: Callable) -> Client:
    client.force_login(user_of("importer"))
    return client


@pytest.fixture
def outsider(world: None) -> Client:
    _organisation, user = make_organisation("Other Imports", is_importer=True)
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def party(world: None) -> Organisation:
    return Organisation.objects.get(name="Nordhafen Import GmbH")


@pytest.fixture
def claim_in(world: None) -> Callable[[str], Claim]:
    """The demonstration's unit claim in a state; each state stands there once."""
    return lambda state: Claim.objects.get(kind="units", state=state)


@pytest.fixture
def draft(party: Organisation, acting: Callable) -> Claim:
    """A claim without units."""
    return make_unit_claim(party, acting("importer"))


@pytest.fixture
def sendable(party: Organisation, acting: Callable) -> Claim:
    return make_sendable_unit_claim(party, acting("importer"))
