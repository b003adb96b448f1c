"""A claim that was filled in by form goes all the way: sealed, verified, decided, certified, in force."""

import json
from datetime import date
from decimal import Decimal

import pytest

from portal.commands.demonstration.verifiers_part import verifiers_part
from portal.commands.demonstration.workbooks import paper
from verification.accounting.entry.writing import answers_of
from verification.accounting.examples import example_report
from verification.certificates.services.approval import approve_claim
from verification.certificates.services.issue import issue_certificate
from verification.claims.enums import Assurance, Opinion, RecommendationKind
from verification.claims.findings import open_findings
from verification.claims.services import deciding
from verification.claims.services import producer as producing
from verification.claims.services import review as reviewing
from verification.claims.services import verification as verifying
from verification.claims.services.verifier_work import accept_invitation
from verification.determination.claim_entry import import_answers
from verification.determination.services import determine_question, question_for
from verification.disclosure.verification import annexes_of
from verification.evidence.services import store_evidence
from verification.registry.models import Accreditation, Organisation

pytestmark = pytest.mark.db


@pytest.fixture
def certificate(claim_at, acting):
    claim = claim_at("Gaziantep")
    producer = acting("producer")
    answers = answers_of(example_report("stainless_steelworks"))
    site = claim.installation
    answers["installation"]["-"] |= {
        "country": "TR",
        "latitude": str(site.latitude),
        "longitude": str(site.longitude),
    }
    answers["goods"]["1"] |= {"quantity": "1000", "quantity.unit": "category unit"}
    claim = import_answers(claim, answers, actor=producer, origin="form")
    verifier = Organisation.objects.get(is_verifier=True)
    engagement = producing.seal_and_invite(claim, actor=producer, verifier=verifier)
    confirm(engagement, acting("verifier"), verifier)
    claim.refresh_from_db()
    producing.submit_claim(claim, actor=producer, has_declared=True)
    reviewing.take_claim(claim, actor=acting("reviewer"), has_no_conflict=True)
    for finding in open_findings(claim):
        reviewing.answer_finding(claim, actor=acting("reviewer"), finding_key=finding.key, text="Looked at.")
    reviewing.recommend(claim, actor=acting("reviewer"), kind=RecommendationKind.APPROVE, reasons="Complete.")
    ruling = deciding.Ruling("Sound.", "Article 8", claim.version, True)
    return approve_claim(claim, actor=acting("approver"), ruling=ruling)


def confirm(engagement, actor, verifier):
    report = store_evidence(
        [paper("Verification report", ["We conclude with reasonable assurance."])],
        name="Report.pdf",
        organisation_id=verifier.pk,
        actor=actor,
    )
    accept_invitation(engagement, actor=actor, has_declared=True)
    details = verifying.StatementDetails(
        opinion=Opinion.SATISFACTORY,
        assurance=Assurance.REASONABLE,
        report_number="AV-2027-777",
        report_dated_on=date(2027, 3, 12),
        seen_sha256=engagement.snapshot.sha256,
        additions=verifiers_part(),
    )
    accreditation = Accreditation.objects.get(organisation=verifier)
    verifying.confirm_snapshot(
        engagement,
        actor=actor,
        details=details,
        report=report,
        accreditation=accreditation,
        annexes=annexes_of(engagement.snapshot),
    )


def test_record_says_that_there_was_no_workbook(certificate):
    record = json.loads(certificate.record)
    assert record["workbook_sha256"] is None
    assert record["goods"][0]["quantity"] == "1000"
    assert record["goods"][0]["quantity_shared_by"] == 1


def test_paper_is_drawn_and_sealed(certificate):
    edition = issue_certificate(str(certificate.pk))
    assert edition.size_bytes > 10_000


def test_value_is_in_force_for_the_quantity_of_the_good_alone(certificate):
    site = certificate.claim.installation.code
    good = json.loads(certificate.record)["goods"][0]["cn_code"]
    question = question_for("eu-cbam", good, "TR", legal_date=date(2026, 6, 1), installation=site)
    answer = determine_question(question)
    assert (answer.certificate, answer.verified_quantity_t) == (certificate.number, Decimal(1000))
