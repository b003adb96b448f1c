"""Documents of the certificates' family that go out as letters do: what ends a certificate, what a period comes to."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from verification.accounts.enums import OfficialRole
from verification.certificates.assessment_record import AssessedLine, AssessmentFacts, build_assessment_record
from verification.certificates.models import Certificate, Revocation
from verification.certificates.revocation_record import RevocationFacts, build_revocation_record
from verification.claims.enums import ClaimKind
from verification.claims.models import Claim
from verification.determination.services import determine_question, question_for
from verification.kernel.errors import MissingReference
from verification.ledger.selectors import account_of
from verification.letters.record import LetterFacts, Sender
from verification.reference.selectors import goods
from verification.registry.selectors import official_number_on


def notice_of(revocation: Revocation, appeal_until: str, sender: Sender, language: str) -> dict[str, Any]:
    """The record of the notice that ends a certificate."""
    certificate = revocation.certificate
    proposal = certificate.revocation_proposals.filter(proposed_by=revocation.proposed_by_id).latest("proposed_at")
    proposed_on, revoked_on = proposal.proposed_at.date(), revocation.revoked_at.date()
    roles = (OfficialRole.REVIEWER, OfficialRole.APPROVER)
    decision = {
        "ref": revocation.number,
        "reviewer": official_number_on(revocation.proposed_by_id, proposed_on, roles),
        "recommended_on": proposed_on.isoformat(),
        "approver": official_number_on(revocation.confirmed_by_id, revoked_on, roles[1:]),
        "approved_on": revoked_on.isoformat(),
        "legal_ground": revocation.legal_ground,
        "appeal_until": appeal_until,
    }
    facts = RevocationFacts(
        number=sender.number,
        issued_at=sender.written_at,
        effective_on=revocation.effective_on,
        reason=revocation.reason,
        decision=decision,
        language=language,
        is_specimen=sender.is_specimen,
    )
    return build_revocation_record(facts, certificate=json.loads(certificate.record), sha256=certificate.record_sha256)


def facts_of_assessment(claim: Claim) -> LetterFacts | None:
    """For a unit claim that states the goods of its period; a stated amount leaves nothing to sum up."""
    if claim.kind != ClaimKind.UNITS:
        return None
    certificate = Certificate.objects.filter(claim=claim).latest("issued_at")
    content = json.loads(certificate.decision.snapshot.content)
    if not content["base"].get("lines"):
        return None
    return LetterFacts(
        subject=certificate.number,
        reasons="",
        snapshot_sha256=certificate.decision.snapshot.sha256,
        document=partial(summary_of, claim, certificate, content),
    )


def summary_of(
    claim: Claim, certificate: Certificate, content: Mapping[str, Any], sender: Sender, language: str
) -> dict[str, Any]:
    """The record of the summary of an importer's period. Raises ``LookupError`` where no units were credited."""
    account = account_of(claim.organisation, claim.scheme, claim.period_start)
    if account is None:
        raise LookupError(f"{claim} was approved, but its period has no account.")
    known = {good.cn_code: good.description for good in goods(claim.scheme, claim.period_end - timedelta(days=1))}
    facts = AssessmentFacts(
        number=sender.number,
        issued_at=sender.written_at,
        importer=content["claimant"] | {"local_language": claim.organisation.local_language},
        lines=[_line(claim, row, known) for row in content["base"]["lines"]],
        units_t=account.counted_t,
        language=language,
        is_specimen=sender.is_specimen,
    )
    return build_assessment_record(facts, certificate=json.loads(certificate.record))


def _line(claim: Claim, row: Mapping[str, Any], known: Mapping[str, str]) -> AssessedLine:
    see = Decimal(row["see"])
    return AssessedLine(
        good=row["good"],
        description=known.get(row["good"][:8], row["good"]),
        origin=row["origin"],
        mass_t=Decimal(row["mass_t"]),
        see=see,
        free_allocation=Decimal(row["free_allocation"]),
        default_see=see if row["basis"] == "default" else _default(claim, row),
        basis=row["basis"],
        certificate_no=row["certificate"],
        reference=row["reference"],
    )


def _default(claim: Claim, row: Mapping[str, Any]) -> Decimal | None:
    """What the line would have had without its certificate, or ``None`` where nothing is published for it."""
    question = question_for(claim.scheme, row["good"], row["origin"], legal_date=claim.period_end - timedelta(days=1))
    try:
        return determine_question(question).value
    except MissingReference:
        return None
