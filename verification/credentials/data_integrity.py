"""Data Integrity proofs by JCS: ``ecdsa-jcs-2019`` (ours) and ``eddsa-jcs-2022`` (read only), W3C, 15 May 2025. Pure.

Both hash the canonical proof configuration and the canonical document, one after the other. Proofs that this module
makes carry ``@context``, as the algorithms demand of a document that has one.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256, sha384
from typing import Any

import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256, SHA384, HashAlgorithm

from verification.credentials.did import multikey_id
from verification.credentials.encoding import base58, from_base58, utc_text
from verification.credentials.keys import NotGenuine, Signer

OURS = "ecdsa-jcs-2019"
AnyKey = ec.EllipticCurvePublicKey | Ed25519PublicKey


def secured(credential: Mapping[str, Any], *, signer: Signer, did: str, signed_at: datetime) -> dict[str, Any]:
    """The credential with a proof inside."""
    proof = {
        "@context": credential["@context"],
        "type": "DataIntegrityProof",
        "cryptosuite": OURS,
        "created": utc_text(signed_at),
        "verificationMethod": multikey_id(did, signer.key_id),
        "proofPurpose": "assertionMethod",
    }
    signature = signer.sign(_hashed(credential, proof, OURS, signer.public_key))
    return {**credential, "proof": {**proof, "proofValue": f"z{base58(signature)}"}}


def demand_proof(document: Mapping[str, Any], key: AnyKey) -> None:
    """Raises ``NotGenuine`` unless the document's one proof was made with ``key``. What the key may do is the caller's
    to look up."""
    proof = document.get("proof")
    if not isinstance(proof, Mapping) or proof.get("type") != "DataIntegrityProof":
        raise NotGenuine("The document bears no Data Integrity proof.")
    value, suite = str(proof.get("proofValue", "")), str(proof.get("cryptosuite"))
    configuration = {name: part for name, part in proof.items() if name != "proofValue"}
    bare = {name: part for name, part in document.items() if name != "proof"}
    if "@context" in proof and not _begins_with(bare.get("@context"), proof["@context"]):
        raise NotGenuine("The context of the proof is not that of the document.")
    if "@context" in proof:
        bare["@context"] = proof["@context"]
    try:
        signature = from_base58(value.removeprefix("z"))
        hashed = _hashed(bare, configuration, suite, key)
        _verify(key, signature, hashed)
    except (ValueError, InvalidSignature) as error:
        raise NotGenuine("The proof does not hold for the document.") from error


def _hashed(document: Mapping[str, Any], configuration: Mapping[str, Any], suite: str, key: AnyKey) -> bytes:
    """Raises ``ValueError`` where suite and key do not belong together."""
    if isinstance(key, Ed25519PublicKey):
        fits, digest = suite == "eddsa-jcs-2022", sha256
    else:
        fits, digest = suite == OURS, sha256 if key.key_size == 256 else sha384
    if not fits:
        raise ValueError(f"{suite} does not sign with such a key.")
    return b"".join(digest(rfc8785.dumps(dict(part))).digest() for part in (configuration, document))


def _verify(key: AnyKey, signature: bytes, data: bytes) -> None:
    if isinstance(key, Ed25519PublicKey):
        key.verify(signature, data)
        return
    half = key.key_size // 8
    if len(signature) != 2 * half:
        raise ValueError("The signature has not the length of a signature.")
    r, s = int.from_bytes(signature[:half], "big"), int.from_bytes(signature[half:], "big")
    hashing: HashAlgorithm = SHA256() if half == 32 else SHA384()
    key.verify(encode_dss_signature(r, s), data, ec.ECDSA(hashing))


def _begins_with(contexts: Any, first: Any) -> bool:
    """The document's contexts start with those of the proof, in order (step 4.1 of the verification)."""
    listed = contexts if isinstance(contexts, list) else [contexts]
    wanted = first if isinstance(first, list) else [first]
    return listed[: len(wanted)] == wanted
