"""Drawing and sealing a granted certificate, in the background, any number of times with one effect."""

from __future__ import annotations

import hashlib
import json

from verification.audit.actors import Actor
from verification.audit.services import record_event
from verification.certificates.models import Certificate, Edition
from verification.certificates.render import render_certificate
from verification.certificates.seal import seal
from verification.certificates.services.credential import have_credential_signed, offline_code_for
from verification.kernel import clock
from verification.kernel.crash import crash_point
from verification.notifications.services import notify
from verification.registry.selectors import members_of
from verification.signing.editions import LEVELS_AT_ISSUE, SealLevel
from verification.signing.services import keep_edition
from verification.signing.signers import key_id


def issue_certificate(certificate_id: str) -> Edition:
    """Render, seal and stamp outside any transaction, then keep the file and its row together.

    A second run, or two at once, leave one edition. Raises ``SealingError`` where key or time-stamping authority
    cannot be used; the certificate is being sealed until a later run succeeds.
    """
    certificate = Certificate.objects.select_related("claim__organisation").get(pk=certificate_id)
    existing = certificate.editions.filter(level__in=LEVELS_AT_ISSUE).first()
    if existing:
        return existing
    crash_point("certificates.issue_started")
    offline_code_for(certificate)
    unsealed = render_certificate(json.loads(certificate.record))
    sealed = seal(unsealed, reason=f"Certificate {certificate.number}")
    edition = Edition(
        certificate=certificate,
        level=SealLevel.B_T,
        unsealed_sha256=hashlib.sha256(unsealed).hexdigest(),
        key_id=key_id(),
        sealed_at=clock.now(),
    )
    return keep_edition(edition, sealed, told=_tell, dies_at="certificates.file_kept")


def _tell(edition: Edition) -> None:
    certificate = edition.certificate
    have_credential_signed(edition)
    record_event(
        "certificates.certificate.sealed",
        actor=Actor.system(),
        subject_type="certificate",
        subject_id=certificate.pk,
        facts={
            "number": certificate.number,
            "level": edition.level,
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
