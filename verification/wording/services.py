"""Writing, publishing and withdrawing wordings: two people for every text that producers will read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max

from verification.accounts.models import Appointment
from verification.audit.actors import Actor
from verification.audit.services import record_event
from verification.kernel import clock
from verification.kernel.errors import Conflict, InvalidInput, NotAllowed, Problem
from verification.wording.models import DecisionWording
from verification.wording.placeholders import problems_of
from verification.wording.seeds import read_seeds

KEEPING_ROLES = ("steward", "approver")


@dataclass(frozen=True)
class WordingText:
    """What a version says. ``scheme`` and ``claim_kind`` empty: every scheme, every kind."""

    key: str
    language: str
    act: str
    title: str
    text: str
    legal_ground: str
    valid_from: date
    claim_kind: str = ""
    scheme: str = ""


@transaction.atomic
def draft_wording(content: WordingText, *, actor: Actor) -> DecisionWording:
    """A new version, not in force yet. Raises ``InvalidInput`` that names every brace which does not fit."""
    number = _number_of(actor, "steward")
    _demand_sound(content)
    row = _write(content, drafted_by_id=actor.id, number=number)
    _record("wording.wording.drafted", row, actor)
    return row


@transaction.atomic
def publish_wording(wording: DecisionWording, *, actor: Actor) -> DecisionWording:
    """The second person puts the version into force. Raises ``NotAllowed`` for whoever drafted it."""
    number = _number_of(actor, *KEEPING_ROLES)
    if str(wording.drafted_by_id) == actor.id or wording.drafted_by_number == number:
        raise NotAllowed("You wrote this version. A different official must publish it.")
    changed = DecisionWording.objects.filter(pk=wording.pk, published_at=None, withdrawn_at=None).update(
        published_by_id=actor.id, published_by_number=number, published_at=clock.now()
    )
    if changed != 1:
        raise Conflict("This version was published or withdrawn a moment ago. Nothing of yours was saved.")
    wording.refresh_from_db()
    _record("wording.wording.published", wording, actor)
    return wording


@transaction.atomic
def withdraw_wording(wording: DecisionWording, *, actor: Actor) -> DecisionWording:
    """Nobody can choose the version any more; decisions that used it keep their words."""
    _number_of(actor, "steward")
    changed = DecisionWording.objects.filter(pk=wording.pk, withdrawn_at=None).update(
        withdrawn_by_id=actor.id, withdrawn_at=clock.now()
    )
    if changed != 1:
        raise Conflict("This version was withdrawn a moment ago.")
    wording.refresh_from_db()
    _record("wording.wording.withdrawn", wording, actor)
    return wording


@transaction.atomic
def load_wordings(*, actor: Actor, officials: tuple[str, str], valid_from: date | None = None) -> int:
    """Keep the project's own texts, published by the two officials; how many were new.

    A text that is there in any version is left alone: what stewards wrote since stands.
    """
    if actor.kind != "system":
        raise NotAllowed("The project's own texts are loaded on the server.")
    first, second = (name.strip() for name in officials)
    if not first or not second or first == second:
        problem = Problem("block", "WRD-010", "Two different officials must be named.", "Name the second.")
        raise InvalidInput("Wordings are published by two different officials.", [problem])
    known = set(DecisionWording.objects.values_list("key", "language"))
    new = [seed for seed in read_seeds() if (seed["key"], seed["language"]) not in known]
    for seed in new:
        content = WordingText(valid_from=valid_from or clock.today(), **seed)
        _demand_sound(content)
        row = _write(content, drafted_by_id=None, number=first, published_by_number=second, published_at=clock.now())
        _record("wording.wording.published", row, actor)
    return len(new)


def _write(content: WordingText, *, drafted_by_id: str | None, number: str, **published: object) -> DecisionWording:
    standing = DecisionWording.objects.filter(key=content.key, language=content.language)
    row = DecisionWording(
        version=(standing.aggregate(newest=Max("version"))["newest"] or 0) + 1,
        drafted_by_id=drafted_by_id,
        drafted_by_number=number,
        drafted_at=clock.now(),
        **vars(content),
        **published,
    )
    row.save(force_insert=True)
    return row


def _demand_sound(content: WordingText) -> None:
    problems = [
        Problem("block", "WRD-005", "This is missing.", field=name)
        for name in ("key", "title", "text", "legal_ground")
        if not getattr(content, name).strip()
    ]
    problems += problems_of(content.text, claim_kind=content.claim_kind, act=content.act)
    if problems:
        raise InvalidInput("The wording was not kept.", problems)


def _number_of(actor: Actor, *roles: str) -> str:
    """The number under which the actor signs texts. Raises ``NotAllowed`` for people without one of the roles."""
    held = next((role for role in roles if actor.has_role(role)), None)
    if held is None:
        raise NotAllowed("Wordings are kept by stewards and published by a second steward or an approver.")
    return Appointment.objects.filter(user_id=actor.id, role=held).latest("valid_from").official_number


def _record(event: str, row: DecisionWording, actor: Actor) -> None:
    record_event(
        event,
        actor=actor,
        subject_type="wording.wording",
        subject_id=row.pk,
        facts={"key": row.key, "language": row.language, "version": row.version, "act": row.act},
    )
