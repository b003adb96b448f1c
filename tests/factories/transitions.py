"""Every transition of the table, ready to be made: a claim in its source state, and the service that makes it.

``claim_before`` brings one of the demonstration's claims to where the transition is possible; ``make`` goes through
the one door that the product has for it. A transition without an entry here fails the tests that are made of it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from portal.ui.demonstration import person
from tests.factories.deciding import ruling_on
from tests.factories.units import make_sendable_unit_claim
from verification.accounts.models import User
from verification.audit.actors import Actor
from verification.certificates.selectors import certificate_of
from verification.certificates.services.approval import approve_claim
from verification.certificates.services.expiry import act_on_expiry
from verification.certificates.services.revocation import RevocationGrounds, confirm_revocation, propose_revocation
from verification.claims.enums import PreCheckOutcome, RecommendationKind
from verification.claims.findings import last_snapshot, open_findings
from verification.claims.models import Claim
from verification.claims.parts import KEY
from verification.claims.services import deciding, pre_checks, producer, review
from verification.claims.services.appeals import lodge_appeal
from verification.claims.services.deadlines import act_on_deadlines
from verification.claims.services.transitions import move
from verification.kernel import clock
from verification.kernel.clock import wall_now
from verification.reference.selectors import procedure_of
from verification.registry.selectors import actor_for

SYSTEM = "system"
REASON = "It is as the records say."


@dataclass(frozen=True)
class Ready:
    """``by``: people of the demonstration who may make it, the first as the tests do."""

    by: tuple[str, ...]
    claim_before: Callable[[], Claim]
    make: Callable[[Claim, Actor], object]


def someone(key: str) -> Actor:
    """A person of the demonstration with a fresh second factor, or the portal itself."""
    if key == SYSTEM:
        return Actor.system("test")
    return actor_for(User.objects.get(email=person(key).email), second_factor_at=wall_now())


def move_clock(day: date) -> None:
    clock.demonstrate(clock.Demonstration(starts_on=day, anchored_on=wall_now().date()))


def claim_of(city: str) -> Claim:
    return Claim.objects.select_related("organisation", "installation").get(installation__city=city)


def standing_at(city: str) -> Callable[[], Claim]:
    return lambda: claim_of(city)


def unit_draft() -> Claim:
    """Of the producer, so that it is the claimant of every claim here."""
    return make_sendable_unit_claim(claim_of("Aliağa").organisation, someone("producer"))


def asked_in_advance() -> Claim:
    claim = unit_draft()
    pre_checks.ask_pre_check(claim, actor=someone("producer"))
    return claim


def examined() -> Claim:
    """In review, with an answer to each finding."""
    claim = claim_of("Gemlik")
    _answer_findings(claim, "reviewer")
    return claim


def heard(*, is_commented: bool = False) -> Claim:
    claim = claim_of("Gebze")
    deciding.draft_refusal(claim, actor=someone("approver"), ruling=ruling_on(claim))
    if is_commented:
        deciding.comment_on_draft(claim, actor=someone("producer"), comment=REASON)
    return claim


def heard_too_late() -> Claim:
    claim = heard()
    move_clock(claim.draft_decisions.get().comment_due_on + timedelta(days=1))
    return claim


def recommended_in_part() -> Claim:
    claim = claim_of("Gebze")
    review.send_back(claim, actor=someone("approver"), reason=REASON)
    good = json.loads(last_snapshot(claim).content)["reading"]["goods"][0]
    left_out = [{name: good.get(name) for name in KEY} | {"reason": REASON}]
    review.recommend(
        claim, actor=someone("reviewer"), kind=RecommendationKind.IN_PART, reasons=REASON, left_out=left_out
    )
    return claim


def unanswered() -> Claim:
    """Reminded, and one day too late."""
    claim = claim_of("Dilovası")
    due_on = claim.questions.get().due_on
    move_clock(due_on)
    act_on_deadlines()
    move_clock(due_on + timedelta(days=1))
    claim.refresh_from_db()
    return claim


def appealed(city: str) -> Claim:
    claim = claim_of(city)
    lodge_appeal(claim, actor=someone("producer"), grounds=REASON)
    return claim


def appeal_taken(city: str = "Sivas") -> Claim:
    claim = appealed(city)
    review.take_claim(claim, actor=someone("lead"), has_no_conflict=True)
    return claim


def appeal_unanswered() -> Claim:
    claim = appeal_taken()
    review.ask_producer(claim, actor=someone("lead"), questions=[review.Asking("Which laboratory?")])
    move_clock(claim.questions.get().due_on + timedelta(days=1))
    return claim


def appeal_recommended(city: str) -> Claim:
    claim = appeal_taken(city)
    _answer_findings(claim, "lead")
    review.recommend(claim, actor=someone("lead"), kind=RecommendationKind.REFUSE, reasons=REASON)
    return claim


def past_its_use() -> Claim:
    claim = claim_of("Aliağa")
    move_clock(procedure_of(claim.scheme).last_use_on(claim.period_end) + timedelta(days=1))
    return claim


def revocation_proposed() -> Claim:
    claim = claim_of("Aliağa")
    certificate = certificate_of(claim)
    grounds = RevocationGrounds(REASON, "Article 19", certificate.valid_from)
    propose_revocation(certificate, actor=someone("reviewer"), grounds=grounds)
    return claim


def _answer_findings(claim: Claim, key: str) -> None:
    for finding in open_findings(claim):
        review.answer_finding(claim, actor=someone(key), finding_key=finding.key, text=REASON)


def _answer(claim: Claim, actor: Actor) -> Claim:
    return producer.answer_questions(claim, actor=actor, answers={claim.questions.get().number: REASON})


def _revoke(claim: Claim, actor: Actor) -> object:
    return confirm_revocation(certificate_of(claim).revocation_proposals.latest("pk"), actor=actor)


def _reassign(claim: Claim, actor: Actor) -> Claim:
    lead = User.objects.get(email=person("lead").email)
    return review.reassign_claim(claim, actor=actor, to=lead, reason=REASON)


def _daily(name: str, work: Callable[[], object]) -> Callable[[Claim, Actor], object]:
    """The day's work has no actor to pretend to be; whoever is not the portal has only the bare step to try."""

    def make(claim: Claim, actor: Actor) -> object:
        if actor.kind == "system":
            return work()
        with transaction.atomic():
            return move(claim, name, actor)

    return make


def _bare(name: str) -> Callable[[Claim, Actor], object]:
    """A step inside another use case: an approval supersedes."""

    def make(claim: Claim, actor: Actor) -> object:
        with transaction.atomic():
            return move(claim, name, actor)

    return make


def _no_conflict(act: Callable[..., object]) -> Callable[[Claim, Actor], object]:
    return lambda claim, actor: act(claim, actor=actor, has_no_conflict=True)


def _ruled(act: Callable[..., object]) -> Callable[[Claim, Actor], object]:
    return lambda claim, actor: act(claim, actor=actor, ruling=ruling_on(claim))


def _recommend(claim: Claim, actor: Actor) -> object:
    return review.recommend(claim, actor=actor, kind=RecommendationKind.APPROVE, reasons=REASON)


def _answer_in_advance(claim: Claim, actor: Actor) -> object:
    outcome = PreCheckOutcome.WOULD_BE_ACCEPTED
    return pre_checks.answer_pre_check(claim, actor=actor, outcome=outcome, text=REASON)


CLAIMANT, HOLDER, EXAMINERS, DECIDERS = ("producer",), ("reviewer",), ("reviewer", "lead"), ("approver", "judge")
READY: dict[str, Ready] = {
    "ask_pre_check": Ready(CLAIMANT, unit_draft, lambda claim, actor: pre_checks.ask_pre_check(claim, actor=actor)),
    "answer_pre_check": Ready(EXAMINERS, asked_in_advance, _answer_in_advance),
    "take_back_pre_check": Ready(
        CLAIMANT, asked_in_advance, lambda claim, actor: pre_checks.take_back_pre_check(claim, actor=actor)
    ),
    "submit": Ready(
        CLAIMANT, unit_draft, lambda claim, actor: producer.submit_claim(claim, actor=actor, has_declared=True)
    ),
    "withdraw": Ready(
        CLAIMANT,
        standing_at("Silifke"),
        lambda claim, actor: producer.withdraw_claim(claim, actor=actor, reason=REASON),
    ),
    "take": Ready(EXAMINERS, standing_at("Silifke"), _no_conflict(review.take_claim)),
    "release": Ready(HOLDER, examined, lambda claim, actor: review.release_claim(claim, actor=actor, reason=REASON)),
    "ask": Ready(
        HOLDER,
        examined,
        lambda claim, actor: review.ask_producer(claim, actor=actor, questions=[review.Asking("Which meter?")]),
    ),
    "answer": Ready(CLAIMANT, standing_at("Dilovası"), _answer),
    "recommend": Ready(HOLDER, examined, _recommend),
    "send_back": Ready(
        DECIDERS,
        standing_at("Gebze"),
        lambda claim, actor: review.send_back(claim, actor=actor, reason=REASON),
    ),
    "approve": Ready(DECIDERS, standing_at("Gebze"), _ruled(approve_claim)),
    "approve_in_part": Ready(DECIDERS, recommended_in_part, _ruled(approve_claim)),
    "refuse": Ready(DECIDERS, lambda: heard(is_commented=True), _ruled(deciding.refuse_claim)),
    "draft_refusal": Ready(DECIDERS, standing_at("Gebze"), _ruled(deciding.draft_refusal)),
    "comment": Ready(
        CLAIMANT, heard, lambda claim, actor: deciding.comment_on_draft(claim, actor=actor, comment=REASON)
    ),
    "close_hearing": Ready((SYSTEM,), heard_too_late, lambda claim, actor: deciding.close_hearing(claim, actor=actor)),
    "lapse": Ready((SYSTEM,), unanswered, _daily("lapse", act_on_deadlines)),
    "resume": Ready((SYSTEM,), appeal_unanswered, _daily("resume", act_on_deadlines)),
    "reassign": Ready(("lead",), examined, _reassign),
    "reassign_waiting": Ready(("lead",), standing_at("Dilovası"), _reassign),
    "expire": Ready((SYSTEM,), past_its_use, _daily("expire", act_on_expiry)),
    "supersede": Ready((SYSTEM,), standing_at("Aliağa"), _bare("supersede")),
    "revoke": Ready(DECIDERS, revocation_proposed, _revoke),
    "appeal": Ready(
        CLAIMANT, standing_at("Sivas"), lambda claim, actor: lodge_appeal(claim, actor=actor, grounds=REASON)
    ),
    "take_appeal": Ready(("lead",), lambda: appealed("Sivas"), _no_conflict(review.take_claim)),
    "release_appeal": Ready(
        ("lead",), appeal_taken, lambda claim, actor: review.release_claim(claim, actor=actor, reason=REASON)
    ),
    "uphold_refusal": Ready(("judge",), lambda: appeal_recommended("Sivas"), _ruled(deciding.dismiss_appeal)),
    "uphold_revocation": Ready(("judge",), lambda: appeal_recommended("İskenderun"), _ruled(deciding.dismiss_appeal)),
}
