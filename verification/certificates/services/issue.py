"""Drawing and sealing a granted certificate, in the background, any number of times with one effect."""

from __future__ import annotations

import hashlib
import json

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from verification.audit.actors import Actor
from verification.audit.services import record_event
from verification.certificates.models import Certificate, Edition
from verification.certificates.render import render_certificate
from verification.certificates.seal import seal
from verification.certificates.services.credential import have_credential_signed, offline_code_for
from verification.certificates.storage import flush, remove_orphans, stored_name
from verification.kernel import clock
from verification.kernel.crash import crash_point
from verification.notifications.services import notify
from verification.registry.selectors import members_of
from verification.signing.signers import key_id


def issue_certificate(certificate_id: str) -> Edition:
    """Render and seal outside any transaction, then keep the file and its row together.

    A second run, or two at once, leave one edition: the row is unique and the loser's file is removed.
    """
    certificate = Certificate.objects.select_related("claim__organisation").get(pk=certificate_id)
    existing = Edition.objects.filter(certificate=certificate).first()
    if existing:
        return existing
    crash_point("certificates.issue_started")
    offline_code_for(certificate)
    unsealed = render_certificate(json.loads(certificate.record))
    sealed = seal(unsealed, reason=f"Certificate {certificate.number}")
    edition = Edition(
        certificate=certificate,
        size_bytes=len(sealed),
        sha256=hashlib.sha256(sealed).hexdigest(),
        unsealed_sha256=hashlib.sha256(unsealed).hexdigest(),
        key_id=key_id(),
        sealed_at=clock.now(),
    )
    edition.file.save(f"{certificate.pk.hex}/{edition.sha256[:16]}.pdf", ContentFile(sealed), save=False)
    flush(edition.file)
    crash_point("certificates.file_kept")
    try:
        _keep(edition, certificate)
    except IntegrityError:
        edition.file.storage.delete(stored_name(edition.file))
        return Edition.objects.get(certificate=certificate)
    remove_orphans(edition.file)
    return edition


@transaction.atomic
def _keep(edition: Edition, certificate: Certificate) -> None:
    edition.save(force_insert=True)
    have_credential_signed(edition)
    record_event(
        "certificates.certificate.sealed",
        actor=Actor.system(),
        subject_type="certificate",
        subject_id=certificate.pk,
        facts={
            "number": certificate.number,
            "sha256": edition.sha256,
            "unsealed_sha256": edition.unsealed_sha256,
            "key_id": edition.key_id,
        },
    )
    notify(
        members_of(certificate.claim.organisation_id),
        "certificate_issued",
        address=f"/producer/certificates/{certificate.pk}/",
        certificate=certificate.number,
        claim=certificate.claim.number,
    )
