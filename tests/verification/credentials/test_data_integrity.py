"""Proofs inside the JSON: the W3C's own vectors verify, ours do, and nothing altered does."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from tests.factories.certificates import certificate_record
from tests.factories.issuer import MemorySigner
from tests.verification.credentials.jsonld import DATA
from verification.credentials.data_integrity import AnyKey, demand_proof, secured
from verification.credentials.dcc import conformity_credential
from verification.credentials.did import did_document
from verification.credentials.encoding import base58, from_base58
from verification.credentials.keys import NotGenuine

pytestmark = pytest.mark.unit
VECTORS = ("eddsa-jcs-2022", "ecdsa-jcs-2019-p256", "ecdsa-jcs-2019-p384")


def key_of(multibase: str) -> AnyKey:
    """From a Multikey (W3C Controlled Identifiers 1.0, 2.2.2)."""
    prefix, key = from_base58(multibase.removeprefix("z"))[:2], from_base58(multibase.removeprefix("z"))[2:]
    if prefix == b"\xed\x01":
        return Ed25519PublicKey.from_public_bytes(key)
    curve = {b"\x80\x24": ec.SECP256R1(), b"\x81\x24": ec.SECP384R1()}[prefix]
    return ec.EllipticCurvePublicKey.from_encoded_point(curve, key)


@pytest.mark.parametrize("name", VECTORS)
def test_vector_of_the_w3c_verifies_and_an_altered_one_does_not(name: str) -> None:
    signed = json.loads((DATA / f"{name}.json").read_text())
    key = key_of(signed["proof"]["verificationMethod"].rpartition("#")[2])
    demand_proof(signed, key)
    for altered in (
        signed | {"name": "Another"},
        signed | {"proof": signed["proof"] | {"created": "2023-02-24T23:36:39Z"}},
        signed | {"proof": signed["proof"] | {"@context": ["https://www.w3.org/ns/credentials/examples/v2"]}},
        signed | {"proof": signed["proof"] | {"proofValue": signed["proof"]["proofValue"][:-1]}},
        {part: value for part, value in signed.items() if part != "proof"},
    ):
        with pytest.raises(NotGenuine):
            demand_proof(altered, key)


def test_our_proof_verifies_with_the_multikey_of_the_did_document() -> None:
    signer, did = MemorySigner.new(), "did:web:verify.example.org"
    credential = conformity_credential(certificate_record())
    signed = secured(credential, signer=signer, did=did, signed_at=datetime(2027, 3, 18, 9, 42, tzinfo=UTC))
    methods = {each["id"]: each for each in did_document(did, [signer])["verificationMethod"]}
    method = methods[signed["proof"]["verificationMethod"]]
    demand_proof(signed, key_of(method["publicKeyMultibase"]))
    assert signed["proof"]["@context"] == signed["@context"]
    with pytest.raises(NotGenuine):
        demand_proof(signed | {"validUntil": "2099-01-01T00:00:00Z"}, signer.public_key)


def test_base58_keeps_leading_zeros() -> None:
    assert base58(b"\0\0hello") == "11Cn8eVZg"
    assert from_base58("11Cn8eVZg") == b"\0\0hello"
