"""Stewards' pages of wordings."""

from __future__ import annotations

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from portal.official.wordings import wordings_for
from verification.kernel import clock
from verification.wording.models import DecisionWording

pytestmark = [pytest.mark.db, pytest.mark.django_db]


def _row(key: str = "evidence-1", language: str = "en") -> DecisionWording:
    return DecisionWording.objects.filter(key=key, language=language).latest("version")


def _typed(**changes: object) -> dict[str, object]:
    content = {"title": "Refuse: evidence", "text": "Claim {claim} is refused.", "legal_ground": "Article 8"}
    return content | {"valid_from": clock.today().isoformat()} | changes


def test_list_shows_one_language(client_of):
    address = reverse("official:wordings")
    assertContains(client_of("reviewer").get(address), "Refuse: the evidence does not support the values")
    french = client_of("approver").get(address, {"language": "fr", "act": "lapse"})
    assertContains(french, "Caducité")
    assertNotContains(french, "Refus :")


def test_preview_keeps_nothing_and_fills_the_braces(client_of):
    before = DecisionWording.objects.count()
    address = reverse("official:wording_version", args=[_row().pk])
    answer = client_of("reviewer").post(address, _typed(preview="1"))
    assertContains(answer, "Claim EC-2027-000418 is refused.")
    assert DecisionWording.objects.count() == before


@pytest.mark.parametrize("button", [{}, {"preview": "1"}])
def test_a_wrong_brace_is_told_beside_the_text(client_of, button):
    address = reverse("official:wording_version", args=[_row().pk])
    answer = client_of("reviewer").post(address, _typed(text="Claim {claims}.", **button))
    assertContains(answer, "{claims} is not known here.")
    assertContains(answer, "Claim {claims}.")


def test_next_version_is_written_then_published_by_another(client_of):
    steward, approver = client_of("reviewer"), client_of("approver")
    answer = steward.post(reverse("official:wording_version", args=[_row().pk]), _typed())
    draft = _row()
    assertRedirects(answer, reverse("official:wording", args=[draft.pk]))
    assert (draft.version, draft.status, draft.act) == (2, "draft", "refuse")
    assertContains(steward.get(reverse("official:wording", args=[draft.pk])), "A different official publishes it.")
    own = steward.post(reverse("official:wording_publish", args=[draft.pk]), follow=True)
    assertContains(own, "You wrote this version.")
    approver.post(reverse("official:wording_publish", args=[draft.pk]))
    assert _row().status == "published"


def test_purpose_of_a_version_cannot_be_forged(client_of):
    address = reverse("official:wording_version", args=[_row().pk])
    client_of("reviewer").post(address, _typed(key="other", act="approve", claim_kind="units"))
    assert (_row().version, _row().act, _row().claim_kind) == (2, "refuse", "emissions")


def test_a_new_text_in_another_language(client_of):
    typed = _typed(key="evidence-9", language="ar", claim_kind="emissions", act="refuse", text="رُفض الطلب {claim}.")
    client_of("reviewer").post(reverse("official:wording_new"), typed)
    assert _row("evidence-9", "ar").text == "رُفض الطلب {claim}."


def test_withdrawn_texts_are_not_offered(client_of):
    client_of("reviewer").post(reverse("official:wording_withdraw", args=[_row("complete-1").pk]))
    assert "complete-1" not in [wording.key for wording in wordings_for("emissions")]


@pytest.mark.parametrize("name", ["wording_new", "wordings"])
def test_approvers_read_but_do_not_write(client_of, name):
    assert client_of("approver").get(reverse(f"official:{name}")).status_code == {"wording_new": 404}.get(name, 200)
