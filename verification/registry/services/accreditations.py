"""Verifiers' accreditations and the measures on them, entered by stewards."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from django.db import transaction

from verification.audit.actors import Actor
from verification.audit.services import record_event
from verification.kernel import clock
from verification.kernel.errors import InvalidInput, NotAllowed, Problem
from verification.registry.enums import AccreditationMeasureKind
from verification.registry.models import Accreditation, AccreditationMeasure, Organisation
from verification.registry.services.calendar import same_day_later

ACCREDITATION_YEARS = 5


@transaction.atomic
def record_accreditation(
    organisation: Organisation,
    *,
    actor: Actor,
    body: str,
    body_country: str,
    number: str,
    sectors: Sequence[str],
    valid_from: date,
    valid_to: date,
) -> Accreditation:
    """Enter an accreditation that a steward has seen. At most five years (2025/2551, Article 6).

    ``valid_to`` is the first day on which it no longer holds. Raises ``InvalidInput`` naming each
    field, ``NotAllowed``.
    """
    if not (actor.has_role("steward") or actor.kind == "system"):
        raise NotAllowed("Accreditations are entered by a steward.")
    if not organisation.is_verifier:
        raise NotAllowed("Only verifiers have accreditations.")
    problems = list(_accreditation_problems(body, number, sectors, valid_from, valid_to))
    if problems:
        raise InvalidInput("The accreditation was not recorded.", problems)
    accreditation = Accreditation(
        organisation=organisation,
        body=body,
        body_country=body_country,
        number=number,
        sectors=sorted(sectors),
        valid_from=valid_from,
        valid_to=valid_to,
    )
    accreditation.save(force_insert=True)
    record_event(
        "registry.accreditation.recorded",
        actor=actor,
        subject_type="organisation",
        subject_id=organisation.pk,
        facts={"number": number, "body": body, "sectors": sorted(sectors), "valid_to": valid_to.isoformat()},
    )
    return accreditation


@transaction.atomic
def record_accreditation_measure(
    accreditation: Accreditation, kind: AccreditationMeasureKind, *, effective_on: date, reason: str, actor: Actor
) -> AccreditationMeasure:
    """Enter a suspension, reinstatement or withdrawal, effective from a day (2025/2551, Article 9).

    Measures follow each other: a withdrawal is the last, and only what is suspended is reinstated.
    Raises ``InvalidInput`` naming the field, ``NotAllowed``.
    """
    if not (actor.has_role("steward") or actor.kind == "system"):
        raise NotAllowed("Measures on accreditations are entered by a steward.")
    Accreditation.objects.select_for_update().get(pk=accreditation.pk)
    problems = list(_measure_problems(accreditation, kind, effective_on))
    if problems:
        raise InvalidInput("The measure was not recorded.", problems)
    measure = AccreditationMeasure(
        accreditation=accreditation, kind=kind, effective_on=effective_on, reason=reason, recorded_at=clock.now()
    )
    measure.save(force_insert=True)
    record_event(
        f"registry.accreditation.{kind}",
        actor=actor,
        subject_type="organisation",
        subject_id=accreditation.organisation_id,
        facts={"number": accreditation.number, "effective_on": effective_on.isoformat(), "reason": reason},
    )
    return measure


def _accreditation_problems(
    body: str, number: str, sectors: Sequence[str], valid_from: date, valid_to: date
) -> Iterator[Problem]:
    if not sectors:
        yield Problem("block", "REG-012", "An accreditation covers at least one sector.", field="sectors")
    if valid_to <= valid_from:
        yield Problem("block", "REG-011", "An accreditation ends after it starts.", field="valid_to")
    elif valid_to > same_day_later(valid_from, ACCREDITATION_YEARS):
        yield Problem("block", "REG-010", "An accreditation lasts at most five years.", field="valid_to")
    if Accreditation.objects.filter(body=body, number=number).exists():
        yield Problem(
            "block",
            "REG-013",
            "An accreditation of this body with this number is recorded already.",
            "Record a measure on it, or correct the number.",
            field="number",
            found=number,
        )


def _measure_problems(accreditation: Accreditation, kind: str, effective_on: date) -> Iterator[Problem]:
    last = AccreditationMeasure.objects.filter(accreditation=accreditation).order_by("effective_on", "pk").last()
    state = last.kind if last else AccreditationMeasureKind.REINSTATED
    if state == AccreditationMeasureKind.WITHDRAWN:
        yield Problem("block", "REG-030", "The accreditation was withdrawn; no measure follows.", field="kind")
    elif kind == state:
        known = "is suspended already" if kind == AccreditationMeasureKind.SUSPENDED else "is not suspended"
        yield Problem("block", "REG-031", f"The accreditation {known}.", field="kind")
    if not accreditation.valid_from <= effective_on < accreditation.valid_to:
        yield Problem(
            "block",
            "REG-032",
            "On this day the accreditation does not run.",
            f"It runs from {accreditation.valid_from} and before {accreditation.valid_to}.",
            field="effective_on",
            found=effective_on.isoformat(),
        )
    elif last and effective_on < last.effective_on:
        yield Problem(
            "block",
            "REG-033",
            f"A later measure took effect on {last.effective_on}.",
            "Measures are recorded in the order in which they take effect.",
            field="effective_on",
            found=effective_on.isoformat(),
        )
