"""The forms of a credential, judged by independent readers: a second JOSE library, JSON-LD, UNTP's rules."""

from __future__ import annotations

import json
from copy import deepcopy
from datetime import UTC, datetime
from typing import Any

import jwt
import pytest
import rfc8785
from jsonschema import Draft202012Validator

from tests.factories.certificates import certificate_record
from tests.factories.issuer import MemorySigner
from tests.factories.unit_certificates import block, price_record, taken, unit_record
from tests.verification.credentials import untp
from tests.verification.credentials.jsonld import UndefinedTerm, expand
from verification.credentials.data_integrity import secured
from verification.credentials.dcc import conformity_credential
from verification.credentials.did import did_document, did_of, keys_of
from verification.credentials.encoding import base64url, from_base64url
from verification.credentials.jose import signed_credential, verified_credential
from verification.credentials.keys import NotGenuine, UnknownKey
from verification.credentials.status import REVOCATION, address_of, bits_of, is_marked, list_credential

pytestmark = pytest.mark.unit
DID = "did:web:verify.example.org"
RECORDS: dict[str, dict[str, Any]] = {
    "emissions": certificate_record(),
    "units": unit_record([block(1)], [taken(block(1), 850)]),
    "carbon_price": price_record(2),
}
KINDS = list(RECORDS)


@pytest.fixture(scope="module")
def signer() -> MemorySigner:
    return MemorySigner.new()


def credential(kind: str) -> dict[str, Any]:
    return conformity_credential(RECORDS[kind], document_sha256="ab" * 32)


def untp_problems(document: dict[str, Any]) -> list[str]:
    return [error.json_path for error in Draft202012Validator(untp.SCHEMA).iter_errors(document)]


@pytest.mark.parametrize("kind", KINDS)
def test_another_library_verifies_with_the_key_that_the_did_document_lists(kind: str, signer: MemorySigner) -> None:
    retired = MemorySigner.new()
    document = did_document(DID, [signer, retired])
    token = signed_credential(credential(kind), signer=signer, did=DID)
    header = jwt.get_unverified_header(token)
    (method,) = [each for each in document["verificationMethod"] if each["id"] == header["kid"]]
    assert method["id"] in document["assertionMethod"]
    assert (header["alg"], header["typ"], header["cty"]) == ("ES256", "vc+jwt", "vc")
    payload = jwt.decode(token, jwt.PyJWK(method["publicKeyJwk"]).key, algorithms=["ES256"])
    assert payload == credential(kind) == verified_credential(token, keys=keys_of(document), did=DID)
    with pytest.raises(UnknownKey):
        verified_credential(token, keys=[retired], did=DID)


def test_altered_metric_fails(signer: MemorySigner) -> None:
    header, payload, signature = signed_credential(credential("emissions"), signer=signer, did=DID).split(".")
    content = json.loads(from_base64url(payload))
    content["credentialSubject"]["assessment"][0]["declaredValue"][0]["metricValue"]["value"] = 0.01
    altered = f"{header}.{base64url(rfc8785.dumps(content))}.{signature}"
    with pytest.raises(NotGenuine):
        verified_credential(altered, keys=[signer], did=DID)
    for nonsense in ("", "a.b.c", f"{header}.{payload}.", f"{payload}.{payload}.{signature}"):
        with pytest.raises((NotGenuine, UnknownKey)):
            verified_credential(nonsense, keys=[signer], did=DID)


@pytest.mark.parametrize("kind", KINDS)
def test_every_term_has_a_meaning_and_untp_finds_what_it_requires(kind: str) -> None:
    document = credential(kind)
    (expanded,) = expand(document)
    (subject,) = expanded["https://www.w3.org/2018/credentials#credentialSubject"]
    assert len(subject[f"{untp.DCC}assessment"]) == len(document["credentialSubject"]["assessment"])
    assert untp_problems(document) == []


def test_proof_and_status_list_have_a_meaning_too(signer: MemorySigner) -> None:
    at = datetime(2027, 3, 18, 9, 42, tzinfo=UTC)
    (with_proof,) = expand(secured(credential("emissions"), signer=signer, did=DID, signed_at=at))
    assert "https://w3id.org/security#proof" in with_proof
    address = address_of("https://verify.example.org", REVOCATION, 1)
    listed = list_credential(
        address, purpose=REVOCATION, bits=bits_of([7]), issuer=DID, issuer_name="Office", signed_at=at
    )
    (expanded,) = expand(listed)
    (subject,) = expanded["https://www.w3.org/2018/credentials#credentialSubject"]
    assert subject["https://www.w3.org/ns/credentials/status#ttl"] == [{"@value": 300_000}]
    assert [index for index in range(9) if is_marked(listed, index)] == [7]


def test_terms_and_rules_discriminate() -> None:
    stray, lacking, invented = (deepcopy(credential("emissions")) for _ in range(3))
    stray["credentialSubject"]["conformityCertificate"]["type"] = ["SecureLink"]
    with pytest.raises(UndefinedTerm):
        expand(stray)
    del lacking["credentialSubject"]["assessorLevel"]
    invented["credentialSubject"]["assessmentLevel"] = "Perfect"
    assert untp_problems(lacking) == ["$.credentialSubject"]
    assert untp_problems(invented) == ["$.credentialSubject.assessmentLevel"]


def test_what_the_record_says_is_what_the_credential_says() -> None:
    record, said = RECORDS["emissions"], credential("emissions")
    subject = said["credentialSubject"]
    first = subject["assessment"][0]
    values = {each["metricName"]: each["metricValue"]["value"] for each in first["declaredValue"]}
    assert values == {
        "Specific embedded emissions, direct, own process (tCO2e per t)": 0.0713288,
        "Specific embedded emissions, direct, precursors (tCO2e per t)": 0.2408564464,
        "Specific embedded emissions, total (tCO2e per t)": 0.3121852464,
    }
    assert "total 0.31218524640 tCO2e per t" in first["description"]
    (criterion,) = first["assessmentCriteria"]
    assert criterion["thresholdValue"]["metricValue"] == {"value": 2.541, "unit": "TNE"}
    assert (subject["assessorLevel"], subject["assessmentLevel"]) == ("3rdParty", "GovtApproval")
    (endorsement,) = subject["authorisation"]
    assert endorsement["issuingAuthority"]["name"] == "Turkish Accreditation Agency"
    assert subject["conformityCertificate"]["hashDigest"] == "ab" * 32
    assert "conformityCertificate" not in conformity_credential(record)["credentialSubject"]
    assert [each["statusListIndex"] for each in said["credentialStatus"]] == ["94567", "94567"]
    assert [each["statusPurpose"] for each in said["credentialStatus"]] == ["revocation", "suspension"]
    assert (said["validFrom"], said["validUntil"]) == (record["issued_at"], "2028-09-30T23:59:59Z")
    assert subject["name"].startswith("SPECIMEN")


def test_did_of_an_address_with_a_port() -> None:
    assert did_of("http://127.0.0.1:8000") == "did:web:127.0.0.1%3A8000"
    with pytest.raises(ValueError, match="each id once"):
        did_document(DID, [])
