"""Putting approved carbon price credits into force, replacing and ending them (Regulation (EU) 2023/956, Article 9)."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from verification.audit.actors import Actor
from verification.audit.services import record_event
from verification.determination import policy
from verification.determination.models import PriceCredit
from verification.determination.selectors import public_price_credits_known_at
from verification.determination.services import span_of_override
from verification.kernel import clock
from verification.kernel.errors import Conflict, InvalidInput, Problem
from verification.kernel.quantities import plain
from verification.kernel.spans import Span
from verification.reference.models import Scheme

_KEY = ("instrument", "instrument_country", "good_code", "category")
_RESTATED = (
    *_KEY, "installation_id", "scheme_id", "amount_per_tco2e", "amount_per_t", "see_tco2e_per_t", "currency",
    "claim_reference", "snapshot_sha256", "certificate_number", "reference",
)  # fmt: skip


@dataclass(frozen=True)
class PriceCreditTerms:
    """What was decided: money in ``currency`` per tCO2e of the good's embedded emissions and per tonne of good.

    Either ``good_code`` or ``category`` is given.
    """

    installation_code: str
    instrument: str
    instrument_country: str
    amount_per_tco2e: Decimal
    amount_per_t: Decimal
    see_tco2e_per_t: Decimal
    currency: str
    claim_reference: str
    snapshot_sha256: str
    decision_reference: str
    reference: str
    good_code: str = ""
    category: str = ""
    certificate_number: str = ""


@transaction.atomic
def open_price_credit(
    scheme: str, terms: PriceCreditTerms, *, reporting_year: int, actor: Actor
) -> tuple[PriceCredit, list[PriceCredit]]:
    """Put a credit into force, known from now on; also the credits of the same instrument that it replaces.

    Days of a replaced credit that the new one does not cover stay as they were. Raises ``NotAllowed``,
    ``InvalidInput``, and ``Conflict`` where one decision credits the same good twice.
    """
    policy.require_may_decide_overrides(actor)
    _check(terms)
    span, now = span_of_override(scheme, reporting_year), clock.now()
    replaced = _standing(scheme, terms, span)
    if any(row.decision_reference == terms.decision_reference for row in replaced):
        raise Conflict(f"The claim credits {terms.good_code or terms.category} twice.")
    for row in replaced:
        _close(row, now)
        for rest in Span(row.valid_from, row.valid_to).without(span):
            _restate(row, rest, now, row.decision_reference)
    stated = asdict(terms)
    credit = PriceCredit.objects.create(
        scheme=Scheme.objects.get(code=scheme),
        installation_id=stated.pop("installation_code"),
        valid_from=span.start,
        valid_to=span.end,
        known_from=now,
        continues=replaced[0] if replaced else None,
        **stated,
    )
    record_event(
        "determination.price_credit.opened",
        actor=actor,
        subject_type="determination.price_credit",
        subject_id=credit.pk,
        facts={
            "scheme": scheme,
            "installation": terms.installation_code,
            "instrument": terms.instrument,
            "good": terms.good_code or terms.category,
            "amount_per_tco2e": plain(terms.amount_per_tco2e),
            "amount_per_t": plain(terms.amount_per_t),
            "currency": terms.currency,
            "valid_from": span.start.isoformat(),
            "valid_to": span.end.isoformat() if span.end else None,
            "certificate": terms.certificate_number,
            "decision_reference": terms.decision_reference,
            "replaces": [str(row.pk) for row in replaced],
        },
    )
    return credit, replaced


@transaction.atomic
def end_price_credits(
    certificate_number: str, *, effective_on: date, decision_reference: str, actor: Actor
) -> list[PriceCredit]:
    """Revoke every credit of a certificate from a day on; earlier days stay. Returns what was ended.

    Answers for knowledge before now stay as they were. Raises ``NotAllowed``.
    """
    policy.require_may_decide_overrides(actor)
    now = clock.now()
    standing = list(public_price_credits_known_at(now).filter(certificate_number=certificate_number))
    ended = [row for row in standing if row.valid_to is None or effective_on < row.valid_to]
    for row in ended:
        _close(row, now)
        if effective_on > row.valid_from:
            _restate(row, Span(row.valid_from, effective_on), now, decision_reference)
        record_event(
            "determination.price_credit.ended",
            actor=actor,
            subject_type="determination.price_credit",
            subject_id=row.pk,
            facts={
                "effective_on": effective_on.isoformat(),
                "known_to": now.isoformat(),
                "decision_reference": decision_reference,
            },
        )
    return ended


def _check(terms: PriceCreditTerms) -> None:
    problems = []
    if bool(terms.good_code) == bool(terms.category):
        problems.append(Problem("block", "DET-003", "Name either a good or a category.", field="good_code"))
    for name in ("amount_per_tco2e", "amount_per_t", "see_tco2e_per_t"):
        if getattr(terms, name) < 0:
            problems.append(Problem("block", "DET-004", "A value below zero cannot be approved.", field=name))
    if problems:
        raise InvalidInput("The terms of the credit are not complete.", tuple(problems))


def _standing(scheme: str, terms: PriceCreditTerms, span: Span) -> list[PriceCredit]:
    known = public_price_credits_known_at(clock.now(), scheme=scheme, installation_code=terms.installation_code)
    same_key = known.filter(**{name: getattr(terms, name) for name in _KEY})
    return [row for row in same_key if Span(row.valid_from, row.valid_to).overlaps(span)]


def _close(credit: PriceCredit, instant: datetime) -> None:
    changed = PriceCredit.objects.filter(pk=credit.pk, known_to=None, known_from__lt=instant).update(known_to=instant)
    if changed != 1:
        raise Conflict(f"The credit {credit} is no longer in force; it was replaced or ended before.")
    credit.refresh_from_db()


def _restate(credit: PriceCredit, span: Span, known_from: datetime, decision_reference: str) -> PriceCredit:
    """The same credit for fewer days."""
    same = {name: getattr(credit, name) for name in _RESTATED}
    return PriceCredit.objects.create(
        **same,
        decision_reference=decision_reference,
        valid_from=span.start,
        valid_to=span.end,
        known_from=known_from,
        continues=credit,
    )
