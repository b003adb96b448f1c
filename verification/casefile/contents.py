"""What belongs to the file of a case: one list. A table that hangs on a claim and is not in it fails a test."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, Q, QuerySet

from verification.certificates.models import Certificate, Edition, Revocation, RevocationProposal
from verification.claims.models import (
    AdjustmentEvent,
    AnswerRow,
    Appeal,
    Authorisation,
    Claim,
    ClaimEvidence,
    ConflictDeclaration,
    Decision,
    DraftDecision,
    Engagement,
    FindingAnswer,
    FindingClosing,
    FindingMessage,
    PreCheck,
    PriceDetails,
    PricedGood,
    PricePayment,
    PricePrecursor,
    PriceRate,
    PriceRebate,
    PriceSurrender,
    PrivateNote,
    Question,
    QuestionFile,
    Recommendation,
    Reminder,
    ReversalEvent,
    ScreenedClaim,
    SealedReport,
    Snapshot,
    Step,
    UnitBlock,
    UnitDetails,
    VerificationStatement,
    VerificationWork,
    VerifierFinding,
)
from verification.credentials.models import OfflineCode, SignedCredential, StatusEntry
from verification.determination.models import Override, PriceCredit
from verification.disclosure.models import Disclosure, DisclosureView
from verification.ledger.models import UnitEntry
from verification.letters.models import Letter, LetterEdition
from verification.reference.models import Edition as ReferenceEdition
from verification.reference.models import Release
from verification.registry.models import Accreditation, AccreditationMeasure, Installation, Organisation

OFFICIALS_OWN_STEPS = frozenset(
    {"take", "take_appeal", "release", "release_appeal", "reassign", "reassign_waiting", "recommend", "send_back"}
)
"""Steps whose comment is written among officials."""


@dataclass(frozen=True)
class Content:
    """The rows of one table that belong to a case.

    ``lookup`` leads from the row to its claim. ``subject`` is the type under which the audit record names such a row,
    where it has one of its own. ``texts`` are columns whose exact text is a member of its own, under a path made from
    the row's columns. Files that a row names, and files that it keeps, are found by their columns. ``is_private`` rows
    are the officials' own, and so are ``private_columns`` of the rows that ``is_private_row`` picks.
    """

    name: str
    title: str
    model: type[Model]
    lookup: str = ""
    rows: Callable[[Claim], QuerySet[Any]] | None = None
    subject: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)
    omitted_columns: tuple[str, ...] = ()
    is_private: bool = False
    private_columns: tuple[str, ...] = ()
    is_private_row: Callable[[Any], bool] = lambda row: True

    def rows_of(self, claim: Claim) -> QuerySet[Any]:
        found = self.rows(claim) if self.rows else self.model._default_manager.filter(**{self.lookup: claim.pk})
        return found.order_by("pk")


def _organisations(claim: Claim) -> QuerySet[Organisation]:
    return Organisation.objects.filter(
        Q(pk=claim.organisation_id) | Q(engagements__claim=claim) | Q(disclosures_received__claim=claim)
    ).distinct()


def _accreditations(claim: Claim) -> QuerySet[Accreditation]:
    signed = VerificationStatement.objects.filter(engagement__claim=claim).values("accreditation")
    return Accreditation.objects.filter(pk__in=signed)


def _certificates(claim: Claim) -> QuerySet[Any]:
    return Certificate.objects.filter(claim=claim).values("pk")


def _published_releases(claim: Claim) -> QuerySet[Release]:
    return Release.objects.filter(scheme__code=claim.scheme).exclude(published_at=None)


CONTENTS: tuple[Content, ...] = (
    Content("claim", "The claim", Claim, "pk", subject="claim", omitted_columns=("reading", "goods_in_short")),
    Content("organisations", "Organisations", Organisation, rows=_organisations),
    Content("installations", "The installation", Installation, "claims"),
    Content("answers", "Answers as they were typed", AnswerRow, "claim"),
    Content("price_details", "Carbon price: the instrument", PriceDetails, "claim"),
    Content("price_rates", "Carbon price: exchange rates", PriceRate, "claim"),
    Content("price_payments", "Carbon price: payments", PricePayment, "claim"),
    Content("price_surrenders", "Carbon price: allowances and credits handed in", PriceSurrender, "claim"),
    Content("price_rebates", "Carbon price: money that came back", PriceRebate, "claim"),
    Content("price_goods", "Carbon price: goods", PricedGood, "claim"),
    Content("price_precursors", "Carbon price: precursors", PricePrecursor, "claim"),
    Content("unit_details", "Units: what the claim says", UnitDetails, "claim"),
    Content("unit_authorisations", "Units: letters of authorisation", Authorisation, "claim"),
    Content("unit_blocks", "Units: blocks of serials", UnitBlock, "claim"),
    Content("unit_adjustments", "Units: corresponding adjustments", AdjustmentEvent, "block__claim"),
    Content("unit_reversals", "Units: reversals", ReversalEvent, "claim"),
    Content("advance_answers", "Advance answers", PreCheck, "claim"),
    Content("evidence", "Evidence", ClaimEvidence, "claim"),
    Content("snapshots", "Sealed numbers", Snapshot, "claim", texts={"content": "snapshots/snapshot-{number}.json"}),
    Content("engagements", "Invitations of verifiers", Engagement, "claim"),
    Content("statements", "Statements of verifiers", VerificationStatement, "engagement__claim"),
    Content(
        "sealed_reports",
        "Reports of verifiers, as they were sealed",
        SealedReport,
        "statement__engagement__claim",
        texts={"content": "reports/verification-{sha256}.json"},
    ),
    Content("verification_works", "What verifiers took on", VerificationWork, "claim"),
    Content("verifier_findings", "What verifiers found", VerifierFinding, "work__claim"),
    Content("verifier_messages", "What was said about it", FindingMessage, "finding__work__claim"),
    Content("verifier_closings", "How it was closed", FindingClosing, "finding__work__claim"),
    Content("accreditations", "Accreditations of the verifiers", Accreditation, rows=_accreditations),
    Content(
        "accreditation_measures",
        "Measures against these accreditations",
        AccreditationMeasure,
        rows=lambda claim: AccreditationMeasure.objects.filter(accreditation__in=_accreditations(claim)),
    ),
    Content(
        "steps",
        "Steps",
        Step,
        "claim",
        private_columns=("comment",),
        is_private_row=lambda step: step.name in OFFICIALS_OWN_STEPS,
    ),
    Content("questions", "Questions and answers", Question, "claim"),
    Content("question_files", "Files of questions and answers", QuestionFile, "question__claim"),
    Content("conflicts", "Declared conflicts of interest", ConflictDeclaration, "claim", is_private=True),
    Content("private_notes", "Notes of officials", PrivateNote, "claim", is_private=True),
    Content("draft_decisions", "Drafted refusals and what the producer said to them", DraftDecision, "claim"),
    Content("appeals", "Appeals", Appeal, "claim"),
    Content("reminders", "Reminders that were sent", Reminder, "claim"),
    Content("finding_answers", "The reviewer's answers to findings", FindingAnswer, "claim", is_private=True),
    Content("recommendations", "Recommendations", Recommendation, "claim", is_private=True),
    Content("screened", "Lists in which it was screened", ScreenedClaim, "recommendation__claim", is_private=True),
    Content("decision", "Decisions", Decision, "claim"),
    Content("letters", "Letters", Letter, "claim", subject="letter", texts={"record": "letters/{number}.json"}),
    Content("letter_editions", "Sealed letters", LetterEdition, "letter__claim"),
    Content(
        "certificates",
        "Certificates",
        Certificate,
        "claim",
        subject="certificate",
        texts={"record": "certificates/{number}.json"},
    ),
    Content("certificate_editions", "Sealed certificates", Edition, "certificate__claim"),
    Content(
        "credentials",
        "Certificates as verifiable credentials",
        SignedCredential,
        rows=lambda claim: SignedCredential.objects.filter(subject__in=_certificates(claim)),
        texts={"token": "credentials/{id}.jwt", "secured": "credentials/{id}.json"},
    ),
    Content(
        "offline_codes",
        "Codes that are checked without a network",
        OfflineCode,
        rows=lambda claim: OfflineCode.objects.filter(subject__in=_certificates(claim)),
    ),
    Content(
        "status_places",
        "Places of the certificates in the status lists",
        StatusEntry,
        rows=lambda claim: StatusEntry.objects.filter(subject__in=_certificates(claim)),
    ),
    Content("revocation_proposals", "Proposals to revoke", RevocationProposal, "certificate__claim", is_private=True),
    Content("revocations", "Revocations", Revocation, "certificate__claim"),
    Content(
        "overrides",
        "Approved values",
        Override,
        rows=lambda claim: Override.objects.filter(claim_reference=claim.number),
        subject="determination.override",
    ),
    Content(
        "price_credits",
        "Approved carbon price credits",
        PriceCredit,
        rows=lambda claim: PriceCredit.objects.filter(claim_reference=claim.number),
        subject="determination.price_credit",
    ),
    Content(
        "unit_entries",
        "Movements of units",
        UnitEntry,
        rows=lambda claim: UnitEntry.objects.filter(reference=claim.number),
    ),
    Content("disclosures", "Reports that were shared", Disclosure, "claim", subject="disclosure"),
    Content("disclosure_views", "Who read a shared report", DisclosureView, "disclosure__claim"),
    Content(
        "reference_releases",
        "Releases of reference data that were published",
        Release,
        rows=_published_releases,
        omitted_columns=("definition",),
    ),
    Content(
        "reference_editions",
        "Editions of tables in these releases",
        ReferenceEdition,
        rows=lambda claim: ReferenceEdition.objects.filter(release__in=_published_releases(claim)),
    ),
)

LEFT_OUT: Mapping[str, str] = {
    "claims.ReportDraft": "the verifier's own draft; what counts is the report that it sealed",
    "certificates.IssuingItem": "how the work of sealing was shared out; what came of it is the edition",
    "claims.SearchEntry": "words for the search, derived from rows that are in the file",
}
"""Tables that hang on a claim and are no part of its file, each with the reason."""
