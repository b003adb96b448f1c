"""Ending a certificate: one official proposes, another confirms with a second factor."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction

from verification.audit.actors import Actor
from verification.audit.numbering import next_number
from verification.audit.services import record_event
from verification.certificates.enums import CertificateStatus
from verification.certificates.models import Certificate, Revocation, RevocationProposal
from verification.certificates.selectors import status_of
from verification.claims.enums import BlockState, ClaimKind, ReversalOutcome
from verification.claims.policy import demand_fresh_second_factor, demand_official_without_conflict
from verification.claims.services.transitions import move
from verification.claims.unit_rules import class_of, rules_for
from verification.credentials.services import mark_revoked
from verification.determination.price_credits.services import end_price_credits
from verification.determination.selectors import public_overrides_known_at
from verification.determination.services import end_override
from verification.kernel import clock
from verification.kernel.errors import Conflict, InvalidInput, NotAllowed, Problem
from verification.ledger.selectors import account_of
from verification.ledger.services import lose_units, suspend_units
from verification.notifications.services import notify
from verification.registry.selectors import members_of, officials_with_role


@dataclass(frozen=True)
class RevocationGrounds:
    """``effective_on`` is the first day on which the certified value no longer counts."""

    reason: str
    legal_ground: str
    effective_on: date


@transaction.atomic
def propose_revocation(certificate: Certificate, *, actor: Actor, grounds: RevocationGrounds) -> RevocationProposal:
    """The first of two people. Nothing ends yet."""
    if not (actor.has_role("approver") or actor.has_role("reviewer")):
        raise NotAllowed("Only an official may propose to revoke a certificate.")
    demand_official_without_conflict(actor, certificate.claim)
    _demand_in_force(certificate)
    problems = _problems(certificate, grounds)
    if problems:
        raise InvalidInput("The proposal was not recorded.", problems)
    proposal = RevocationProposal(
        certificate=certificate, proposed_by_id=actor.id, proposed_at=clock.now(), **vars(grounds)
    )
    try:
        with transaction.atomic():
            proposal.save(force_insert=True)
    except IntegrityError as error:
        raise Conflict("A proposal to revoke this certificate is already open.") from error
    record_event(
        "certificates.revocation.proposed",
        actor=actor,
        subject_type="certificate",
        subject_id=certificate.pk,
        facts={
            "number": certificate.number,
            "effective_on": grounds.effective_on.isoformat(),
            "reason": grounds.reason,
        },
    )
    return proposal


@transaction.atomic
def drop_proposal(proposal: RevocationProposal, *, actor: Actor, reason: str) -> None:
    """The second person does not agree; the certificate stays in force."""
    if not actor.has_role("approver"):
        raise NotAllowed("Only an approver may drop the proposal.")
    demand_official_without_conflict(actor, proposal.certificate.claim)
    _close(proposal)
    record_event(
        "certificates.revocation.dropped",
        actor=actor,
        subject_type="certificate",
        subject_id=proposal.certificate_id,
        facts={"reason": reason},
    )


@transaction.atomic
def confirm_revocation(proposal: RevocationProposal, *, actor: Actor) -> Revocation:
    """The second person: certificate, overrides and claim end together, the public page says so at once.

    Raises ``NotAllowed`` for the proposer, ``SecondFactorNeeded``, and ``Conflict`` where it was done before.
    """
    certificate = proposal.certificate
    if not actor.has_role("approver"):
        raise NotAllowed("Only an approver may confirm a revocation.")
    if str(proposal.proposed_by_id) == actor.id:
        raise NotAllowed("You proposed this revocation. A different person must confirm it.")
    demand_official_without_conflict(actor, certificate.claim)
    second_factor_at = demand_fresh_second_factor(actor)
    _demand_in_force(certificate)
    _close(proposal)
    revocation = Revocation(
        certificate=certificate,
        number=next_number("R"),
        reason=proposal.reason,
        legal_ground=proposal.legal_ground,
        effective_on=proposal.effective_on,
        proposed_by_id=proposal.proposed_by_id,
        confirmed_by_id=actor.id,
        second_factor_at=second_factor_at,
        revoked_at=clock.now(),
    )
    move(
        certificate.claim,
        "revoke",
        actor,
        comment=proposal.reason,
        facts={"revocation": revocation.number},
        second_actor_id=proposal.proposed_by_id,
    )
    ENDING[certificate.claim.kind](certificate, proposal, revocation.number, actor)
    revocation.save(force_insert=True)
    mark_revoked(certificate.pk)
    record_event(
        "certificates.certificate.revoked",
        actor=actor,
        subject_type="certificate",
        subject_id=certificate.pk,
        facts={
            "number": certificate.number,
            "revocation": revocation.number,
            "effective_on": proposal.effective_on.isoformat(),
            "reason": proposal.reason,
            "legal_ground": proposal.legal_ground,
        },
    )
    notify(
        [*members_of(certificate.claim.organisation_id), *officials_with_role("approver").exclude(pk=actor.id)],
        "certificate_revoked",
        certificate=certificate.number,
        effective_on=proposal.effective_on.isoformat(),
        reason=proposal.reason,
    )
    return revocation


def _end_overrides(certificate: Certificate, proposal: RevocationProposal, number: str, actor: Actor) -> None:
    in_force = public_overrides_known_at(
        clock.now(), scheme=certificate.claim.scheme, installation_code=certificate.claim.site.code
    ).filter(certificate_number=certificate.number)
    for override in list(in_force):
        if override.valid_to is None or proposal.effective_on < override.valid_to:
            end_override(override, effective_on=proposal.effective_on, decision_reference=number, actor=actor)


def _end_credits(certificate: Certificate, proposal: RevocationProposal, number: str, actor: Actor) -> None:
    """Serials handed in abroad are used up there; they stay held."""
    end_price_credits(certificate.number, effective_on=proposal.effective_on, decision_reference=number, actor=actor)


def _end_units(certificate: Certificate, proposal: RevocationProposal, number: str, actor: Actor) -> None:
    """What was credited and not drawn yet is lost. The serials stay with the claim: nobody may offer them anew."""
    claim = certificate.claim
    account = account_of(claim.organisation, claim.scheme, claim.period_start)
    if account is None:
        raise Conflict("No units of this certificate were credited.")
    rules = rules_for(claim)
    for block in claim.blocks.filter(state__in=(BlockState.ACCEPTED, BlockState.SUSPENDED)):
        struck = sum(event.quantity for event in block.reversals.exclude(outcome=ReversalOutcome.LIFTED))
        account.refresh_from_db()
        tonnes = min(block.quantity - struck, account.available_t)
        if tonnes > 0:
            note = f"{number}, block {block.position}"
            suspend_units(account, tonnes, reference=claim.number, note=note, actor=actor)
            unit_class = class_of(rules, block.unit_type)
            lose_units(account, tonnes, reference=claim.number, note=note, actor=actor, unit_class=unit_class)


ENDING: dict[str, Callable[[Certificate, RevocationProposal, str, Actor], None]] = {
    ClaimKind.EMISSIONS: _end_overrides,
    ClaimKind.UNITS: _end_units,
    ClaimKind.CARBON_PRICE: _end_credits,
}


def _demand_in_force(certificate: Certificate) -> None:
    status = status_of(certificate)
    if status in (CertificateStatus.REVOKED, CertificateStatus.SUPERSEDED):
        raise Conflict(f"The certificate is already {status.label.lower()}.")


def _problems(certificate: Certificate, grounds: RevocationGrounds) -> list[Problem]:
    problems = [
        Problem("block", "CER-001", message, "Write it; the producer and the public read it.", field=field)
        for field, value, message in (
            ("reason", grounds.reason, "The reason is missing."),
            ("legal_ground", grounds.legal_ground, "The legal ground is missing."),
        )
        if not value.strip()
    ]
    if not certificate.valid_from <= grounds.effective_on < certificate.valid_to:
        problems.append(
            Problem(
                "block",
                "CER-002",
                "The day lies outside the span of the certificate.",
                "Choose a day inside it; the first day revokes the certificate from the start.",
                field="effective_on",
                found=grounds.effective_on.isoformat(),
                expected=f"{certificate.valid_from.isoformat()} to before {certificate.valid_to.isoformat()}",
            )
        )
    return problems


def _close(proposal: RevocationProposal) -> None:
    changed = RevocationProposal.objects.filter(pk=proposal.pk, closed_at=None).update(closed_at=clock.now())
    if changed != 1:
        raise Conflict("This proposal was closed a moment ago.")
