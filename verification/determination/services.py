"""Putting approved values into force, replacing and ending them; asking which value applies."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from verification.audit.actors import Actor
from verification.audit.services import record_event
from verification.determination import policy
from verification.determination.engine import Determination, Question, determine
from verification.determination.models import Override
from verification.determination.selectors import overrides_for_engine, public_overrides_known_at
from verification.determination.snapshot import snapshot_of
from verification.kernel import clock
from verification.kernel.errors import Conflict, InvalidInput, MissingReference, Problem
from verification.kernel.quantities import plain
from verification.kernel.spans import Span
from verification.reference.models import Scheme
from verification.reference.selectors import published_release

_KEY = ("installation_id", "good_code", "category", "route", "variant")
_RESTATED = (
    *_KEY, "scheme_id", "see_direct", "see_indirect", "see_total", "unit", "verified_quantity_t", "claim_reference",
    "snapshot_sha256", "certificate_number", "reference",
)  # fmt: skip


@dataclass(frozen=True)
class OverrideTerms:
    """What was decided: values in ``unit`` (tCO2e per functional unit), quantity in tonnes, and the grounds.

    Either ``good_code`` or ``category`` is given.
    """

    installation_code: str
    see_direct: Decimal
    see_total: Decimal
    unit: str
    claim_reference: str
    snapshot_sha256: str
    decision_reference: str
    reference: str
    see_indirect: Decimal | None = None
    good_code: str = ""
    category: str = ""
    route: str = ""
    variant: str = ""
    verified_quantity_t: Decimal | None = None
    certificate_number: str | None = None


def span_of_override(scheme: str, reporting_year: int) -> Span:
    """The legal dates that a report covers, by the rule of the scheme's pack.

    ``imported_in_reporting_year``: a report for year Y covers goods imported in Y (Implementing
    Regulation (EU) 2025/2547, Article 7). Raises ``MissingReference`` for a rule not known here.
    """
    rule = published_release(scheme).definition["rules"].get("override_span", {}).get("value")
    if rule != "imported_in_reporting_year":
        raise MissingReference(f"{scheme} gives no rule for the span of an approved value that is known here: {rule}.")
    return Span.year(reporting_year)


@transaction.atomic
def open_override(scheme: str, terms: OverrideTerms, *, reporting_year: int, actor: Actor) -> Override:
    """Put an approved value into force, known from now on.

    Raises ``NotAllowed``, ``InvalidInput``, and ``Conflict`` where another approved value holds for
    the same key on one of the days: that one must be superseded.
    """
    policy.require_may_decide_overrides(actor)
    _check_terms(terms)
    span = span_of_override(scheme, reporting_year)
    standing = _standing_for_key(scheme, terms, span)
    if standing:
        raise Conflict(f"An approved value holds already: {standing[0]}. Supersede it.")
    return _insert(scheme, terms, span, clock.now(), actor, continues=None)


@transaction.atomic
def supersede_override(previous: Override, terms: OverrideTerms, *, reporting_year: int, actor: Actor) -> Override:
    """Replace an approved value from now on; days of it that the new one does not cover stay as they were.

    Raises ``NotAllowed``, ``InvalidInput``, ``Conflict`` where ``previous`` is no longer in force.
    """
    policy.require_may_decide_overrides(actor)
    _check_terms(terms)
    scheme = previous.scheme.code
    span = span_of_override(scheme, reporting_year)
    now = clock.now()
    _close(previous, now)
    for rest in Span(previous.valid_from, previous.valid_to).without(span):
        _restate(previous, rest, now, previous.decision_reference)
    standing = _standing_for_key(scheme, terms, span)
    if standing:
        raise Conflict(f"Another approved value holds already: {standing[0]}. Supersede that one first.")
    return _insert(scheme, terms, span, now, actor, continues=previous)


@transaction.atomic
def end_override(override: Override, *, effective_on: date, decision_reference: str, actor: Actor) -> Override | None:
    """Revoke from ``effective_on``; answers for knowledge before now stay as they were.

    Returns the shortened successor that keeps the days before ``effective_on``, or ``None`` where the
    revocation reaches back to the first day. Raises ``NotAllowed``, ``InvalidInput`` where the date
    lies after the last day, ``Conflict`` where the value is no longer in force.
    """
    policy.require_may_decide_overrides(actor)
    if override.valid_to is not None and effective_on >= override.valid_to:
        message = f"The value holds only until {override.valid_to}; there is nothing to end on {effective_on}."
        raise InvalidInput(
            message, (Problem("block", "DET-001", message, "Choose an earlier day.", field="effective_on"),)
        )
    now = clock.now()
    _close(override, now)
    successor = None
    if effective_on > override.valid_from:
        successor = _restate(override, Span(override.valid_from, effective_on), now, decision_reference)
    record_event(
        "determination.override.ended",
        actor=actor,
        subject_type="determination.override",
        subject_id=override.pk,
        facts={
            "effective_on": effective_on.isoformat(),
            "known_to": now.isoformat(),
            "decision_reference": decision_reference,
            "successor": str(successor.pk) if successor else None,
        },
    )
    return successor


def question_for(
    scheme: str, good: str, origin: str, *, legal_date: date | None = None, known_at: datetime | None = None,
    installation: str = "", route: str = "", variant: str = "", quantity_t: Decimal | None = None,
    nomenclature_year: int | None = None,
) -> Question:  # fmt: skip
    """A question from what people type: spaces in codes and small letters are forgiven.

    Dates default to today and now. Raises ``InvalidInput`` for a code that has not eight or ten digits.
    """
    digits = "".join(good.split())
    if not (digits.isascii() and digits.isdigit()) or len(digits) not in (8, 10):
        message = (
            f"{good!r} is not a code of the nomenclature; write its eight digits, or ten with the TARIC subdivision."
        )
        raise InvalidInput(message, (Problem("block", "DET-002", message, field="good", found=good),))
    return Question(
        scheme=scheme,
        good=digits,
        origin=origin.strip().upper(),
        legal_date=legal_date or clock.today(),
        known_at=known_at or clock.now(),
        nomenclature_year=nomenclature_year,
        variant=variant.strip().lower(),
        installation=installation.strip(),
        route=route.strip(),
        quantity_t=quantity_t,
    )


def determine_question(question: Question) -> Determination:
    """Which value applies, from the release and the approved values known at the question's instant.

    Raises ``MissingReference`` where no release had been published by then, or a mark-up is missing.
    """
    snapshot = snapshot_of(published_release(question.scheme, question.known_at))
    overrides = overrides_for_engine(question.scheme, [question.installation]) if question.installation else {}
    return determine(question, snapshot.tables, overrides, snapshot.parameters)


def _check_terms(terms: OverrideTerms) -> None:
    problems = []
    if bool(terms.good_code) == bool(terms.category):
        problems.append(Problem("block", "DET-003", "Name either a good or a category.", field="good_code"))
    for name in ("see_direct", "see_indirect", "see_total", "verified_quantity_t"):
        value = getattr(terms, name)
        if value is not None and value < 0:
            problems.append(Problem("block", "DET-004", "A value below zero cannot be approved.", field=name))
    if problems:
        raise InvalidInput("The terms of the approved value are not complete.", tuple(problems))


def _standing_for_key(scheme: str, terms: OverrideTerms, span: Span) -> list[Override]:
    known = public_overrides_known_at(clock.now(), scheme=scheme, installation_code=terms.installation_code)
    same_key = known.filter(
        good_code=terms.good_code, category=terms.category, route=terms.route, variant=terms.variant
    )
    return [row for row in same_key if Span(row.valid_from, row.valid_to).overlaps(span)]


def _insert(
    scheme: str, terms: OverrideTerms, span: Span, known_from: datetime, actor: Actor, continues: Override | None
) -> Override:
    stated = asdict(terms)
    override = Override.objects.create(
        scheme=Scheme.objects.get(code=scheme),
        installation_id=stated.pop("installation_code"),
        valid_from=span.start,
        valid_to=span.end,
        known_from=known_from,
        continues=continues,
        **stated,
    )
    record_event(
        "determination.override.superseded" if continues else "determination.override.opened",
        actor=actor,
        subject_type="determination.override",
        subject_id=override.pk,
        facts={
            "scheme": scheme,
            "installation": terms.installation_code,
            "good": terms.good_code or terms.category,
            "see_direct": plain(terms.see_direct),
            "see_total": plain(terms.see_total),
            "unit": terms.unit,
            "valid_from": span.start.isoformat(),
            "valid_to": span.end.isoformat() if span.end else None,
            "certificate": terms.certificate_number,
            "decision_reference": terms.decision_reference,
            "continues": str(continues.pk) if continues else None,
        },
    )
    return override


def _close(override: Override, instant: datetime) -> None:
    changed = Override.objects.filter(pk=override.pk, known_to=None, known_from__lt=instant).update(known_to=instant)
    if changed != 1:
        raise Conflict(f"The approved value {override} is no longer in force; it was replaced or ended before.")
    override.refresh_from_db()


def _restate(override: Override, span: Span, known_from: datetime, decision_reference: str) -> Override:
    """The same value for fewer days."""
    same = {name: getattr(override, name) for name in _RESTATED}
    return Override.objects.create(
        **same,
        decision_reference=decision_reference,
        valid_from=span.start,
        valid_to=span.end,
        known_from=known_from,
        continues=override,
    )
