"""Two people stand behind each version, and no version ever changes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from verification.audit.actors import Actor
from verification.audit.models import Event
from verification.kernel import clock
from verification.kernel.errors import Conflict, InvalidInput, NotAllowed
from verification.wording.models import DecisionWording
from verification.wording.selectors import wordings_for_officials, wordings_in_force
from verification.wording.services import (
    WordingText,
    draft_wording,
    load_wordings,
    publish_wording,
    withdraw_wording,
)

pytestmark = [pytest.mark.db, pytest.mark.django_db]


def _text(**changes: object) -> WordingText:
    content = {
        "key": "evidence-1",
        "language": "en",
        "claim_kind": "emissions",
        "act": "refuse",
        "title": "Refuse",
        "text": "The evidence in {claim} does not suffice.",
        "legal_ground": "Article 8",
        "valid_from": clock.today(),
    }
    return WordingText(**content | changes)


def _in_force(**changes: object) -> dict[str, int]:
    asked = {"scheme": "eu-cbam", "on": clock.today(), "acts": ("refuse",)} | changes
    return {row.key: row.version for row in wordings_in_force("emissions", **asked)}


def test_a_draft_is_not_in_force_until_a_second_person_publishes_it(acting):
    draft = draft_wording(_text(), actor=acting("reviewer"))
    assert (draft.version, draft.status, _in_force()["evidence-1"]) == (2, "draft", 1)
    publish_wording(draft, actor=acting("approver"))
    assert (draft.status, draft.drafted_by_number, draft.published_by_number) == ("published", "S-0172", "A-0039")
    assert _in_force()["evidence-1"] == 2
    events = Event.objects.filter(subject_type="wording.wording", subject_id=draft.pk).order_by("pk")
    assert [event.name for event in events] == ["wording.wording.drafted", "wording.wording.published"]


def test_whoever_wrote_it_cannot_publish_it(acting):
    draft = draft_wording(_text(), actor=acting("reviewer"))
    with pytest.raises(NotAllowed, match="You wrote this version"):
        publish_wording(draft, actor=acting("reviewer"))


def test_publishing_twice_is_a_conflict(acting):
    draft = draft_wording(_text(), actor=acting("reviewer"))
    publish_wording(draft, actor=acting("approver"))
    with pytest.raises(Conflict):
        publish_wording(DecisionWording.objects.get(pk=draft.pk), actor=acting("approver"))


@pytest.mark.parametrize("key", ["approver", "producer", "verifier", "importer"])
def test_only_stewards_write(acting, key):
    with pytest.raises(NotAllowed):
        draft_wording(_text(), actor=acting(key))


def test_what_does_not_fit_is_not_kept(acting):
    before = DecisionWording.objects.count()
    with pytest.raises(InvalidInput) as refusal:
        draft_wording(_text(text="{claim} and {colour", title=" "), actor=acting("reviewer"))
    assert [problem.code for problem in refusal.value.problems] == ["WRD-005", "WRD-001"]
    assert DecisionWording.objects.count() == before


def test_a_withdrawn_version_gives_way_to_the_one_before(acting):
    draft = draft_wording(_text(), actor=acting("reviewer"))
    publish_wording(draft, actor=acting("approver"))
    withdraw_wording(draft, actor=acting("reviewer"))
    assert _in_force()["evidence-1"] == 1
    with pytest.raises(Conflict):
        withdraw_wording(DecisionWording.objects.get(pk=draft.pk), actor=acting("reviewer"))


def test_a_version_counts_from_its_first_day(acting):
    tomorrow = clock.today() + timedelta(days=1)
    publish_wording(draft_wording(_text(valid_from=tomorrow), actor=acting("reviewer")), actor=acting("approver"))
    assert (_in_force()["evidence-1"], _in_force(on=tomorrow)["evidence-1"]) == (1, 2)


def test_a_text_of_one_scheme_is_not_offered_in_another(acting):
    made = draft_wording(_text(key="only-uk", scheme="uk-cbam"), actor=acting("reviewer"))
    publish_wording(made, actor=acting("approver"))
    assert ("only-uk" in _in_force(), "only-uk" in _in_force(scheme="uk-cbam")) == (False, True)


def test_published_words_never_change(world):
    row = DecisionWording.objects.filter(published_at__isnull=False).first()
    for change in ({"text": "Other words."}, {"published_by_number": "A-0001"}, {"valid_from": date(2020, 1, 1)}):
        with pytest.raises(DatabaseError, match="never change"), transaction.atomic():
            DecisionWording.objects.filter(pk=row.pk).update(**change)


def test_loading_again_adds_nothing_and_leaves_later_versions(acting):
    draft = draft_wording(_text(), actor=acting("reviewer"))
    assert load_wordings(actor=Actor.system("test"), officials=("R-0172", "A-0039")) == 0
    assert DecisionWording.objects.filter(key="evidence-1", language="en").latest("version").pk == draft.pk


def test_loading_takes_two_officials_and_the_server(acting):
    with pytest.raises(InvalidInput):
        load_wordings(actor=Actor.system("test"), officials=("A-0039", "A-0039"))
    with pytest.raises(NotAllowed):
        load_wordings(actor=acting("reviewer"), officials=("R-0172", "A-0039"))


def test_others_see_none(acting):
    assert wordings_for_officials(acting("approver")).exists()
    assert not wordings_for_officials(acting("producer")).exists()
