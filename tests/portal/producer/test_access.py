"""What the matrix of access does not say of the producer's pages. That one tries every address by everybody."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.db


def test_pages_are_never_cached(client, user_of):
    client.force_login(user_of("producer"))
    assert "no-store" in client.get(reverse("producer:home"))["Cache-Control"]


def test_person_without_organisation_is_led_to_register_one(client, user_of):
    client.force_login(user_of("verifier"))
    assert client.get(reverse("producer:home"))["Location"] == reverse("producer:organisation_register")
