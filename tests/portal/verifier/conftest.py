"""The verifier of the demonstration, and its open invitation."""

import pytest
from django.core.cache import cache

from tests.factories.verification import accepted_work
from verification.claims.models import Engagement


@pytest.fixture(autouse=True)
def _no_earlier_failures():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def verifier(client, user_of):
    client.force_login(user_of("verifier"))
    return client


@pytest.fixture
def invitation(claim_at):
    return Engagement.objects.get(claim=claim_at("Karabük"))


@pytest.fixture
def work(invitation, acting):
    return accepted_work(invitation, acting("verifier"))
