"""An emissions claim approved: overrides from the scheme's span, and what its certificate says."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

from verification.audit.actors import Actor
from verification.certificates.models import Certificate
from verification.certificates.record import Identity, build_record
from verification.certificates.services.effect import Effect
from verification.claims.content import evidence_manifest
from verification.claims.enums import Assurance, DecisionOutcome, Opinion, RecommendationKind, VisitKind
from verification.claims.models import Claim, Decision, VerificationStatement
from verification.claims.parts import without
from verification.claims.selectors import statement_for_snapshot
from verification.claims.services.deciding import Ruling, decide
from verification.determination.engine import Determination
from verification.determination.models import Override
from verification.determination.selectors import public_overrides_known_at
from verification.determination.services import (
    OverrideTerms,
    determine_question,
    open_override,
    question_for,
    span_of_override,
    supersede_override,
)
from verification.kernel import clock
from verification.kernel.canonical import sha256_of
from verification.kernel.errors import Conflict, InvalidInput, MissingReference, Problem
from verification.kernel.quantities import plain

VERIFICATION_ACT = "Implementing Regulation (EU) 2025/2546"


def approve_emissions(claim: Claim, *, actor: Actor, ruling: Ruling) -> Decision:
    """In part where the reviewer left out some goods."""
    recommendation = claim.recommendations.last()
    is_partial = recommendation is not None and recommendation.kind == RecommendationKind.IN_PART
    outcome = DecisionOutcome.APPROVED_IN_PART if is_partial else DecisionOutcome.APPROVED
    return decide(claim, actor=actor, outcome=outcome, ruling=ruling)


def emissions_into_force(claim: Claim, decision: Decision, number: str, actor: Actor) -> Effect:
    """One override per good and route; the certificates whose values were all replaced are superseded."""
    statement = statement_for_snapshot(decision.snapshot_id)
    if statement is None:
        raise Conflict("The sealed numbers have no verifier's statement.")
    replaced = _put_into_force(claim, decision, number, actor)
    content = _approved(decision)

    def record(identity: Identity, decision_block: dict[str, Any]) -> dict[str, Any]:
        return build_record(
            identity,
            content=content,
            statement=_statement(statement),
            decision=decision_block,
            evidence_sha256=sha256_of([*evidence_manifest(claim), {"report": statement.report.sha256}]),
            snapshot_sha256=decision.snapshot.sha256,
            determination=_determination(claim, content["reading"]["goods"]),
        )

    return Effect(
        span=span_of_override(claim.scheme, claim.period_start.year),
        build_record=record,
        legal_basis=VERIFICATION_ACT,
        replaced=tuple(replaced),
    )


def _put_into_force(claim: Claim, decision: Decision, number: str, actor: Actor) -> list[Certificate]:
    """One override per good and route; returns the certificates whose values were all replaced."""
    content = _approved(decision)
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


def _determination(claim: Claim, goods: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """How the scheme's ladder answers for each good now that the value is in force, and what would have applied."""
    last_day = claim.period_end - timedelta(days=1)
    found = []
    for row in goods:
        question = question_for(
            claim.scheme, row["cn"], claim.site.country, legal_date=last_day, installation=claim.site.code,
            route=row["route"], variant=row.get("variant", ""),
        )  # fmt: skip
        steps = _steps(determine_question(question))
        try:
            beyond = _steps(determine_question(replace(question, installation="", route="")))
        except MissingReference:  # a default whose mark-up is not published: the certificate prints none either
            beyond = []
        known = {step["rung"] for step in steps}
        found.append({"cn_code": row["cn"], "steps": [*steps, *(step for step in beyond if step["rung"] not in known)]})
    return found


def _steps(answer: Determination) -> list[dict[str, Any]]:
    """The rungs that were tried; the value stands beside the rung that has one."""
    return [
        {
            "rung": line.rung,
            "found": line.found,
            "why": line.why,
            "reference": line.reference,
            "value": plain(answer.value) if line.rung == answer.rung and answer.value is not None else None,
        }
        for line in answer.trace
    ]


def _approved(decision: Decision) -> dict[str, Any]:
    """The sealed content with the goods that were approved."""
    return without(json.loads(decision.snapshot.content), decision.left_out)


def _standing(claim: Claim, row: dict[str, Any]) -> Override | None:
    known = public_overrides_known_at(clock.now(), scheme=claim.scheme, installation_code=claim.site.code)
    return known.filter(
        good_code=row["cn"],
        route=row["route"],
        variant=row.get("variant", ""),
        valid_from__lt=claim.period_end,
        valid_to__gt=claim.period_start,
    ).first()


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
        "accreditation_number": accreditation.number,
        "accreditation_body": accreditation.body,
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


def _same_key_twice(row: dict[str, Any]) -> Problem:
    return Problem(
        "block",
        "DET-010",
        f"Two processes of the claim make {row['cn']} by the same route.",
        "A value is approved per good and route: ask the producer to join the two processes in one.",
        found=row["process"],
        reference="Implementing Regulation (EU) 2025/2547, Article 4(6)",
    )
