"""Approval and revocation with everything that follows from them."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from verification.audit.actors import Actor
from verification.audit.services import verify_chain
from verification.certificates.checking import FileVerdict, check_file
from verification.certificates.enums import CertificateStatus
from verification.certificates.models import Certificate, Edition
from verification.certificates.selectors import public_certificate_by_code, status_of
from verification.certificates.services.approval import approve_claim
from verification.certificates.services.issue import issue_certificate
from verification.certificates.services.revocation import (
    RevocationGrounds,
    confirm_revocation,
    drop_proposal,
    propose_revocation,
)
from verification.claims.models import Claim
from verification.claims.services.deciding import Ruling
from verification.determination.services import determine_question, question_for
from verification.jobs.models import Job
from verification.kernel import clock
from verification.kernel.canonical import sha256_of
from verification.kernel.errors import Conflict, InvalidInput, NotAllowed, SecondFactorNeeded

pytestmark = pytest.mark.db
GROUNDS = RevocationGrounds("The verifier withdrew its opinion.", "Article 19", date(2026, 1, 1))


@pytest.fixture
def approved(acting: Callable[..., Actor], claim_at: Callable[[str], Claim]) -> Certificate:
    claim = claim_at("Gebze")
    return approve_claim(claim, actor=acting("approver"), ruling=Ruling("Sound.", "Article 8", claim.version, True))


def answer(installation: str, good: str = "72083900", **more: object):
    question = question_for("eu-cbam", good, "TR", legal_date=date(2026, 3, 1), installation=installation, **more)
    return determine_question(question)


def test_approval_overrides_the_default_for_that_key_and_nothing_else(approved: Certificate) -> None:
    site = approved.claim.installation.code
    verified = answer(site, "73041100")
    assert (verified.basis, verified.certificate) == ("verified", approved.number)
    assert answer(site, "72083900").basis == "default"
    assert answer("", "73041100").basis == "default"
    other_year = question_for("eu-cbam", "73041100", "TR", legal_date=date(2027, 1, 1), installation=site)
    assert determine_question(other_year).basis == "default"


def test_approval_seals_in_the_background_with_one_job(approved: Certificate) -> None:
    assert status_of(approved) is CertificateStatus.BEING_SEALED
    job = Job.objects.get(idempotency_key=f"certificate-{approved.pk}")
    assert job.payload == {"certificate": str(approved.pk)}


def test_issue_twice_leaves_one_edition(approved: Certificate) -> None:
    first, second = issue_certificate(str(approved.pk)), issue_certificate(str(approved.pk))
    assert first.pk == second.pk
    assert Edition.objects.filter(certificate=approved).count() == 1
    assert status_of(Certificate.objects.get(pk=approved.pk)) is CertificateStatus.VALID


def test_record_is_the_one_that_was_decided(approved: Certificate) -> None:
    record = json.loads(approved.record)
    assert sha256_of(record) == approved.record_sha256
    assert record["specimen"] is True
    assert record["snapshot_sha256"] == approved.decision.snapshot.sha256
    assert [good["cn_code"] for good in record["goods"]] == ["72189911", "73041100", "72191310", "72210010"]
    assert record["decision"]["reviewer"] == "R-0172"
    assert record["decision"]["approver"] == "A-0039"
    assert record["language"] == "tr"
    steps = [[step["rung"] for step in row["steps"]] for row in record["determination"]]
    assert steps == [["exemption", "override", "alternative_value", "country_default"]] * 4
    assert [row["steps"][1]["value"] for row in record["determination"]] == [
        good["see_total"] for good in record["goods"]
    ]


def test_issued_file_is_recognised_and_a_changed_one_is_not(approved: Certificate) -> None:
    content = issue_certificate(str(approved.pk)).file.read()
    found = check_file(content)
    assert (found.verdict, found.status) == (FileVerdict.IDENTICAL, CertificateStatus.VALID)
    position = content.index(b"/Type")
    altered = content[:position] + b"/Tyqe" + content[position + 5 :]
    assert check_file(altered).verdict is not FileVerdict.IDENTICAL
    assert check_file(content + b" ").verdict is FileVerdict.ALTERED


def test_certificate_and_edition_never_change(approved: Certificate) -> None:
    issue_certificate(str(approved.pk))
    for statement in (
        "UPDATE certificates_certificate SET record = '{}'",
        "DELETE FROM certificates_certificate",
        "UPDATE certificates_edition SET sha256 = 'x'",
    ):
        with pytest.raises(IntegrityError, match="issued rows never change"), transaction.atomic():
            connection.cursor().execute(statement)


def test_revocation_by_two_people_ends_override_and_keeps_what_was_known(
    approved: Certificate, acting: Callable[..., Actor]
) -> None:
    site = approved.claim.installation.code
    known_before = clock.now()
    proposal = propose_revocation(approved, actor=acting("reviewer"), grounds=GROUNDS)
    assert answer(site, "73041100").basis == "verified"
    confirm_revocation(proposal, actor=acting("approver"))
    assert answer(site, "73041100").basis == "default"
    assert answer(site, "73041100", known_at=known_before).certificate == approved.number
    assert status_of(public_certificate_by_code(approved.code)) is CertificateStatus.REVOKED
    assert Claim.objects.get(pk=approved.claim_id).state == "revoked"
    assert verify_chain().is_intact


def test_revocation_from_a_later_day_keeps_the_days_before(approved: Certificate, acting: Callable[..., Actor]) -> None:
    grounds = replace(GROUNDS, effective_on=date(2026, 7, 1))
    confirm_revocation(
        propose_revocation(approved, actor=acting("reviewer"), grounds=grounds), actor=acting("approver")
    )
    site = approved.claim.installation.code
    assert answer(site, "73041100").basis == "verified"
    later = question_for("eu-cbam", "73041100", "TR", legal_date=date(2026, 7, 1), installation=site)
    assert determine_question(later).basis == "default"


def test_one_person_cannot_revoke(approved: Certificate, acting: Callable[..., Actor]) -> None:
    proposal = propose_revocation(approved, actor=acting("approver"), grounds=GROUNDS)
    with pytest.raises(NotAllowed, match="different person"):
        confirm_revocation(proposal, actor=acting("approver"))
    with pytest.raises(NotAllowed, match="Only an approver"):
        confirm_revocation(proposal, actor=acting("reviewer"))


def test_revocation_needs_a_fresh_second_factor(approved: Certificate, acting: Callable[..., Actor]) -> None:
    proposal = propose_revocation(approved, actor=acting("reviewer"), grounds=GROUNDS)
    with pytest.raises(SecondFactorNeeded):
        confirm_revocation(proposal, actor=acting("approver", has_factor=False))


def test_second_proposal_and_second_confirmation_are_told(approved: Certificate, acting: Callable[..., Actor]) -> None:
    proposal = propose_revocation(approved, actor=acting("reviewer"), grounds=GROUNDS)
    with pytest.raises(Conflict, match="already open"):
        propose_revocation(approved, actor=acting("reviewer"), grounds=GROUNDS)
    confirm_revocation(proposal, actor=acting("approver"))
    with pytest.raises(Conflict):
        confirm_revocation(proposal, actor=acting("approver"))


def test_dropped_proposal_changes_nothing(approved: Certificate, acting: Callable[..., Actor]) -> None:
    proposal = propose_revocation(approved, actor=acting("reviewer"), grounds=GROUNDS)
    drop_proposal(proposal, actor=acting("approver"), reason="Not founded.")
    assert answer(approved.claim.installation.code, "73041100").basis == "verified"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"reason": " "}, "reason"),
        ({"legal_ground": ""}, "legal_ground"),
        ({"effective_on": date(2027, 1, 1)}, "effective_on"),
        ({"effective_on": date(2025, 12, 31)}, "effective_on"),
    ],
)
def test_proposal_without_its_grounds_is_refused(
    approved: Certificate, acting: Callable[..., Actor], change: dict, field: str
) -> None:
    with pytest.raises(InvalidInput) as refusal:
        propose_revocation(approved, actor=acting("reviewer"), grounds=replace(GROUNDS, **change))
    assert [problem.field for problem in refusal.value.problems] == [field]
