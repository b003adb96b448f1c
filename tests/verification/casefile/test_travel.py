"""What was known then, what is known now, and what happened between."""

from __future__ import annotations

import io
import json
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from verification.audit.models import Event
from verification.casefile.travel import claim_as_known, claim_numbered, determination_as_known
from verification.certificates.models import Certificate
from verification.certificates.services.revocation import RevocationGrounds, confirm_revocation, propose_revocation
from verification.claims.enums import ClaimState
from verification.claims.models import Claim, Decision
from verification.claims.services import review
from verification.determination.models import Override
from verification.determination.services import question_for
from verification.kernel import clock

pytestmark = pytest.mark.db
MOMENT, SHORTLY = timedelta(microseconds=1), timedelta(seconds=1)


def then_of(claim: Claim, instant) -> dict[str, str]:
    return {fact.label: fact.then for fact in claim_as_known(claim, instant).facts}


def test_claim_is_in_the_state_of_each_of_its_steps(claim_at) -> None:
    claim = claim_at("Aliağa")
    steps = list(claim.steps.all())
    assert len(steps) > 3
    for step in steps:
        assert then_of(claim, step.at)["State"] == _label(step.to_state)
        assert then_of(claim, step.at - MOMENT)["State"] == _label(step.from_state)
    assert then_of(claim, claim.created_at - MOMENT)["State"] == "not started yet"


def _label(state: str) -> str:
    return str(ClaimState(state).label)


def test_numbers_evidence_and_people_are_those_of_the_instant(claim_at) -> None:
    claim = claim_at("Aliağa")
    sealed, decision = claim.snapshots.first(), Decision.objects.get(claim=claim)
    assert then_of(claim, sealed.sealed_at - MOMENT)["Sealed numbers"] == "none yet"
    assert then_of(claim, sealed.sealed_at)["Sealed numbers"] == f"1, SHA-256 {sealed.sha256}"
    assert then_of(claim, decision.decided_at)["Approver"] == str(decision.approver)
    assert then_of(claim, decision.decided_at - SHORTLY)["Approver"] == "–"
    use = claim.evidence.last()
    assert use.file.name in then_of(claim, use.attached_at)["Evidence"]
    assert use.file.name not in then_of(claim, use.attached_at - MOMENT)["Evidence"]


def test_release_leaves_no_reviewer(claim_at, acting) -> None:
    claim = claim_at("Silifke")
    review.take_claim(claim, actor=acting("reviewer"), has_no_conflict=True)
    taken_at = clock.now()
    review.release_claim(claim, actor=acting("reviewer"), reason="Ill.")
    assert then_of(claim, taken_at)["Reviewer"] == acting("reviewer").label
    assert then_of(claim, clock.now())["Reviewer"] == "–"


def test_question_is_open_until_it_is_answered(claim_at) -> None:
    claim = claim_at("Dilovası")
    question = claim.questions.first()
    assert then_of(claim, question.asked_at)["Question 1"].endswith("not answered yet")
    assert then_of(claim, question.asked_at - SHORTLY)["Question 1"] == "–"


def test_revocation_changes_what_is_known_from_then_on(claim_at, acting) -> None:
    claim = claim_at("Aliağa")
    override = Override.objects.filter(claim_reference=claim.number, known_to=None).first()
    question = question_for(
        "eu-cbam", override.good_code or "72083900", "TR", legal_date=override.valid_from,
        installation=override.installation_code, route=override.route, known_at=clock.now(),
    )  # fmt: skip
    before = question.known_at
    _revoke(claim, acting, override.valid_from)
    journey = determination_as_known(question)
    facts = {fact.label: fact for fact in journey.facts}
    assert (facts["Basis"].then, facts["Basis"].now) == ("verified", "default")
    assert journey.is_changed
    assert [each.name for each in journey.events if each.name.endswith("ended")] == ["determination.override.ended"] * (
        Override.objects.filter(claim_reference=claim.number, known_to__gt=before).count()
    )
    of_claim = claim_as_known(claim, before)
    changed = {fact.label: (fact.then, fact.now) for fact in of_claim.facts if fact.is_changed}
    assert changed["State"] == ("Approved", "Revoked")
    assert changed["Certificate"][1].endswith(f"revoked with effect from {override.valid_from}")
    assert changed["Approved values"][1] == "–"
    assert "certificates.certificate.revoked" in [each.name for each in of_claim.events]


def _revoke(claim: Claim, acting, effective_on) -> None:
    grounds = RevocationGrounds(
        reason="The weighbridge was wrong.", legal_ground="Article 8", effective_on=effective_on
    )
    proposal = propose_revocation(Certificate.objects.get(claim=claim), actor=acting("reviewer"), grounds=grounds)
    confirm_revocation(proposal, actor=acting("approver"))


def test_nothing_changed_between_now_and_now(claim_at) -> None:
    journey = claim_as_known(claim_at("Aliağa"), clock.now())
    assert (journey.is_changed, journey.events) == (False, ())


def test_drafts_are_not_found(claim_at, acting) -> None:
    draft, sent = claim_at("Karabük"), claim_at("Aliağa")
    actor = acting("approver")
    assert claim_numbered(actor, draft.number) is None
    assert (
        claim_numbered(actor, sent.number) == claim_numbered(actor, Certificate.objects.get(claim=sent).number) == sent
    )
    assert claim_numbered(acting("importer"), sent.number) is None


def test_command_tells_then_and_now(claim_at) -> None:
    claim = claim_at("Aliağa")
    said = io.StringIO()
    sent_at = claim.steps.get(name="submit").at
    call_command("as_known", sent_at.isoformat(), claim.number, "--json", stdout=said)
    told = json.loads(said.getvalue())
    (state,) = [fact for fact in told["facts"] if fact["label"] == "State"]
    assert (state["then"], state["now"]) == ("Sent", "Approved")
    later = Event.objects.filter(subject_id=str(claim.pk), at__gt=sent_at).values_list("sequence", flat=True)
    assert set(later) <= {event["sequence"] for event in told["events"]}


def test_command_answers_for_a_good(world: None) -> None:
    said = io.StringIO()
    arguments = ["--scheme", "eu-cbam", "--good", "72083900", "--origin", "TR", "--date", "2026-05-01"]
    call_command("as_known", "2027-03-15", *arguments, stdout=said)
    assert "Basis: default" in said.getvalue()
    said = io.StringIO()
    call_command("as_known", "2020-01-01", *arguments, stdout=said)
    assert "* Value: none" in said.getvalue()


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["2027-03-15"], 2),
        (["2027-03-15", "EC-2027-000001", "--good", "72083900"], 2),
        (["2027-03-15", "--good", "72083900"], 2),
        (["2027-03-15", "EC-1999-000001"], 1),
        (["2027-03-15", "--scheme", "eu-cbam", "--good", "72", "--origin", "TR"], 1),
    ],
)
def test_command_refuses_in_words(world: None, arguments: list[str], code: int) -> None:
    with pytest.raises(CommandError) as refusal:
        call_command("as_known", *arguments, stdout=io.StringIO(), stderr=io.StringIO())
    assert refusal.value.returncode == code
