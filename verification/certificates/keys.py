"""The sealing key: where it lies, whether it is there, and making one for a single machine.

The folder is named by the deployment; a real one names its own. Without a key nothing starts:
there is no unsealed certificate.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.conf import settings

from verification.kernel.clock import wall_now

ROOT_CERTIFICATE = "root.pem"
SEAL_CERTIFICATE = "seal.pem"
SEAL_KEY = "seal-key.pem"


def key_folder() -> Path:
    return Path(settings.SIGNING_KEY_DIR)


def missing_key_files() -> list[str]:
    """Names of the files that a seal needs and that are not there."""
    return [name for name in (ROOT_CERTIFICATE, SEAL_CERTIFICATE, SEAL_KEY) if not (key_folder() / name).is_file()]


def key_id() -> str:
    """SHA-256 fingerprint of the sealing certificate, hex."""
    certificate = x509.load_pem_x509_certificate((key_folder() / SEAL_CERTIFICATE).read_bytes())
    return certificate.fingerprint(hashes.SHA256()).hex()


def make_keys() -> bool:
    """Make a root and a sealing key (P-256) unless all are there. ``True`` when made.

    Raises ``FileExistsError`` when only some are there: overwriting would orphan old seals.
    """
    missing = missing_key_files()
    if not missing:
        return False
    if len(missing) < 3:
        raise FileExistsError(f"{key_folder()} holds only a part of the sealing key; missing: {', '.join(missing)}.")
    key_folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    root_key, seal_key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root_name = _name(f"{settings.AUTHORITY_NAME} Root")
    root = _certificate(root_name, root_name, root_key, root_key, is_root=True)
    sealing = _certificate(_name(f"{settings.AUTHORITY_NAME} Seal"), root_name, seal_key, root_key, is_root=False)
    _write(ROOT_CERTIFICATE, root.public_bytes(serialization.Encoding.PEM))
    _write(SEAL_CERTIFICATE, sealing.public_bytes(serialization.Encoding.PEM))
    _write(
        SEAL_KEY,
        seal_key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        ),
    )
    return True


def _name(common_name: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, settings.AUTHORITY_NAME),
            x509.NameAttribute(NameOID.COMMON_NAME, common_name),
        ]
    )


def _certificate(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    signing_key: ec.EllipticCurvePrivateKey,
    *,
    is_root: bool,
) -> x509.Certificate:
    start = wall_now() - timedelta(days=1)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=3650 if is_root else 1825))
        .add_extension(x509.BasicConstraints(ca=is_root, path_length=0 if is_root else None), critical=True)
        .add_extension(
            x509.KeyUsage(
                digital_signature=not is_root,
                content_commitment=not is_root,
                key_encipherment=False,
                data_encipherment=False,
                key_agreement=False,
                key_cert_sign=is_root,
                crl_sign=is_root,
                encipher_only=False,
                decipher_only=False,
            ),
            critical=True,
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signing_key.public_key()), critical=False)
    )
    return builder.sign(signing_key, hashes.SHA256())


def _write(name: str, content: bytes) -> None:
    path = key_folder() / name
    path.touch(mode=0o600, exist_ok=False)
    path.write_bytes(content)
