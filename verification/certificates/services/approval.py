"""The approver's signature and everything that follows from it, in one transaction, for every kind of claim."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import IntegrityError, transaction

from verification.audit.actors import Actor
from verification.audit.numbering import next_number
from verification.audit.services import record_event
from verification.certificates.models import Certificate
from verification.certificates.record import Identity
from verification.certificates.services.effect import Effect
from verification.certificates.services.emissions_approval import approve_emissions, emissions_into_force
from verification.certificates.services.price_approval import approve_price, put_into_force
from verification.certificates.services.units_approval import approve_units, stands_against_units, units_into_force
from verification.certificates.typography import language_for
from verification.checks.model import Finding
from verification.claims.enums import ClaimKind, ClaimState
from verification.claims.findings import blocking, findings_on_snapshot
from verification.claims.kinds import address_of
from verification.claims.models import Claim, Decision
from verification.claims.services.deciding import Ruling
from verification.claims.services.transitions import move
from verification.credentials.services import credential_block, mark_revoked
from verification.jobs.services import enqueue
from verification.kernel import clock
from verification.kernel.canonical import canonical_bytes, sha256_of
from verification.kernel.errors import Conflict, InvalidInput, Problem
from verification.kernel.identifiers import new_check_code
from verification.notifications.services import notify
from verification.reference.models import Release
from verification.reference.selectors import procedure_of, published_release
from verification.registry.selectors import members_of


@dataclass(frozen=True)
class Approving:
    """How a kind of claim is decided, what its approval puts into force, and which findings stand against that."""

    decide: Callable[..., Decision]
    put_into_force: Callable[[Claim, Decision, str, Actor], Effect]
    stands_against: Callable[[Claim, Finding], bool] = lambda claim, finding: True


APPROVING: dict[str, Approving] = {
    ClaimKind.EMISSIONS: Approving(approve_emissions, emissions_into_force),
    ClaimKind.UNITS: Approving(approve_units, units_into_force, stands_against_units),
    ClaimKind.CARBON_PRICE: Approving(approve_price, put_into_force),
}


def approve_claim(claim: Claim, *, actor: Actor, ruling: Ruling) -> Certificate:
    """Approve: decision, what it puts into force, certificate number, and the job that seals it.

    Raises ``NotAllowed`` (four eyes), ``SecondFactorNeeded``, ``InvalidInput``, and ``Conflict`` where
    another approver was faster. Nothing is half done: all of it stands or falls together.
    """
    try:
        with transaction.atomic():
            return _approve(claim, actor, ruling)
    except IntegrityError as error:
        raise Conflict("This claim was decided a moment ago by someone else. Nothing of yours was saved.") from error


def _approve(claim: Claim, actor: Actor, ruling: Ruling) -> Certificate:
    approving = APPROVING[claim.kind]
    decision = approving.decide(claim, actor=actor, ruling=ruling)
    _demand_sound(claim, decision)
    number = f"{claim.scheme.upper()}-{next_number('C').removeprefix('C-')}"
    effect = approving.put_into_force(claim, decision, number, actor)
    certificate = _certificate(claim, decision, number, effect)
    record_event(
        "certificates.certificate.granted",
        actor=actor,
        subject_type="certificate",
        subject_id=certificate.pk,
        facts={"number": number, "claim": claim.number, "record_sha256": certificate.record_sha256},
    )
    for older in effect.replaced:
        _supersede(older, certificate)
    enqueue("certificates.issue", key=f"certificate-{certificate.pk}", payload={"certificate": str(certificate.pk)})
    notify(
        members_of(claim.organisation_id),
        f"{claim.kind}_claim_approved",
        address=address_of(claim),
        claim=claim.number,
        decision=decision.number,
        certificate=number,
    )
    return certificate


def _demand_sound(claim: Claim, decision: Decision) -> None:
    """What blocks cannot be waived, not even by two people."""
    stands_against = APPROVING[claim.kind].stands_against
    found = blocking(findings_on_snapshot(claim, decision.snapshot))
    blocks = [finding for finding in found if stands_against(claim, finding)]
    if blocks:
        raise InvalidInput(
            "The claim cannot be approved: something blocks it.",
            [Problem("block", f.code, f.title, f.mend, found=f.found, reference=f.reference) for f in blocks],
        )


def _certificate(claim: Claim, decision: Decision, number: str, effect: Effect) -> Certificate:
    code = new_check_code()
    is_specimen = clock.demonstration() is not None
    span, replaces = effect.span, effect.replaced[0] if effect.replaced else None
    if span.end is None:
        raise Conflict("The scheme gives the approval no last day.")
    release, subject = published_release(claim.scheme), uuid4()
    year, in_year = (int(part) for part in number.rsplit("-", 2)[1:])
    definition = release.definition
    identity = Identity(
        number=number,
        code=code,
        check_address=f"{settings.SITE_ADDRESS}/check/{code}/",
        issued_at=decision.decided_at,
        valid_from=span.start,
        valid_to=span.end,
        replaces=replaces.number if replaces else None,
        authority=settings.AUTHORITY_NAME,
        scheme=claim.scheme,
        scheme_name=definition["name"],
        legal_basis="; ".join(filter(None, [definition["reference"], effect.legal_basis])),
        is_specimen=is_specimen,
        credential=_credential(claim, subject, code, release),
        language=language_for(claim.organisation.local_language),
    )
    record = effect.build_record(identity, _decision(decision))
    certificate = Certificate(
        id=subject,
        number=number,
        number_year=year,
        number_in_year=in_year,
        code=code,
        claim=claim,
        decision=decision,
        record=canonical_bytes(record).decode(),
        record_sha256=sha256_of(record),
        valid_from=span.start,
        valid_to=span.end,
        issued_at=decision.decided_at,
        is_specimen=is_specimen,
        replaces=replaces,
    )
    certificate.save(force_insert=True)
    return certificate


def _credential(claim: Claim, subject: UUID, code: str, release: Release) -> dict[str, Any]:
    """With the last day on which a declaration may rest on the approval: so long the credential is of use."""
    return credential_block(subject, code) | {
        "valid_until": procedure_of(claim.scheme).last_use_on(claim.period_end).isoformat(),
        "scheme_release": str(release.number),
        "scheme_valid_from": str(release.definition["valid_from"]),
    }


def _supersede(older: Certificate, newer: Certificate) -> None:
    changed = Certificate.objects.filter(pk=older.pk, superseded_by=None).update(
        superseded_by=newer, superseded_at=clock.now()
    )
    mark_revoked(older.pk)
    if changed and older.claim.state in (ClaimState.APPROVED, ClaimState.EXPIRED):
        system = Actor.system()
        move(older.claim, "supersede", system, facts={"by": newer.number})
        record_event(
            "certificates.certificate.superseded",
            actor=system,
            subject_type="certificate",
            subject_id=older.pk,
            facts={"number": older.number, "by": newer.number},
        )


def _decision(decision: Decision) -> dict[str, Any]:
    return {
        "ref": decision.number,
        "reviewer": decision.reviewer_number,
        "recommended_on": decision.recommendation.recommended_at.date().isoformat(),
        "approver": decision.approver_number,
        "approved_on": decision.decided_at.date().isoformat(),
        "legal_ground": decision.legal_ground,
        "appeal": "Within the time limit of national law, at the authority that decided, quoting the decision.",
    }
