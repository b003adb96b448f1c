"""Certificates that the portal issues to itself on one machine: root, seal, time stamps, and the root's empty list
of revocations. A deployment with a certification authority of its own needs none of it.

Times are those of the wall clock, as everywhere where keys and certificates are judged.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from django.conf import settings

from verification.kernel.clock import wall_now

ROOT_DAYS, SEAL_DAYS, STAMP_DAYS = 7300, 1825, 3650
REVOCATIONS_HOLD = timedelta(days=7)
Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


@dataclass(frozen=True)
class Root:
    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey


def make_root() -> Root:
    """A root (P-256) whose name no other root bears."""
    key = ec.generate_private_key(ec.SECP256R1())
    digest = x509.SubjectKeyIdentifier.from_public_key(key.public_key()).digest.hex()[:8]
    name = _name(f"{_root_name()} {digest}")
    builder = _builder(name, name, key.public_key(), key, ROOT_DAYS).add_extension(
        x509.BasicConstraints(ca=True, path_length=0), critical=True
    )
    return Root(builder.add_extension(_usage(signs_certificates=True), critical=True).sign(key, hashes.SHA256()), key)


def is_made_here(certificate: x509.Certificate) -> bool:
    """Whether the root is one that this portal made for itself."""
    names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    is_ours = any(str(name.value).startswith(_root_name()) for name in names)
    return is_ours and certificate.subject == certificate.issuer


def certify_seal(root: Root, public_key: ec.EllipticCurvePublicKey) -> x509.Certificate:
    return _under(root, "Seal", public_key, SEAL_DAYS).sign(root.key, hashes.SHA256())


def make_stamp_key() -> rsa.RSAPrivateKey:
    """RSA, because pyHanko's stamper of its own signs with nothing else."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def certify_stamps(root: Root, public_key: rsa.RSAPublicKey) -> x509.Certificate:
    """For time stamps alone (RFC 3161, 2.3: the extended key usage is critical and the only one)."""
    builder = _under(root, "Time Stamps", public_key, STAMP_DAYS).add_extension(
        x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True
    )
    return builder.sign(root.key, hashes.SHA256())


def empty_revocations(root: Root) -> bytes:
    """The root's list of revoked certificates (DER), which has none; numbered by the second of its making."""
    now = wall_now()
    return (
        x509.CertificateRevocationListBuilder()
        .issuer_name(root.certificate.subject)
        .last_update(now)
        .next_update(now + REVOCATIONS_HOLD)
        .add_extension(x509.CRLNumber(int(now.timestamp())), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(root.key.public_key()), critical=False)
        .sign(root.key, hashes.SHA256())
        .public_bytes(serialization.Encoding.DER)
    )


def certificate_pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


def key_pem(key: Key) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _root_name() -> str:
    return f"{settings.AUTHORITY_NAME} Root"


def _under(
    root: Root, role: str, public_key: ec.EllipticCurvePublicKey | rsa.RSAPublicKey, days: int
) -> x509.CertificateBuilder:
    name = _name(f"{settings.AUTHORITY_NAME} {role}")
    return (
        _builder(name, root.certificate.subject, public_key, root.key, days)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
    )


def _builder(
    subject: x509.Name,
    issuer: x509.Name,
    public_key: ec.EllipticCurvePublicKey | rsa.RSAPublicKey,
    signing_key: ec.EllipticCurvePrivateKey,
    days: int,
) -> x509.CertificateBuilder:
    start = wall_now() - timedelta(days=1)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public_key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=days))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public_key), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signing_key.public_key()), critical=False)
    )


def _name(common_name: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, settings.AUTHORITY_NAME),
            x509.NameAttribute(NameOID.COMMON_NAME, common_name),
        ]
    )


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=not signs_certificates,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )
