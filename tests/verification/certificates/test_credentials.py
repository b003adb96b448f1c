"""From approval to revocation: the place in the status lists, what is signed, and what a reader finds."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from jsonschema import Draft202012Validator

from tests.factories.certificates import certificate_record
from tests.factories.unit_certificates import block, price_record, taken, unit_record
from verification.audit.actors import Actor
from verification.certificates.models import Certificate
from verification.certificates.services.approval import approve_claim
from verification.certificates.services.issue import issue_certificate
from verification.certificates.services.revocation import RevocationGrounds, confirm_revocation, propose_revocation
from verification.certificates.services.upgrade import upgrade_certificate
from verification.claims.models import Claim
from verification.claims.services.deciding import Ruling
from verification.credentials.did import did_of, keys_of
from verification.credentials.jose import verified_credential
from verification.credentials.models import SignedCredential, StatusEntry, StatusList
from verification.credentials.selectors import (
    issuer_document,
    offline_code_of,
    offline_content_of,
    signed_credential_of,
    signed_list,
)
from verification.credentials.services import allot_status, mark_revoked, mark_suspended, sign_every_list, sign_list
from verification.credentials.status import is_marked
from verification.jobs.handlers import handler_for
from verification.jobs.models import Job

SCHEMA = json.loads((Path(settings.BASE_DIR) / "static/schemas/certificate-1.json").read_text())
RECORDS = {
    "emissions": certificate_record(),
    "units": unit_record([block(1), block(2, first=5000)], [taken(block(1), 850)]),
    "carbon_price": price_record(2),
}


def problems(record: dict[str, Any]) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in Draft202012Validator(SCHEMA).iter_errors(record)]


def run_jobs(kind: str) -> None:
    for job in Job.objects.filter(kind=kind):
        handler_for(job.kind)(job.payload)


def verified(token: str) -> dict[str, Any]:
    return verified_credential(token, keys=keys_of(issuer_document()), did=did_of(settings.SITE_ADDRESS))


@pytest.fixture
def approved(acting: Callable[..., Actor], claim_at: Callable[[str], Claim]) -> Certificate:
    claim = claim_at("Gebze")
    return approve_claim(claim, actor=acting("approver"), ruling=Ruling("Sound.", "Article 8", claim.version, True))


@pytest.mark.unit
@pytest.mark.parametrize("kind", RECORDS)
def test_record_of_every_kind_fits_the_published_schema(kind: str) -> None:
    Draft202012Validator.check_schema(SCHEMA)
    record = RECORDS[kind]
    assert problems(record) == []
    assert problems(record | {"language": "tr"}) == []
    older = {name: value for name, value in record.items() if name != "credential"}
    assert problems(older | {"schema": "certificate/1-0"}) == []
    for broken in (older, record | {"credential": None}, record | {"decision": {}}, record | {"valid_from": "today"}):
        assert problems(broken), broken


@pytest.mark.unit
def test_schema_refuses_numbers_that_are_no_exact_text() -> None:
    for value in (0.312, "0,312", "3.1e-1", ""):
        record = json.loads(json.dumps(RECORDS["emissions"]))
        record["goods"][0]["see_total"] = value
        assert problems(record), value


@pytest.mark.db
def test_every_certificate_of_the_world_fits_and_has_a_place_of_its_own(world: None) -> None:
    records = [json.loads(text) for text in Certificate.objects.values_list("record", flat=True)]
    assert len(records) > 2
    assert [problem for record in records for problem in problems(record)] == []
    places = [record["credential"]["status_index"] for record in records]
    assert len(set(places)) == len(places)
    assert places != sorted(places) or max(places) - min(places) > len(places)


@pytest.mark.db
def test_approved_issued_and_revoked(approved: Certificate, acting: Callable[..., Actor]) -> None:
    record = json.loads(approved.record)
    assert signed_credential_of(approved.pk) is None
    edition = issue_certificate(str(approved.pk))
    run_jobs("certificates.credential")
    run_jobs("certificates.credential")
    signed = SignedCredential.objects.get(subject=approved.pk)
    said = verified(signed.token)
    assert said["id"] == record["credential"]["id"] == f"{settings.SITE_ADDRESS}/credentials/{approved.code}"
    assert said["credentialSubject"]["conformityCertificate"]["hashDigest"] == edition.sha256
    assert {name: part for name, part in json.loads(signed.secured).items() if name != "proof"} == said
    assert offline_content_of(offline_code_of(approved.pk))["number"] == approved.number

    status = said["credentialStatus"][0]
    number, index = int(status["statusListCredential"].rpartition("/")[2]), int(status["statusListIndex"])
    before = verified(sign_list(number, "revocation").token)
    assert before["id"] == status["statusListCredential"]
    assert not is_marked(before, index)
    proposal = propose_revocation(
        approved,
        actor=acting("reviewer"),
        grounds=RevocationGrounds("The verifier withdrew its opinion.", "Article 19", date(2026, 1, 1)),
    )
    confirm_revocation(proposal, actor=acting("approver"))
    run_jobs("credentials.sign_list")
    listed = signed_list("revocation", number)
    assert listed is not None
    assert is_marked(verified(listed.token), index)
    assert not is_marked(verified(sign_list(number, "suspension").token), index)
    assert hashlib.sha256(edition.file.storage.open(edition.file.name).read()).hexdigest() == edition.sha256
    extended = upgrade_certificate(edition)
    run_jobs("certificates.credential")
    newest = signed_credential_of(approved.pk)
    assert newest is not None
    assert (newest.document_sha256, SignedCredential.objects.filter(subject=approved.pk).count()) == (
        extended.sha256,
        2,
    )


@pytest.mark.db
def test_place_is_given_once_and_a_mark_of_revocation_stays(world: None) -> None:
    certificate = Certificate.objects.filter(revocation=None, superseded_by=None).earliest("issued_at")
    with pytest.raises(IntegrityError), transaction.atomic():
        allot_status(certificate.pk)
    assert mark_revoked(certificate.pk)
    assert not mark_revoked(certificate.pk)
    with pytest.raises(IntegrityError, match="issued rows never change"), transaction.atomic():
        StatusEntry.objects.filter(subject=certificate.pk).update(revoked_at=None)
    with pytest.raises(IntegrityError, match="issued rows never change"), transaction.atomic():
        connection.cursor().execute("DELETE FROM credentials_statusentry")


@pytest.mark.db
def test_suspension_comes_and_goes_and_an_older_list_never_replaces_a_newer_one(world: None) -> None:
    entry = StatusEntry.objects.earliest("pk")
    assert mark_suspended(entry.subject, is_suspended=True)
    assert is_marked(verified(sign_list(entry.list.number, "suspension").token), entry.index)
    assert mark_suspended(entry.subject, is_suspended=False)
    assert not mark_suspended(entry.subject, is_suspended=False)
    newer = sign_list(entry.list.number, "suspension")
    assert not is_marked(verified(newer.token), entry.index)
    StatusList.objects.filter(pk=entry.list_id).update(version=newer.version - 1)
    assert sign_list(entry.list.number, "suspension").token == newer.token
    assert sign_every_list() == {"lists": 1}
