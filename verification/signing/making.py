"""Making what is missing in the folder of keys, and replacing keys without orphaning what they signed."""

from __future__ import annotations

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings

from verification.signing import authority, folder
from verification.signing.authority import Root, certificate_pem, key_pem
from verification.signing.errors import SealingError
from verification.signing.issuer import issuer_key_id, load_public_key, public_key_pem, retired_name
from verification.signing.token import public_key_in_token

_SEAL_OF_FILES = (folder.ROOT_CERTIFICATE, folder.SEAL_CERTIFICATE, folder.SEAL_KEY)


def make_keys() -> bool:
    """Make what is missing: root, sealing key, time-stamping authority, issuer's key. ``True`` when anything was.

    Raises ``FileExistsError`` when only a part of the sealing key is there: overwriting would orphan old seals;
    ``SealingError`` where something is missing that cannot be made here.
    """
    with folder.changing_keys():
        files = _missing_in_token() if folder.uses_token() else _missing_in_files()
        if files:
            folder.put(files)
    return bool(files)


def rotate_keys(*, with_root: bool = False) -> dict[str, str]:
    """Replace the sealing key and the issuer's key; with ``with_root`` also the root and what stands under it.

    What was there stays trusted and listed. The ids of the new keys. Raises ``SealingError`` where the keys or the
    root's key are not kept in the folder.
    """
    if folder.uses_token():
        raise SealingError("Keys in a token are replaced with the tools of the token; see docs/operations.md.")
    with folder.changing_keys():
        if folder.missing_key_files():
            raise SealingError("The keys are not complete; run make_keys first.")
        files = _new_root() if with_root else _new_seal(_root())
        files |= _new_issuer_key()
        folder.put(files)
    issuer = load_public_key(files[folder.ISSUER_PUBLIC_KEY])
    return {"seal": _fingerprint(files[folder.SEAL_CERTIFICATE]), "issuer": issuer_key_id(issuer)}


def renew_revocations() -> bool:
    """Make the root's list of revocations anew; ``False`` where the root's key is kept elsewhere."""
    with folder.changing_keys():
        if not folder.is_there(folder.ROOT_KEY):
            return False
        folder.put({folder.ROOT_REVOCATIONS: authority.empty_revocations(_root())})
    return True


def _missing_in_files() -> dict[str, bytes]:
    missing = [name for name in _SEAL_OF_FILES if not folder.is_there(name)]
    if missing and len(missing) < len(_SEAL_OF_FILES):
        where = folder.key_folder()
        raise FileExistsError(f"{where} holds only a part of the sealing key; missing: {', '.join(missing)}.")
    files = _new_root() if missing or _has_lost_its_root() else _missing_under_root()
    if not folder.is_there(folder.ISSUER_KEY):
        files |= _new_issuer_key()
    elif not folder.is_there(folder.ISSUER_PUBLIC_KEY):
        files[folder.ISSUER_PUBLIC_KEY] = public_key_pem(_private_key(folder.ISSUER_KEY).public_key())
    return files


def _missing_in_token() -> dict[str, bytes]:
    """The certificates come from whoever certifies the token's keys; the issuer's public key is noted in a file."""
    for name in (folder.ROOT_CERTIFICATE, folder.SEAL_CERTIFICATE):
        if not folder.is_there(name):
            raise SealingError(f"{name} is missing in {folder.key_folder()}: it certifies the key in the token.")
    files = _missing_under_root()
    public_key = public_key_in_token(settings.PKCS11_ISSUER_KEY)
    noted = public_key_pem(public_key)
    if not folder.is_there(folder.ISSUER_PUBLIC_KEY):
        files[folder.ISSUER_PUBLIC_KEY] = noted
    elif folder.read(folder.ISSUER_PUBLIC_KEY) != noted:
        files |= _retired_issuer() | {folder.ISSUER_PUBLIC_KEY: noted}
    return files


def _has_lost_its_root() -> bool:
    """A root of an earlier version: its key was never kept, so that it can certify nothing more."""
    is_ours = authority.is_made_here(x509.load_pem_x509_certificate(folder.read(folder.ROOT_CERTIFICATE)))
    return is_ours and not folder.is_there(folder.ROOT_KEY) and not folder.is_there(folder.ROOT_REVOCATIONS)


def _missing_under_root() -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    if folder.is_there(folder.ROOT_KEY) and not folder.is_there(folder.ROOT_REVOCATIONS):
        files[folder.ROOT_REVOCATIONS] = authority.empty_revocations(_root())
    if folder.stamps_itself() and not folder.is_there(folder.STAMP_CERTIFICATE):
        if not folder.is_there(folder.ROOT_KEY):
            raise SealingError("Nobody stamps the time: name a time-stamping authority in PORTAL_TSA_URL.")
        files |= _new_stamps(_root())
    return files


def _new_root() -> dict[str, bytes]:
    """A root and all that stands under it. The earlier root stays trusted."""
    root = authority.make_root()
    files = {
        folder.ROOT_CERTIFICATE: certificate_pem(root.certificate),
        folder.ROOT_KEY: key_pem(root.key),
        folder.ROOT_REVOCATIONS: authority.empty_revocations(root),
    }
    if folder.is_there(folder.ROOT_CERTIFICATE):
        earlier = folder.read(folder.ROOT_CERTIFICATE)
        files[f"{folder.OTHER_ROOTS}/{_fingerprint(earlier)[:16]}.pem"] = earlier
    return files | _new_seal(root) | (_new_stamps(root) if folder.stamps_itself() else {})


def _new_seal(root: Root) -> dict[str, bytes]:
    key = ec.generate_private_key(ec.SECP256R1())
    files = {
        folder.SEAL_CERTIFICATE: certificate_pem(authority.certify_seal(root, key.public_key())),
        folder.SEAL_KEY: key_pem(key),
    }
    if folder.is_there(folder.SEAL_CERTIFICATE):
        earlier = folder.read(folder.SEAL_CERTIFICATE)
        files[f"{folder.RETIRED}/seal-{_fingerprint(earlier)[:16]}.pem"] = earlier
    return files


def _new_stamps(root: Root) -> dict[str, bytes]:
    key = authority.make_stamp_key()
    certificate = authority.certify_stamps(root, key.public_key())
    return {folder.STAMP_CERTIFICATE: certificate_pem(certificate), folder.STAMP_KEY: key_pem(key)}


def _new_issuer_key() -> dict[str, bytes]:
    key = ec.generate_private_key(ec.SECP256R1())
    return _retired_issuer() | {
        folder.ISSUER_KEY: key_pem(key),
        folder.ISSUER_PUBLIC_KEY: public_key_pem(key.public_key()),
    }


def _retired_issuer() -> dict[str, bytes]:
    if not folder.is_there(folder.ISSUER_PUBLIC_KEY):
        return {}
    pem = folder.read(folder.ISSUER_PUBLIC_KEY)
    return {retired_name(load_public_key(pem)): pem}


def _root() -> Root:
    """Raises ``SealingError`` where the root's key is not here."""
    if not folder.is_there(folder.ROOT_KEY):
        raise SealingError(f"{folder.ROOT_KEY} is not kept in {folder.key_folder()}.")
    certificate = x509.load_pem_x509_certificate(folder.read(folder.ROOT_CERTIFICATE))
    return Root(certificate, _private_key(folder.ROOT_KEY))


def _private_key(name: str) -> ec.EllipticCurvePrivateKey:
    key = serialization.load_pem_private_key(folder.read(name), password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise SealingError(f"{name} is not a key of an elliptic curve.")
    return key


def _fingerprint(pem: bytes) -> str:
    return x509.load_pem_x509_certificate(pem).fingerprint(hashes.SHA256()).hex()
