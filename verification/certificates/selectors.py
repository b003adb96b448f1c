"""Reading certificates: by their holders and officials, and by anyone with the code."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import QuerySet

from verification.audit.actors import Actor
from verification.certificates.enums import CertificateStatus
from verification.certificates.models import Certificate, Edition
from verification.claims.models import Claim
from verification.kernel.identifiers import normalise_check_code

_RELATED = ("claim__organisation", "claim__installation", "decision", "revocation", "superseded_by")


def certificates_for(actor: Actor) -> QuerySet[Certificate]:
    """The producer's own; all of them for officials."""
    certificates = Certificate.objects.select_related(*_RELATED).prefetch_related("editions")
    if actor.is_official:
        return certificates
    return certificates.filter(claim__organisation_id__in=actor.organisation_ids)


def public_certificate_by_code(typed: str, *, number: str = "") -> Certificate | None:
    """The certificate of a typed code, and of a number where one is given, or ``None``.

    Wrong and unknown codes are not told apart, and each costs the same one query.
    """
    wanted = {"code": normalise_check_code(typed) or ""} | ({"number": number} if number else {})
    return Certificate.objects.select_related(*_RELATED).prefetch_related("editions").filter(**wanted).first()


def public_certificate_by_number(number: str) -> Certificate | None:
    """The certificate that an approved value names; numbers of approved values are public."""
    return Certificate.objects.select_related(*_RELATED).prefetch_related("editions").filter(number=number).first()


def public_edition_by_sha256(sha256: str) -> Edition | None:
    """The issued file with these exact bytes."""
    related = ("certificate", *(f"certificate__{name}" for name in _RELATED))
    found = Edition.objects.select_related(*related).prefetch_related("certificate__editions")
    return found.filter(sha256=sha256).first()


def certificate_of(claim: Claim) -> Certificate | None:
    """The newest certificate of a claim that the caller may see; an appeal that is allowed brings a second one."""
    return max(
        claim.certificates.select_related(*_RELATED).prefetch_related("editions"),
        key=lambda one: (one.issued_at, one.number),
        default=None,
    )


def numbers_of_certificates(claim: Claim) -> Iterator[str]:
    """What is printed on the claim's certificates: numbers and codes, of revocations too."""
    for row in claim.certificates.values_list("number", "code", "revocation__number"):
        yield from filter(None, row)


def status_of(certificate: Certificate) -> CertificateStatus:
    """Revoked before replaced; before the seal is on it, being sealed.

    The end of the span does not end the status: imports inside the span are declared later.
    """
    if hasattr(certificate, "revocation"):
        return CertificateStatus.REVOKED
    if certificate.superseded_by_id:
        return CertificateStatus.SUPERSEDED
    if not hasattr(certificate, "edition"):
        return CertificateStatus.BEING_SEALED
    return CertificateStatus.VALID
