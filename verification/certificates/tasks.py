"""The background work of this room."""

from __future__ import annotations

from typing import Any

from verification.audit.services import make_checkpoint
from verification.certificates.models import Edition
from verification.certificates.services.credential import CREDENTIAL, sign_certificate
from verification.certificates.services.expiry import act_on_expiry
from verification.jobs.daily import every_day
from verification.jobs.handlers import handles
from verification.jobs.selectors import dead_jobs
from verification.jobs.services import retry
from verification.signing.upgrading import queue_batches

ISSUING = "issuing"
"""Queue of the chunks of batches: thousands of certificates, behind which no mail and no letter should wait."""
every_day("certificates.expiry")(act_on_expiry)


@every_day("audit.checkpoint")
def sign_the_chain() -> dict[str, Any]:
    """The signer is this room's key; the chain itself knows no key."""
    checkpoint = make_checkpoint()
    return {"sequence": checkpoint.sequence, "head_sha256": checkpoint.head_sha256}


@every_day("certificates.upgrade")
def queue_upgrades() -> dict[str, Any]:
    """What was sealed since yesterday is extended; what could not be sealed is tried again."""
    dead = list(dead_jobs("certificates.issue"))
    for job in dead:
        retry(job.pk)
    return queue_batches(Edition, "certificates.upgrade") | {"tried_again": len(dead)}


@handles("certificates.upgrade")
def upgrade(payload: dict[str, Any]) -> dict[str, Any]:
    from verification.certificates.services.upgrade import upgrade_certificates

    return upgrade_certificates(payload["editions"])


@handles("certificates.issue")
def issue(payload: dict[str, Any]) -> dict[str, Any]:
    """Imports the renderer only when there is something to draw: it takes a second that no command should pay."""
    from verification.certificates.services.issue import issue_certificate

    edition = issue_certificate(payload["certificate"])
    return {"sha256": edition.sha256}


@handles("certificates.issue_chunk", queue=ISSUING)
def issue_chunk(payload: dict[str, Any]) -> dict[str, Any]:
    from verification.certificates.services import chunk

    return chunk.issue_chunk(payload["certificates"])


@handles(CREDENTIAL)
def credential(payload: dict[str, Any]) -> dict[str, Any]:
    signed = sign_certificate(payload["certificate"])
    return {"key_id": signed.key_id if signed else None}
