"""One claim in each interesting state, each told as a storyline in time."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from portal.commands.demonstration.stage import Stage, Storyline, StoryOfClaim
from portal.commands.demonstration.verifiers_part import verifiers_part
from portal.commands.demonstration.workbooks import SITES, Site, paper, report_of, verification_report, workbook
from verification.accounting.entry.writing import answers_of
from verification.certificates.models import Certificate
from verification.certificates.services.approval import approve_claim
from verification.certificates.services.revocation import RevocationGrounds, confirm_revocation, propose_revocation
from verification.claims.enums import Assurance, Opinion, QuestionAbout, RecommendationKind
from verification.claims.findings import open_findings
from verification.claims.models import Claim, Snapshot, VerificationWork
from verification.claims.services import deciding
from verification.claims.services import producer as producing
from verification.claims.services import review as reviewing
from verification.claims.services import verification as verifying
from verification.claims.services.verifier_findings import FindingDetails, close_finding, raise_finding
from verification.claims.services.verifier_work import accept_invitation
from verification.claims.verification.words import FindingKind, FindingOutcome
from verification.claims.verifier_selectors import work_of
from verification.determination.claim_entry import import_answers
from verification.determination.claim_reading import upload_template
from verification.disclosure.enums import Level
from verification.disclosure.services import grant_disclosure
from verification.disclosure.verification import annexes_of
from verification.evidence.enums import Purpose
from verification.evidence.services import store_evidence
from verification.kernel import clock

GROUND = "Regulation (EU) 2023/956, Article 8; Implementing Regulation (EU) 2025/2546"


def approved(stage: Stage) -> Storyline:
    """Aliağa: the usual case, down to the certificate."""
    claim = yield from _reviewed(stage, "aliaga", date(2027, 2, 1))
    yield clock.today() + timedelta(days=4)
    _approve(stage, claim)


def revoked(stage: Stage) -> Storyline:
    """İskenderun: approved, then revoked after the verifier withdrew a report."""
    claim = yield from _reviewed(stage, "iskenderun", date(2027, 2, 2))
    yield clock.today() + timedelta(days=3)
    certificate = _approve(stage, claim)
    yield clock.today() + timedelta(days=6)
    grounds = RevocationGrounds(
        reason="The weighbridge records of the coke deliveries were found to be wrong for the whole year.",
        legal_ground="Regulation (EU) 2023/956, Article 19",
        effective_on=certificate.valid_from,
    )
    proposal = propose_revocation(certificate, actor=stage.actor("reviewer"), grounds=grounds)
    yield clock.today() + timedelta(days=1)
    confirm_revocation(proposal, actor=stage.actor("approver"))


def recommended(stage: Stage) -> Storyline:
    """Gebze: waits for the approver's signature."""
    yield from _reviewed(stage, "gebze", date(2027, 2, 8))


def submitted(stage: Stage) -> Storyline:
    """Mersin: waits in the queue to be taken."""
    yield from _sent(stage, "mersin", date(2027, 2, 22))


def in_review(stage: Stage) -> Storyline:
    """Gemlik: taken, with a finding that needs an answer."""
    claim = yield from _sent(stage, "gemlik", date(2027, 2, 18))
    yield clock.today() + timedelta(days=3)
    reviewing.take_claim(claim, actor=stage.actor("reviewer"), has_no_conflict=True)


def info_requested(stage: Stage) -> Storyline:
    """Dilovası: the producer is asked."""
    claim = yield from _sent(stage, "dilovasi", date(2027, 2, 24))
    yield clock.today() + timedelta(days=2)
    reviewing.take_claim(claim, actor=stage.actor("reviewer"), has_no_conflict=True)
    yield clock.today() + timedelta(days=1)
    question = "Which emission factor was used for the exported steam, and what is its source?"
    asking = reviewing.Asking(question, QuestionAbout.FINDING, "PRE-002")
    reviewing.ask_producer(claim, actor=stage.actor("reviewer"), questions=[asking])


def refused(stage: Stage) -> Storyline:
    """Sivas: refused, with reasons that say how to cure them."""
    claim = yield from _sent(stage, "sivas", date(2027, 2, 3))
    yield clock.today() + timedelta(days=2)
    reviewing.take_claim(claim, actor=stage.actor("reviewer"), has_no_conflict=True)
    _answer_findings(stage, claim)
    yield clock.today() + timedelta(days=2)
    reasons = "The clinker factor in the workbook is not the one of the laboratory report that is attached."
    reviewing.recommend(claim, actor=stage.actor("reviewer"), kind=RecommendationKind.REFUSE, reasons=reasons)
    yield clock.today() + timedelta(days=2)
    ruling = deciding.Ruling(
        reasons=f"{reasons} Correct the factor, have the numbers verified again, and send a new claim.",
        legal_ground=GROUND,
        seen_version=claim.version,
        has_no_conflict=True,
    )
    deciding.draft_refusal(claim, actor=stage.actor("approver"), ruling=ruling)
    yield clock.today() + timedelta(days=7)
    comment = "The laboratory corrected its report after we sent the claim. We will send a new claim with both."
    deciding.comment_on_draft(claim, actor=stage.actor("producer"), comment=comment)
    yield clock.today() + timedelta(days=2)
    deciding.refuse_claim(claim, actor=stage.actor("approver"), ruling=replace(ruling, seen_version=claim.version))


def waiting_for_verifier(stage: Stage) -> Storyline:
    """Karabük: sealed, the verifier is invited."""
    yield from _sealed(stage, "karabuk", date(2027, 3, 10))


def draft_with_problems(stage: Stage) -> Storyline:
    """Trabzon: a workbook in which two numbers are wrong."""
    site = _site("trabzon")
    yield date(2027, 3, 12)
    claim = _start(stage, "trabzon")
    report = report_of(site)
    process = replace(
        report.processes[0],
        production=tuple(replace(part, amount=Decimal(0)) for part in report.processes[0].production),
    )
    place = replace(report.installation, latitude=Decimal("410.027"))
    flawed = replace(report, installation=place, processes=(process, *report.processes[1:]))
    upload_template(claim, [workbook(site, flawed)], name="Trabzon_2026.xlsx", actor=stage.actor("producer"))


def draft_in_form(stage: Stage) -> Storyline:
    """Gaziantep: half filled in by form; the goods are still missing, and one amount cannot be read."""
    yield date(2027, 3, 13)
    claim = _start(stage, "gaziantep")
    answers = answers_of(report_of(_site("gaziantep")))
    for later in ("goods", "composition"):
        answers.pop(later, None)
    answers["energy_use"]["P2"]["electricity"] = "1,500"
    import_answers(claim, answers, actor=stage.actor("producer"), origin="form")


def shared(stage: Stage) -> Storyline:
    """The importer sees the summary of the approved claim, and the whole report of one that awaits its decision."""
    yield date(2027, 3, 14)
    for key, level in (("aliaga", Level.SUMMARY), ("gebze", Level.FULL)):
        snapshot = Snapshot.objects.filter(claim__installation=stage.installations[key]).latest("number")
        grant_disclosure(snapshot, actor=stage.actor("producer"), recipient=stage.importer, level=level)


STORYLINES = [
    approved,
    revoked,
    recommended,
    submitted,
    in_review,
    info_requested,
    refused,
    waiting_for_verifier,
    draft_with_problems,
    draft_in_form,
    shared,
]


def _site(key: str) -> Site:
    return next(site for site in SITES if site.key == key)


def _start(stage: Stage, key: str) -> Claim:
    return producing.start_claim(stage.installations[key], scheme="eu-cbam", year=2026, actor=stage.actor("producer"))


def _sealed(stage: Stage, key: str, day: date) -> StoryOfClaim:
    site = _site(key)
    yield day
    actor = stage.actor("producer")
    claim = _start(stage, key)
    upload_template(claim, [workbook(site)], name=f"{site.city}_2026.xlsx", actor=actor)
    plan = store_evidence(
        [
            paper(
                f"Monitoring plan: {site.name}",
                ["Version 3 of 12 January 2026.", "Methods, meters, roles and controls."],
            )
        ],
        name="Monitoring_plan.pdf",
        organisation_id=stage.producer.pk,
        actor=actor,
    )
    producing.attach_evidence(claim, actor=actor, file=plan, purpose=Purpose.MONITORING_PLAN)
    producing.seal_and_invite(claim, actor=actor, verifier=stage.verifier)
    return claim


def _sent(stage: Stage, key: str, day: date) -> StoryOfClaim:
    claim = yield from _sealed(stage, key, day)
    yield clock.today() + timedelta(days=4)
    _confirm(stage, claim, key)
    yield clock.today() + timedelta(days=1)
    return producing.submit_claim(claim, actor=stage.actor("producer"), has_declared=True)


def _reviewed(stage: Stage, key: str, day: date) -> StoryOfClaim:
    claim = yield from _sent(stage, key, day)
    yield clock.today() + timedelta(days=3)
    reviewing.take_claim(claim, actor=stage.actor("reviewer"), has_no_conflict=True)
    _answer_findings(stage, claim)
    yield clock.today() + timedelta(days=2)
    reviewing.recommend(
        claim,
        actor=stage.actor("reviewer"),
        kind=RecommendationKind.APPROVE,
        reasons="The verified values are complete and consistent with the evidence. No finding is open.",
    )
    return claim


def _confirm(stage: Stage, claim: Claim, key: str) -> None:
    engagement = claim.engagements.get(state="invited")
    actor = stage.actor("verifier")
    goods = json.loads(engagement.snapshot.content)["reading"]["goods"]
    report = store_evidence(
        [verification_report(_site(key), engagement.snapshot, goods, clock.today())],
        name=f"Verification_report_{key}.pdf",
        organisation_id=stage.verifier.pk,
        actor=actor,
    )
    work = work_of(engagement) or accept_invitation(engagement, actor=actor, has_declared=True)
    _settle_finding(stage, work)
    details = verifying.StatementDetails(
        opinion=Opinion.SATISFACTORY,
        assurance=Assurance.REASONABLE,
        report_number=f"AV-2027-{claim.number[-3:]}",
        report_dated_on=clock.today(),
        seen_sha256=engagement.snapshot.sha256,
        additions=verifiers_part(),
    )
    verifying.confirm_snapshot(
        engagement,
        actor=actor,
        details=details,
        report=report,
        accreditation=stage.accreditation,
        annexes=annexes_of(engagement.snapshot),
    )


def _settle_finding(stage: Stage, work: VerificationWork) -> None:
    """One misstatement that the producer corrected before it sealed."""
    finding = raise_finding(
        work,
        actor=stage.actor("verifier"),
        details=FindingDetails(
            kind=FindingKind.MISSTATEMENT,
            is_material=False,
            subject="Electricity",
            text="Meter reading of August, 0.2 % of the emissions.",
        ),
    )
    reason = "The reading in the sealed numbers is the one of the meter; the log was wrong and is corrected."
    close_finding(finding, actor=stage.actor("verifier"), outcome=FindingOutcome.CORRECTED, reason=reason)


def _answer_findings(stage: Stage, claim: Claim) -> None:
    for finding in open_findings(claim):
        reviewing.answer_finding(
            claim,
            actor=stage.actor("reviewer"),
            finding_key=finding.key,
            text="Looked at with the verification report; the explanation there is sufficient.",
        )


def _approve(stage: Stage, claim: Claim) -> Certificate:
    ruling = deciding.Ruling(
        reasons="The values are verified with reasonable assurance and free of material misstatement.",
        legal_ground=GROUND,
        seen_version=claim.version,
        has_no_conflict=True,
    )
    return approve_claim(claim, actor=stage.actor("approver"), ruling=ruling)
