"""The queue: its filters, views that are kept, what needs the person, absences and keys."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from verification.accounts.models import Absence
from verification.claims.models import Claim, SavedView
from verification.kernel import clock
from verification.registry.services.absences import AbsenceTerms, record_absence

pytestmark = [pytest.mark.db, pytest.mark.django_db]
QUEUE, SAVE, ABSENCES, KEYS = (reverse(f"official:{name}") for name in ("queue", "view_save", "absences", "keys"))


@pytest.fixture
def away(user_of, acting) -> Absence:
    """The reviewer is away, the head of team stands in."""
    today = clock.today()
    terms = AbsenceTerms(substitute=user_of("lead"), starts_on=today, ends_on=today + timedelta(days=7))
    return record_absence(user_of("reviewer"), actor=acting("reviewer"), terms=terms)


def _places(client, **query) -> set[str]:
    return {row.line.place for row in client.get(QUEUE, query).context["rows"]}


def test_filters_narrow_by_clock_scheme_holder_and_openness(client_of, claim_at, user_of):
    client, today = client_of("approver"), clock.today()
    late, soon = claim_at("Gebze"), claim_at("Silifke")
    Claim.objects.exclude(due_on=None).update(due_on=today + timedelta(days=60))
    Claim.objects.filter(pk=late.pk).update(due_on=today - timedelta(days=1))
    Claim.objects.filter(pk=soon.pk).update(due_on=today)
    assert _places(client, due="late") == {late.place}
    assert _places(client, due="week") == {soon.place}
    assert _places(client, state="untaken", kind="emissions") == {soon.place}
    assert _places(client, who=f"colleague-{user_of('reviewer').pk}", kind="emissions", state="recommended") == {
        late.place
    }
    assert _places(client, scheme="uk-cbam") == set()


def test_day_that_a_producer_has_is_nobodys_delay_here(client_of, claim_at):
    asked = claim_at("Dilovası")
    Claim.objects.filter(pk=asked.pk).update(due_on=clock.today() - timedelta(days=1))
    assert asked.place not in _places(client_of("reviewer"), due="late")


def test_figures_stop_at_a_thousand(client_of, monkeypatch):
    monkeypatch.setattr("portal.official.figures.MOST_COUNTED", 0)
    figures = client_of("reviewer").get(QUEUE).context["figures"]
    assert [figure["value"] for figure in figures][1] == "0+"


def test_view_is_kept_used_and_deleted(client_of):
    client = client_of("reviewer")
    answer = client.post(SAVE, {"name": "Late units", "query": "kind=units&due=late&cursor=abc&x=1"})
    assertRedirects(answer, f"{QUEUE}?kind=units&due=late", fetch_redirect_response=False)
    assertContains(client.get(QUEUE), "Late units")
    assertNotContains(client_of("approver").get(QUEUE), "Late units")
    view = SavedView.objects.get()
    assert client_of("approver").post(reverse("official:view_delete", args=[view.pk])).status_code == 404
    assertRedirects(client.post(reverse("official:view_delete", args=[view.pk])), QUEUE)
    assert not SavedView.objects.exists()


def test_refused_view_keeps_filters_and_says_why(client_of):
    client = client_of("reviewer")
    client.post(SAVE, {"name": "Units", "query": "kind=units"})
    answer = client.post(SAVE, {"name": "Units", "query": "kind=units"})
    assertContains(answer, "You have a view named “Units”.")
    assert {row.line.kind for row in answer.context["rows"]} == {"units"}


def test_substitute_sees_the_claims_of_who_is_away(client_of, claim_at, away):
    client = client_of("lead")
    assert _places(client, who="away", kind="emissions") == {
        claim_at(city).place for city in ("Gebze", "Gemlik", "Dilovası")
    }
    titles = [entry.title for entry in client.get(QUEUE).context["to_do"]]
    assert titles == [f"Stand in on {claim_at('Gemlik').number}"]
    assert _places(client_of("approver"), who="away") == set()


def test_absence_is_recorded_and_cancelled(client_of, user_of):
    client, today = client_of("reviewer"), clock.today()
    typed = {"person": user_of("reviewer").pk, "substitute": user_of("lead").pk}
    days = {"starts_on": today.isoformat(), "ends_on": (today + timedelta(days=3)).isoformat()}
    assertContains(client.post(ABSENCES, typed | days | {"ends_on": today.isoformat()}), "Correct it.")
    assertRedirects(client.post(ABSENCES, typed | days), ABSENCES)
    absence = Absence.objects.get()
    assert (absence.user, absence.substitute) == (user_of("reviewer"), user_of("lead"))
    assertRedirects(client.post(reverse("official:absence_cancel", args=[absence.pk])), ABSENCES)
    absence.refresh_from_db()
    assert absence.cancelled_at is not None


def test_absence_of_others_is_for_heads_of_team(client_of, user_of, away):
    cancel = reverse("official:absence_cancel", args=[away.pk])
    assert client_of("approver").post(cancel).status_code == 404
    typed = {"person": user_of("reviewer").pk, "substitute": user_of("lead").pk}
    assertContains(client_of("approver").post(ABSENCES, typed), "Select a valid choice")
    assert client_of("lead").post(cancel).status_code == 302


def test_keys_can_be_switched_off(client_of):
    client = client_of("reviewer")
    assertContains(client.get(QUEUE), "js/queue.js")
    assertRedirects(client.post(KEYS, {"keys": "off"}), KEYS)
    assertNotContains(client.get(QUEUE), "js/queue.js")
    client.post(KEYS, {"keys": "on"})
    assertContains(client.get(QUEUE), "js/queue.js")
