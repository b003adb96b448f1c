"""Messages of the signed-in person, and how they are told."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from verification.notifications.models import Notice
from verification.notifications.selectors import settings_of, unread_count

pytestmark = [pytest.mark.db, pytest.mark.django_db]
PAGES = ("notifications:list", "notifications:settings")


@pytest.fixture
def producer(user_of) -> Client:
    client = Client()
    client.force_login(user_of("producer"))
    return client


@pytest.mark.parametrize("name", [*PAGES, "notifications:read_all"])
def test_strangers_are_asked_to_sign_in(db, name):
    for method in ("get", "post"):
        response = getattr(Client(), method)(reverse(name))
        assert (response.status_code, "/account/login/" in response["Location"]) == (302, True)


def test_only_ones_own_messages(producer, user_of):
    foreign = Notice.objects.exclude(user=user_of("producer")).exclude(
        subject__in=Notice.objects.filter(user=user_of("producer")).values("subject")
    )[0]
    assertNotContains(producer.get(reverse("notifications:list")), foreign.subject)
    assert producer.post(reverse("notifications:read", args=[foreign.pk])).status_code == 404
    foreign.refresh_from_db()
    assert foreign.read_at is None


def test_unread_first_and_paged(producer, user_of):
    page = producer.get(reverse("notifications:list")).context["page"]
    assert len(page) <= 25
    first = page.rows[0]
    producer.post(reverse("notifications:read", args=[first.pk]))
    again = producer.get(reverse("notifications:list")).context["page"]
    assert first.pk not in [row.pk for row in again if row.read_at is None]


def test_filter_by_category(producer):
    page = producer.get(reverse("notifications:list"), {"category": "decision"}).context["page"]
    assert {row.category for row in page} == {"decision"}
    assert producer.get(reverse("notifications:list"), {"category": "gossip", "cursor": "x"}).status_code == 200


def test_everything_can_be_marked_as_read(producer, user_of):
    assert unread_count(user_of("producer")) > 0
    assertRedirects(producer.post(reverse("notifications:read_all")), reverse("notifications:list"))
    assert unread_count(user_of("producer")) == 0
    assertContains(producer.get(reverse("notifications:list")), "You have read everything.")


def test_settings_are_saved_and_shown(producer, user_of):
    typed = {"to_do": "at_once", "decision": "digest", "information": "portal"}
    assertContains(producer.post(reverse("notifications:settings"), typed, follow=True), "Saved.")
    found = settings_of(user_of("producer"))
    assert (found.to_do, found.decision, found.information) == ("at_once", "digest", "portal")


def test_a_forged_choice_is_told(producer, user_of):
    answer = producer.post(reverse("notifications:settings"), {"to_do": "pigeon", "decision": "digest"})
    assert set(answer.context["form"].errors) == {"to_do", "information"}
    assert settings_of(user_of("producer")).pk is None


def test_masthead_leads_to_messages(producer):
    assertContains(producer.get(reverse("notifications:settings")), f'href="{reverse("notifications:list")}"')
