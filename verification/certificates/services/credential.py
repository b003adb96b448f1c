"""What is signed for a certificate beside its paper: the offline code before it is drawn, the credential after."""

from __future__ import annotations

import json

from verification.certificates.models import Certificate, Edition
from verification.credentials.models import SignedCredential
from verification.credentials.services import keep_offline_code, sign_credential
from verification.jobs.services import enqueue

CREDENTIAL = "certificates.credential"


def offline_code_for(certificate: Certificate) -> str | None:
    """The text of the second QR code, signed once. ``None`` for a record from before there were credentials."""
    record = json.loads(certificate.record)
    return keep_offline_code(certificate.pk, record) if record.get("credential") else None


def have_credential_signed(edition: Edition) -> None:
    """Queue it in the transaction that keeps the sealed file: the credential names the file that is handed out."""
    enqueue(CREDENTIAL, key=f"credential-{edition.sha256}", payload={"certificate": str(edition.certificate_id)})


def sign_certificate(certificate_id: str) -> SignedCredential | None:
    """With the hash of the edition that is handed out now. ``None`` for a record from before there were credentials."""
    certificate = Certificate.objects.get(pk=certificate_id)
    record = json.loads(certificate.record)
    if not record.get("credential"):
        return None
    return sign_credential(certificate.pk, record, document_sha256=certificate.edition.sha256)
