"""A claim, the values it put into force and an answer of the engine, as they were known at any instant.

Everything here is read from rows that say since when they hold; nothing is computed back.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from verification.audit.actors import Actor
from verification.audit.models import Event
from verification.casefile.policy import View
from verification.casefile.selectors import events_about, subjects_of
from verification.casefile.telling import Told, told
from verification.certificates.models import Certificate
from verification.claims.enums import ClaimState, EngagementState
from verification.claims.models import Claim, ClaimEvidence, Decision, Question, Step, VerificationStatement
from verification.claims.selectors import claims_for
from verification.determination.engine import Determination
from verification.determination.engine import Question as GoodQuestion
from verification.determination.models import Override, PriceCredit
from verification.determination.services import determine_question
from verification.kernel import clock
from verification.kernel.errors import MissingReference
from verification.kernel.quantities import plain
from verification.reference.models import Release

NOT_KNOWN = "–"
MOST_EVENTS = 200
GIVING_BACK = frozenset({"release", "release_appeal", "appeal"})
HANDS = GIVING_BACK | {"take", "take_appeal", "reassign", "reassign_waiting"}
"""Steps in which a claim changes hands among officials."""


@dataclass(frozen=True)
class Fact:
    """One thing that can be known: what it was then and what it is now."""

    label: str
    then: str
    now: str

    @property
    def is_changed(self) -> bool:
        return self.then != self.now


@dataclass(frozen=True)
class Journey:
    """``facts`` at the instant and now, and what happened between; the newest events where there are too many."""

    instant: datetime
    now: datetime
    facts: tuple[Fact, ...]
    events: tuple[Told, ...]
    has_more_events: bool = False

    @property
    def is_changed(self) -> bool:
        return any(fact.is_changed for fact in self.facts)


def claim_numbered(actor: Actor, number: str) -> Claim | None:
    """A claim that was sent, by its own number or by that of its certificate."""
    sent = claims_for(actor).exclude(submitted_at=None).select_related("created_by")
    return sent.filter(Q(number=number) | Q(certificates__number=number)).distinct().first()


def claim_as_known(claim: Claim, instant: datetime) -> Journey:
    now = clock.now()
    between = events_about(claim, subjects_of(claim)).filter(at__gt=instant, at__lte=now)
    return _journey(instant, now, dict(_facts_of(claim, instant)), dict(_facts_of(claim, now)), list(_last(between)))


def determination_as_known(question: GoodQuestion) -> Journey:
    """The answer as known at the question's instant and now, with the releases and approvals between."""
    then, now = question.known_at, clock.now()
    releases = Release.objects.filter(scheme__code=question.scheme, published_at__gt=then, published_at__lte=now)
    overrides = Override.objects.filter(scheme__code=question.scheme, installation_id=question.installation)
    about = _about("reference.release", releases) | _about("determination.override", overrides)
    between = Event.objects.filter(about, at__gt=then, at__lte=now).order_by("sequence")
    return _journey(then, now, _answer(question), _answer(replace(question, known_at=now)), list(_last(between)))


def _journey(
    instant: datetime, now: datetime, then_facts: dict[str, str], now_facts: dict[str, str], events: list[Event]
) -> Journey:
    labels = [*then_facts, *(label for label in now_facts if label not in then_facts)]
    facts = (Fact(label, then_facts.get(label, NOT_KNOWN), now_facts.get(label, NOT_KNOWN)) for label in labels)
    shown = events[-MOST_EVENTS:]
    return Journey(instant, now, tuple(facts), tuple(told(shown, View.OFFICIALS)), len(events) > MOST_EVENTS)


def _about(subject_type: str, rows: QuerySet[Any]) -> Q:
    return Q(subject_type=subject_type, subject_id__in=[str(pk) for pk in rows.values_list("pk", flat=True)])


def _last(events: Any) -> list[Event]:
    return list(events.order_by("-sequence")[: MOST_EVENTS + 1])[::-1]


def _facts_of(claim: Claim, instant: datetime) -> Iterator[tuple[str, str]]:
    if claim.created_at > instant:
        yield _("State"), _("not started yet")
        return
    yield _("State"), _state(claim, instant)
    yield from _sealed(claim, instant)
    yield _("Evidence"), _list(_evidence(claim, instant))
    yield from _people(claim, instant)
    yield from _questions(claim, instant)
    for decision in _decisions(claim, instant):
        yield _("Decision"), f"{decision.number}, {decision.get_outcome_display()}, {decision.decided_at:%Y-%m-%d}"
    yield _("Certificate"), _certificate(claim, instant)
    yield _("Approved values"), _list(_overrides(claim, instant))
    credits = _list(_price_credits(claim, instant))
    if credits != NOT_KNOWN:
        yield _("Carbon price credits"), credits


def _state(claim: Claim, instant: datetime) -> str:
    step = claim.steps.filter(at__lte=instant).order_by("claim_version").last()
    return str(ClaimState(step.to_state).label if step else ClaimState.DRAFT.label)


def _sealed(claim: Claim, instant: datetime) -> Iterator[tuple[str, str]]:
    snapshot = claim.snapshots.filter(sealed_at__lte=instant).order_by("number").last()
    if snapshot is None:
        yield _("Sealed numbers"), _("none yet")
        return
    yield _("Sealed numbers"), f"{snapshot.number}, SHA-256 {snapshot.sha256}"
    content = json.loads(snapshot.content)
    for good in (content.get("reading") or {}).get("goods") or []:
        value = good.get("see_applicable")
        if value is not None:
            name = " ".join(filter(None, (good.get("cn"), good.get("variant"), good.get("process"))))
            yield (
                _("Specific embedded emissions of %(good)s") % {"good": name},
                f"{value} tCO2e/{good.get('unit', 't')}",
            )
    if "channel" in content:
        yield _("Units offered, tonnes"), str(sum(int(block["quantity"]) for block in content["blocks"]))


def _evidence(claim: Claim, instant: datetime) -> list[str]:
    standing = Q(removed_at=None) | Q(removed_at__gt=instant)
    uses = ClaimEvidence.objects.filter(standing, claim=claim, attached_at__lte=instant).select_related("file")
    return [f"{use.file.name} ({use.get_purpose_display()})" for use in uses]


def _people(claim: Claim, instant: datetime) -> Iterator[tuple[str, str]]:
    changed = claim.steps.filter(at__lte=instant, name__in=HANDS).select_related("second_actor")
    yield _("Reviewer"), _holder(changed.order_by("claim_version").last())
    for decision in _decisions(claim, instant):
        yield _("Approver"), str(decision.approver)
    invited = claim.engagements.filter(invited_at__lte=instant).select_related("verifier").order_by("invited_at", "pk")
    standing = [each for each in invited if each.state != EngagementState.REPLACED or _closed_later(each, instant)]
    if standing:
        yield _("Verifier"), standing[-1].verifier.name
    statement = (
        VerificationStatement.objects.filter(engagement__claim=claim, signed_at__lte=instant)
        .order_by("signed_at")
        .last()
    )
    if statement is not None:
        yield _("Verifier’s opinion"), f"{statement.get_opinion_display()}, {statement.signed_at:%Y-%m-%d}"


def _holder(step: Step | None) -> str:
    """Who has the claim after the last step in which it changed hands."""
    if step is None or step.name in GIVING_BACK:
        return NOT_KNOWN
    return str(step.second_actor) if step.second_actor else step.actor_label


def _decisions(claim: Claim, instant: datetime) -> QuerySet[Decision]:
    """Known by then, the latest last: what it says stands."""
    known = Decision.objects.filter(claim=claim, decided_at__lte=instant)
    return known.select_related("approver").order_by("decided_at")


def _closed_later(engagement: Any, instant: datetime) -> bool:
    return engagement.closed_at is None or engagement.closed_at > instant


def _questions(claim: Claim, instant: datetime) -> Iterator[tuple[str, str]]:
    for question in Question.objects.filter(claim=claim, asked_at__lte=instant).order_by("number"):
        is_answered = question.answered_at is not None and question.answered_at <= instant
        answer = question.answer if is_answered else _("not answered yet")
        yield _("Question %(number)s") % {"number": question.number}, f"{question.text} – {answer}"


def _certificate(claim: Claim, instant: datetime) -> str:
    certificate = (
        Certificate.objects.filter(claim=claim, issued_at__lte=instant)
        .select_related("superseded_by", "revocation")
        .order_by("issued_at")
        .last()
    )
    if certificate is None:
        return NOT_KNOWN
    revocation = getattr(certificate, "revocation", None)
    if revocation is not None and revocation.revoked_at <= instant:
        return f"{certificate.number}, " + _("revoked with effect from %(day)s") % {"day": revocation.effective_on}
    if certificate.superseded_at is not None and certificate.superseded_at <= instant:
        return f"{certificate.number}, " + _("replaced by %(number)s") % {"number": certificate.superseded_by}
    return f"{certificate.number}, " + _("valid")


def _overrides(claim: Claim, instant: datetime) -> list[str]:
    held = Q(known_to=None) | Q(known_to__gt=instant)
    rows = Override.objects.filter(held, claim_reference=claim.number, known_from__lte=instant)
    return [
        f"{row.good_code or row.category} {row.route}: {plain(row.see_total)} {row.unit}, "
        f"{_span(row.valid_from, row.valid_to)}"
        for row in rows.order_by("good_code", "category", "route", "valid_from")
    ]


def _price_credits(claim: Claim, instant: datetime) -> list[str]:
    held = Q(known_to=None) | Q(known_to__gt=instant)
    rows = PriceCredit.objects.filter(held, claim_reference=claim.number, known_from__lte=instant)
    return [
        f"{row.good_code or row.category}: {plain(row.amount_per_t)} {row.currency}/t, "
        f"{_span(row.valid_from, row.valid_to)}"
        for row in rows.order_by("good_code", "category", "instrument", "valid_from")
    ]


def _span(start: date, end: date | None) -> str:
    return f"{start} – {end}" if end else _("from %(day)s") % {"day": start}


def _list(texts: list[str]) -> str:
    return "; ".join(texts) or NOT_KNOWN


def _answer(question: GoodQuestion) -> dict[str, str]:
    try:
        answer: Determination = determine_question(question)
    except MissingReference as missing:
        return {_("Value"): _("none"), _("Why"): str(missing)}
    value = f"{plain(answer.value)} {answer.unit}" if answer.value is not None else _("none")
    facts = {
        _("Value"): value,
        _("Basis"): answer.basis,
        _("Rule"): answer.rung,
        _("Edition"): answer.edition,
        _("Reference"): answer.reference,
        _("Certificate"): answer.certificate,
        _("Why"): answer.reason,
        _("Tables, SHA-256"): answer.tables_sha256,
    }
    return {label: text or NOT_KNOWN for label, text in facts.items()}
