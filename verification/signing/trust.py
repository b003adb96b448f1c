"""Whom the portal trusts: its root, earlier roots, that of a time-stamping authority; and what they revoked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verification.signing import folder

if TYPE_CHECKING:
    from asn1crypto.crl import CertificateList
    from asn1crypto.x509 import Certificate


def trusted_roots() -> list[Certificate]:
    """Raises ``FileNotFoundError`` without a root."""
    others = sorted((folder.key_folder() / folder.OTHER_ROOTS).glob("*.pem"))
    return [
        certificate_of(pem) for pem in (folder.read(folder.ROOT_CERTIFICATE), *(path.read_bytes() for path in others))
    ]


def certificate_of(pem: bytes) -> Certificate:
    """A certificate as pyHanko knows it. Raises ``ValueError`` where the text holds none, or several."""
    from pyhanko.keys import load_certs_from_pemder_data

    (certificate,) = load_certs_from_pemder_data(pem)
    return certificate


def known_revocations() -> list[CertificateList]:
    """The lists that lie in the folder; what is not there has to be fetched from whoever issued a certificate."""
    from asn1crypto.crl import CertificateList

    return [CertificateList.load(path.read_bytes()) for path in sorted(folder.key_folder().glob("*.crl"))]


def fetches_revocations() -> bool:
    """Whether certificates come from authorities that publish their lists, because none of their own is here."""
    return not (folder.stamps_itself() and folder.is_there(folder.ROOT_REVOCATIONS))
