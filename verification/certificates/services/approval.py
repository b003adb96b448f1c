"""The approver's signature and everything that follows from it, in one transaction."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction

from verification.audit.actors import Actor
from verification.audit.numbering import next_number
from verification.audit.services import record_event
from verification.certificates.models import Certificate
from verification.certificates.record import Identity, build_record
from verification.claims.content import evidence_manifest
from verification.claims.enums import Assurance, ClaimState, DecisionOutcome, Opinion, VisitKind
from verification.claims.findings import blocking, findings_on_snapshot
from verification.claims.models import Claim, Decision, VerificationStatement
from verification.claims.selectors import statement_for_snapshot
from verification.claims.services.review import Ruling, decide
from verification.claims.services.transitions import move
from verification.determination.models import Override
from verification.determination.selectors import public_overrides_known_at
from verification.determination.services import (
    OverrideTerms,
    open_override,
    span_of_override,
    supersede_override,
)
from verification.jobs.services import enqueue
from verification.kernel import clock
from verification.kernel.canonical import canonical_bytes, sha256_of
from verification.kernel.errors import Conflict, InvalidInput, Problem
from verification.kernel.identifiers import new_check_code
from verification.kernel.spans import Span
from verification.notifications.services import notify
from verification.reference.models import Release
from verification.reference.selectors import published_release
from verification.registry.selectors import members_of

VERIFICATION_ACT = "Implementing Regulation (EU) 2025/2546"


def approve_claim(claim: Claim, *, actor: Actor, ruling: Ruling) -> Certificate:
    """Approve: decision, overrides from the scheme's span, certificate number, and the job that seals it.

    Raises ``NotAllowed`` (four eyes), ``SecondFactorNeeded``, ``InvalidInput``, and ``Conflict`` where
    another approver was faster. Nothing is half done: all of it stands or falls together.
    """
    try:
        with transaction.atomic():
            return _approve(claim, actor, ruling)
    except IntegrityError as error:
        raise Conflict("This claim was decided a moment ago by someone else. Nothing of yours was saved.") from error


def _approve(claim: Claim, actor: Actor, ruling: Ruling) -> Certificate:
    decision = decide(claim, actor=actor, outcome=DecisionOutcome.APPROVED, ruling=ruling)
    _demand_sound(claim, decision)
    release = published_release(claim.scheme)
    number = f"{claim.scheme.upper()}-{next_number('C').removeprefix('C-')}"
    span = span_of_override(claim.scheme, claim.period_start.year)
    replaced = _put_into_force(claim, decision, number, actor)
    certificate = _certificate(claim, decision, number, span, release, replaced)
    record_event(
        "certificates.certificate.granted",
        actor=actor,
        subject_type="certificate",
        subject_id=certificate.pk,
        facts={"number": number, "claim": claim.number, "record_sha256": certificate.record_sha256},
    )
    for older in replaced:
        _supersede(older, certificate)
    enqueue("certificates.issue", key=f"certificate-{certificate.pk}", payload={"certificate": str(certificate.pk)})
    notify(
        members_of(claim.organisation_id),
        "claim_approved",
        address=f"/producer/claims/{claim.pk}/",
        claim=claim.number,
        decision=decision.number,
        certificate=number,
    )
    return certificate


def _demand_sound(claim: Claim, decision: Decision) -> None:
    """What blocks cannot be waived, not even by two people."""
    blocks = blocking(findings_on_snapshot(claim, decision.snapshot))
    if blocks:
        raise InvalidInput(
            "The claim cannot be approved: something blocks it.",
            [Problem("block", f.code, f.title, f.mend, found=f.found, reference=f.reference) for f in blocks],
        )


def _put_into_force(claim: Claim, decision: Decision, number: str, actor: Actor) -> list[Certificate]:
    """One override per good and route; returns the certificates whose values were all replaced."""
    content = json.loads(decision.snapshot.content)
    touched: set[str] = set()
    for row in content["reading"]["goods"]:
        terms = OverrideTerms(
            installation_code=claim.site.code,
            good_code=row["cn"],
            route=row["route"],
            variant=row.get("variant", ""),
            see_direct=Decimal(row["see_direct"]),
            see_indirect=Decimal(row["see_indirect"]) if row["see_indirect"] is not None else None,
            see_total=Decimal(row["see_applicable"]),
            unit="tCO2e/t",
            verified_quantity_t=Decimal(row["quantity"]),
            claim_reference=claim.number,
            snapshot_sha256=decision.snapshot.sha256,
            decision_reference=decision.number,
            certificate_number=number,
            reference=decision.legal_ground,
        )
        year = claim.period_start.year
        standing = _standing(claim, row)
        if standing is None:
            open_override(claim.scheme, terms, reporting_year=year, actor=actor)
        elif standing.certificate_number == number:
            raise InvalidInput("The claim cannot be approved.", [_same_key_twice(row)])
        else:
            touched.add(standing.certificate_number or "")
            supersede_override(standing, terms, reporting_year=year, actor=actor)
    in_force = public_overrides_known_at(clock.now(), scheme=claim.scheme, installation_code=claim.site.code)
    still = set(in_force.values_list("certificate_number", flat=True))
    return list(Certificate.objects.filter(number__in=touched - still).select_related("claim"))


def _standing(claim: Claim, row: dict[str, Any]) -> Override | None:
    known = public_overrides_known_at(clock.now(), scheme=claim.scheme, installation_code=claim.site.code)
    return known.filter(
        good_code=row["cn"],
        route=row["route"],
        variant=row.get("variant", ""),
        valid_from__lt=claim.period_end,
        valid_to__gt=claim.period_start,
    ).first()


def _certificate(
    claim: Claim, decision: Decision, number: str, span: Span, release: Release, replaced: list[Certificate]
) -> Certificate:
    code = new_check_code()
    is_specimen = clock.demonstration() is not None
    statement = statement_for_snapshot(decision.snapshot_id)
    if statement is None or span.end is None:
        raise Conflict("The sealed numbers have no verifier's statement.")
    identity = Identity(
        number=number,
        code=code,
        check_address=f"{settings.SITE_ADDRESS}/check/{code}/",
        issued_at=decision.decided_at,
        valid_from=span.start,
        valid_to=span.end,
        replaces=replaced[0].number if replaced else None,
        authority=settings.AUTHORITY_NAME,
        scheme=claim.scheme,
        scheme_name=release.definition["name"],
        legal_basis=f"{release.definition['reference']}; {VERIFICATION_ACT}",
        is_specimen=is_specimen,
    )
    record = build_record(
        identity,
        content=json.loads(decision.snapshot.content),
        statement=_statement(statement),
        decision=_decision(decision),
        evidence_sha256=sha256_of([*evidence_manifest(claim), {"report": statement.report.sha256}]),
        snapshot_sha256=decision.snapshot.sha256,
    )
    certificate = Certificate(
        number=number,
        code=code,
        claim=claim,
        decision=decision,
        record=canonical_bytes(record).decode(),
        record_sha256=sha256_of(record),
        valid_from=span.start,
        valid_to=span.end,
        issued_at=decision.decided_at,
        is_specimen=is_specimen,
        replaces=replaced[0] if replaced else None,
    )
    certificate.save(force_insert=True)
    return certificate


def _supersede(older: Certificate, newer: Certificate) -> None:
    changed = Certificate.objects.filter(pk=older.pk, superseded_by=None).update(
        superseded_by=newer, superseded_at=clock.now()
    )
    if changed and older.claim.state == ClaimState.APPROVED:
        system = Actor.system()
        move(older.claim, "supersede", system, facts={"by": newer.number})
        record_event(
            "certificates.certificate.superseded",
            actor=system,
            subject_type="certificate",
            subject_id=older.pk,
            facts={"number": older.number, "by": newer.number},
        )


def _statement(statement: VerificationStatement) -> dict[str, Any]:
    accreditation = statement.accreditation
    days = [day.isoformat() for day in (statement.visit_started_on, statement.visit_ended_on) if day]
    visit = VisitKind(statement.visit_kind).label.lower()
    return {
        "name": statement.engagement.verifier.name,
        "accreditation": (
            f"{accreditation.number}, {accreditation.body}, valid before {accreditation.valid_to.isoformat()}; "
            f"scope: {', '.join(sector.replace('_', ' ') for sector in accreditation.sectors)}"
        ),
        "lead": statement.lead_auditor,
        "independent": statement.independent_reviewer,
        "technical_expert": statement.technical_expert or None,
        "standard": VERIFICATION_ACT,
        "assurance": Assurance(statement.assurance).label.lower(),
        "materiality": f"{statement.materiality_percent.normalize():f} %",
        "site_visit": f"{visit}, {' – '.join(dict.fromkeys(days))}" if days else f"{visit}: {statement.visit_ground}",
        "corrected": statement.corrected_misstatements or "none.",
        "outstanding": statement.uncorrected_misstatements or "none.",
        "opinion": Opinion(statement.opinion).label.lower(),
        "opinion_date": statement.report_dated_on.isoformat(),
        "report_number": statement.report_number,
        "report_sha256": statement.report.sha256,
    }


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


def _same_key_twice(row: dict[str, Any]) -> Problem:
    return Problem(
        "block",
        "DET-010",
        f"Two processes of the claim make {row['cn']} by the same route.",
        "A value is approved per good and route: ask the producer to join the two processes in one.",
        found=row["process"],
        reference="Implementing Regulation (EU) 2025/2547, Article 4(6)",
    )
