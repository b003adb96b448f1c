"""Sealing one chunk of a batch, any number of times with one effect. A failure is tried again by itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import structlog
from django.db import transaction
from django.db.models import F

from verification.certificates.batch_selectors import unsealed_items
from verification.certificates.models import IssuingItem
from verification.certificates.services.issue import issue_certificate
from verification.jobs.models import Job
from verification.jobs.services import enqueue, retry_later
from verification.kernel.clock import wall_now
from verification.signing.errors import KeyUnavailable, StampUnavailable

ISSUE_ONE = "certificates.issue"
MOST_STARTS = 2
"""A certificate on which the worker died so often is taken out of its chunk, so that it takes no others along."""
log = structlog.get_logger(__name__)


def issue_chunk(certificate_ids: Sequence[str]) -> dict[str, Any]:
    """Seal those of a chunk that are not sealed yet. One that fails is handed to its own job and stops no other.

    Raises ``KeyUnavailable`` and ``StampUnavailable``: without key or time stamp none of them can be sealed, and the
    whole chunk is tried again later.
    """
    done = failed = 0
    waiting = unsealed_items().filter(certificate__in=[UUID(each) for each in certificate_ids], failed_at=None)
    for item in waiting.order_by("pk"):
        if item.starts >= MOST_STARTS:
            _hand_over(item, "The worker stopped while doing this, twice.")
            failed += 1
            continue
        _items(item).update(starts=F("starts") + 1)
        try:
            issue_certificate(str(item.certificate_id))
        except (KeyUnavailable, StampUnavailable):
            _items(item).update(starts=0)
            raise
        except Exception as error:  # whatever is wrong with one record must not keep the others from being sealed
            log.error("certificates.issue_failed", certificate=str(item.certificate_id), exc_info=error)
            _hand_over(item, f"{type(error).__name__}: {error}"[:2000])
            failed += 1
        else:
            done += 1
    return {"sealed": done, "handed_over": failed}


def _hand_over(item: IssuingItem, error: str) -> None:
    """From the chunk to the certificate's own job, the one that its page shows and retries."""
    with transaction.atomic():
        key = f"certificate-{item.certificate_id}"
        payload = {"certificate": str(item.certificate_id)}
        job = enqueue(ISSUE_ONE, key=key, payload=payload, not_before=wall_now())
        retry_later(Job.objects.filter(pk=job.pk))
        _items(item).update(job=job, error=error, failed_at=wall_now())


def _items(item: IssuingItem) -> Any:
    return IssuingItem.objects.filter(pk=item.pk)
