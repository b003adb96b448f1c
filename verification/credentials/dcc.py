"""From the record of a certificate to a Digital Conformity Credential of the UN Transparency Protocol. Pure.

UNTP 0.6.1 (UN/CEFACT, ``untp-dcc-schema-0.6.1.json``) on W3C Verifiable Credentials 2.0. Only types and terms that its
context defines are used: a type such as SecureLink stands in the schema and not in the context, and would make the
credential mean nothing to a reader of JSON-LD. Numbers are what the schema wants, JSON numbers; the exact decimals
stand beside them in words, and in the record.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

from verification.credentials.dcc_emissions import emission_assessments
from verification.credentials.dcc_price import price_assessments
from verification.credentials.dcc_terms import party
from verification.credentials.dcc_units import unit_assessments
from verification.credentials.encoding import base64url
from verification.credentials.status import REVOCATION, SUSPENSION

CONTEXTS = ["https://www.w3.org/ns/credentials/v2", "https://test.uncefact.org/vocabulary/untp/dcc/0.6.1/"]
EMISSIONS = "emissions"
"""Kind of the records that name none."""
ASSESSMENTS: dict[str, Callable[[Mapping[str, Any]], list[dict[str, Any]]]] = {
    EMISSIONS: emission_assessments,
    "units": unit_assessments,
    "carbon_price": price_assessments,
}
NAMES = {
    EMISSIONS: "Verified specific embedded emissions",
    "units": "Accepted reduction units",
    "carbon_price": "Carbon price effectively paid",
}


def conformity_credential(record: Mapping[str, Any], *, document_sha256: str = "") -> dict[str, Any]:
    """The credential, not yet signed. ``document_sha256`` is the sealed PDF, once there is one.

    Raises ``KeyError`` for a kind of record that is no certificate, or one without its credential's block.
    """
    named = record["credential"]
    credential = {
        "@context": CONTEXTS,
        "type": ["DigitalConformityCredential", "VerifiableCredential"],
        "id": named["id"],
        "issuer": {"type": ["CredentialIssuer"], "id": named["issuer"], "name": record["authority"]["name"]},
        "validFrom": record["issued_at"],
        "validUntil": f"{named['valid_until']}T23:59:59Z",
        "credentialStatus": [
            _status(named["status_list"], REVOCATION, named["status_index"]),
            _status(named["suspension_list"], SUSPENSION, named["status_index"]),
        ],
        "credentialSubject": _attestation(record),
    }
    if document_sha256:
        credential["credentialSubject"]["conformityCertificate"] = _by_hash(
            document_sha256, name=f"{record['certificate_no']}.pdf", kind="application/pdf"
        )
    return credential


def _attestation(record: Mapping[str, Any]) -> dict[str, Any]:
    kind = record.get("kind", EMISSIONS)
    base = record["credential"]["id"]
    specimen = "SPECIMEN without legal effect: " if record["specimen"] else ""
    holder = record.get("operator") or record["holder"]
    attestation = {
        "type": ["ConformityAttestation", "Attestation"],
        "id": f"{base}#attestation",
        "name": f"{specimen}{NAMES[kind]}, certificate {record['certificate_no']}",
        "assessorLevel": "3rdParty",
        "assessmentLevel": "GovtApproval",
        "attestationType": "verification",
        "description": _description(record),
        "issuedToParty": party(f"{base}#holder", holder["name"], registered_id=holder.get("registration")),
        "auditableEvidence": _by_hash(record["evidence_sha256"], name="Manifest of the evidence", kind="evidence"),
        "scope": _scheme(record),
        "assessment": ASSESSMENTS[kind](record),
    }
    authorisations = _authorisations(record)
    return attestation | ({"authorisation": authorisations} if authorisations else {})


def _description(record: Mapping[str, Any]) -> str:
    period = record["reporting_period"]
    return (
        f"Decision {record['decision']['ref']} on the reporting period {period['start']} to {period['end']}, "
        f"for imports from {record['valid_from']} to {record['valid_to']}. "
        f"Check it with its code at {record['check_address']}."
    )


def _scheme(record: Mapping[str, Any]) -> dict[str, Any]:
    named = record["credential"]
    site = urlsplit(named["id"])
    return {
        "type": ["ConformityScheme"],
        "id": f"{site.scheme}://{site.netloc}/benchmarks/?scheme={record['scheme']}",
        "name": record["scheme_name"],
        "description": record["legal_basis"],
        "version": named["scheme_release"],
        "validFrom": named["scheme_valid_from"],
        "owner": party(named["issuer"], record["authority"]["name"]),
    }


def _authorisations(record: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The accreditation of whoever verified, with the body that gave it."""
    base = record["credential"]["id"]
    verifier = record.get("verification") or record.get("certifier")
    if verifier is None:
        return []
    number = verifier.get("accreditation_number") or verifier["accreditation"]
    body = verifier.get("accreditation_body") or verifier["body"]
    return [
        {
            "type": ["Endorsement"],
            "id": f"{base}#accreditation",
            "name": f"Accreditation {number} of {verifier['name']}",
            "issuingAuthority": party(f"{base}#accreditation-body", body),
        }
    ]


def _status(address: str, purpose: str, index: int) -> dict[str, str]:
    return {
        "id": f"{address}#{index}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": purpose,
        "statusListIndex": str(index),
        "statusListCredential": address,
    }


def _by_hash(sha256: str, *, name: str, kind: str) -> dict[str, str]:
    """Named by its hash (RFC 6920): the holder has the file, no address hands it to everybody."""
    return {
        "linkURL": f"ni:///sha-256;{base64url(bytes.fromhex(sha256))}",
        "linkName": name,
        "linkType": kind,
        "hashDigest": sha256,
        "hashMethod": "SHA-256",
        "encryptionMethod": "none",
    }
