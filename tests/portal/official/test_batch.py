"""Claims screened, signed and given on together; each stands by itself."""

from __future__ import annotations

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from tests.factories.screening import screened_list
from verification.claims.models import Claim, ScreeningList
from verification.claims.services.review import take_claim

pytestmark = [pytest.mark.db, pytest.mark.django_db]
SCREEN, GIVE, LISTS = (reverse(f"official:{name}") for name in ("batch_screen", "batch_reassign", "batch_lists"))


@pytest.fixture
def clean(claim_at) -> Claim:
    return claim_at("Silifke")


def _screened(client, *claims: Claim, declared: bool = True):
    page = client.get(SCREEN, {"claim": [claim.pk for claim in claims]})
    typed: dict[str, object] = {"claim": [claim.pk for claim in claims]}
    for name, _kind, _scheme, offered in page.context["wordings"]:
        typed[name] = offered[0].key
    for claim in claims:
        typed |= {f"include-{claim.pk}": "on", f"version-{claim.pk}": claim.version}
        typed |= {f"free-{claim.pk}": "on"} if declared else {}
    return client.post(SCREEN, typed)


def _signed(client, kept: ScreeningList, **changed):
    address = reverse("official:batch_sign", args=[kept.pk])
    typed = {}
    for row in client.get(address).context["rows"]:
        key = row.claim.pk
        typed |= {f"include-{key}": "on", f"free-{key}": "on", f"version-{key}": row.claim.version}
        typed |= {f"effect-{key}": row.effect["fingerprint"]}
    return client.post(address, typed | changed)


def test_page_says_which_claims_can_be_screened(client_of, clean, claim_at):
    found = claim_at("Gemlik")
    rows = client_of("reviewer").get(SCREEN, {"claim": [clean.pk, found.pk, "x"]}).context["rows"]
    assert {row.claim: [finding.code for finding in row.findings] for row in rows} == {clean: [], found: ["PRE-002"]}


def test_screening_recommends_what_is_clean_and_says_why_not_the_rest(client_of, clean, claim_at):
    found = claim_at("Gemlik")
    lines = {line.claim: line for line in _screened(client_of("reviewer"), clean, found).context["lines"]}
    assert (lines[clean].is_done, lines[found].is_done) == (True, False)
    assert "PRE-002" in lines[found].said
    assert [claim.recommendations.count() for claim in (clean, found)] == [1, 0]
    assert clean.conflict_declarations.filter(official__full_name="Marta Lindqvist", has_conflict=False).exists()


def test_screening_without_the_declaration_does_nothing(client_of, clean):
    (line,) = _screened(client_of("reviewer"), clean, declared=False).context["lines"]
    assert (line.is_done, clean.recommendations.count()) == (False, 0)


def test_a_faster_colleague_is_told(client_of, clean, acting):
    seen = Claim.objects.get(pk=clean.pk)
    take_claim(clean, actor=acting("lead"), has_no_conflict=True)
    (line,) = _screened(client_of("reviewer"), seen).context["lines"]
    assert not line.is_done
    assert "changed after you opened the page" in line.said


@pytest.mark.parametrize(("key", "query"), [("approver", True), ("reviewer", False)])
def test_screening_needs_a_reviewer_and_claims(key, query, client_of, clean):
    assertRedirects(client_of(key).get(SCREEN, {"claim": clean.pk} if query else {}), reverse("official:queue"))


def test_list_is_signed_by_somebody_else_each_with_its_decision(client_of, clean):
    units = Claim.objects.get(kind="units", state="submitted")
    _screened(client_of("reviewer"), clean)
    kept = ScreeningList.objects.get()
    assertContains(client_of("approver").get(LISTS), reverse("official:batch_sign", args=[kept.pk]))
    (line,) = _signed(client_of("approver"), kept).context["lines"]
    clean.refresh_from_db()
    assert (line.is_done, clean.state, clean.decisions.count()) == (True, "approved", 1)
    assert units.decisions.count() == 0
    assertNotContains(client_of("approver").get(LISTS), reverse("official:batch_sign", args=[kept.pk]))


def test_nothing_is_signed_without_a_fresh_second_factor(client_of, clean):
    _screened(client_of("reviewer"), clean)
    client = client_of("approver", has_factor=False)
    answer = _signed(client, ScreeningList.objects.get(), code="000000")
    assertContains(answer, "This code is wrong")
    assert [row.is_declared for row in answer.context["rows"]] == [True]
    clean.refresh_from_db()
    assert clean.state == "recommended"


@pytest.mark.parametrize(
    ("name", "value", "words"), [("version", 1, "changed after"), ("effect", "x", "changed after")]
)
def test_what_changed_since_is_not_signed(name, value, words, client_of, clean):
    _screened(client_of("reviewer"), clean)
    (line,) = _signed(client_of("approver"), ScreeningList.objects.get(), **{f"{name}-{clean.pk}": value}).context[
        "lines"
    ]
    clean.refresh_from_db()
    assert (line.is_done, clean.state) == (False, "recommended")
    assert words in line.said


def test_reviewer_cannot_sign_its_own_list(client_of, claim_at):
    kept = screened_list(claim_at("Gebze"))
    (row,) = client_of("reviewer").get(reverse("official:batch_sign", args=[kept.pk])).context["rows"]
    assert row.hindrance == "Only an approver may do this."
    (line,) = _signed(client_of("reviewer"), kept).context["lines"]
    assert not line.is_done


def test_head_of_team_gives_claims_on(client_of, claim_at, user_of):
    held, waiting = claim_at("Gemlik"), claim_at("Silifke")
    typed = {"claim": [held.pk, waiting.pk], "to": user_of("lead").pk, "reason": "Holiday."}
    lines = {line.claim: line.is_done for line in client_of("lead").post(GIVE, typed).context["lines"]}
    assert lines == {held: True, waiting: False}
    held.refresh_from_db()
    assert held.reviewer == user_of("lead")


def test_only_heads_and_substitutes_give_claims_on(client_of, claim_at, user_of):
    claim = claim_at("Gemlik")
    typed = {"claim": claim.pk, "to": user_of("lead").pk, "reason": "I would rather not."}
    assertRedirects(client_of("approver").post(GIVE, typed), reverse("official:queue"))
    assertContains(client_of("reviewer").post(GIVE, typed), "Select a valid choice")
    claim.refresh_from_db()
    assert claim.reviewer == user_of("reviewer")
