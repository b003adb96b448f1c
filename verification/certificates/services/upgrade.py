"""Extending the seals of issued certificates, so that they can be checked long after the sealing key has gone."""

from __future__ import annotations

from typing import Any

from verification.audit.actors import Actor
from verification.audit.services import record_event
from verification.certificates.models import Edition
from verification.certificates.seal import extend
from verification.certificates.services.credential import have_credential_signed
from verification.kernel import clock
from verification.signing.editions import SealLevel
from verification.signing.services import content_of, keep_edition
from verification.signing.upgrading import extend_each, not_extended


def upgrade_certificates(edition_ids: list[int]) -> dict[str, Any]:
    """Extend those of the editions that were not yet. Raises ``SealingError`` where any of them cannot be."""
    waiting = not_extended(Edition).filter(pk__in=edition_ids).select_related("certificate")
    return extend_each(waiting, upgrade_certificate)


def upgrade_certificate(edition: Edition) -> Edition:
    """The edition at B-LTA of the same certificate: the bytes of this one with proofs appended."""
    extended = Edition(
        certificate=edition.certificate,
        level=SealLevel.B_LTA,
        unsealed_sha256=edition.unsealed_sha256,
        key_id=edition.key_id,
        sealed_at=clock.now(),
    )
    return keep_edition(extended, extend(content_of(edition)), told=_tell, dies_at="certificates.upgrade_kept")


def _tell(edition: Edition) -> None:
    have_credential_signed(edition)
    record_event(
        "certificates.certificate.extended",
        actor=Actor.system(),
        subject_type="certificate",
        subject_id=edition.certificate_id,
        facts={"number": edition.certificate.number, "level": edition.level, "sha256": edition.sha256},
    )
