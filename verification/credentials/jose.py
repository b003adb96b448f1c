"""Credentials as ``vc+jwt``: the credential itself is the payload (W3C VC-JOSE-COSE), signed with ES256. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

import rfc8785
from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import ECKey

from verification.credentials.did import method_id
from verification.credentials.encoding import base64url
from verification.credentials.keys import NotGenuine, PublicKey, Signer, UnknownKey

MEDIA_TYPE = "application/vc+jwt"
ALGORITHM = "ES256"


def signed_credential(credential: Mapping[str, Any], *, signer: Signer, did: str) -> str:
    """The compact form. The private key may be in a device: it is only ever asked for a signature."""
    header = {"alg": ALGORITHM, "typ": "vc+jwt", "cty": "vc", "kid": method_id(did, signer.key_id)}
    signing_input = ".".join(base64url(part) for part in (rfc8785.dumps(header), rfc8785.dumps(dict(credential))))
    return f"{signing_input}.{base64url(signer.sign(signing_input.encode()))}"


def verified_credential(token: str, *, keys: Iterable[PublicKey], did: str) -> dict[str, Any]:
    """The payload. Raises ``UnknownKey`` and ``NotGenuine``."""
    try:
        header = jws.extract_compact(token.encode()).headers()
    except (JoseError, ValueError) as error:
        raise NotGenuine("It is no signed credential.") from error
    if (header.get("alg"), header.get("typ"), header.get("cty")) != (ALGORITHM, "vc+jwt", "vc"):
        raise NotGenuine("Its header is not that of a signed credential.")
    by_kid = {method_id(did, key.key_id): key for key in keys}
    key = by_kid.get(str(header.get("kid")))
    if key is None:
        raise UnknownKey(f"The issuer {did} has no key {header.get('kid')}.")
    try:
        checked = jws.deserialize_compact(token, ECKey.import_key(key.public_key), algorithms=[ALGORITHM])
        payload = json.loads(checked.payload)
    except (JoseError, ValueError) as error:
        raise NotGenuine("Its signature does not hold.") from error
    if not isinstance(payload, dict):
        raise NotGenuine("It is no credential.")
    return payload
