"""The answer of the check for machines: small, with an ETag, for a minute."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control

from portal.public.credentials import kept, opened, refused
from verification.certificates.answers import answer_of, last_day_of_use
from verification.certificates.models import Certificate
from verification.certificates.selectors import status_of
from verification.kernel import clock

KEPT_SECONDS = 60


def json_answer(request: HttpRequest, certificate: Certificate | None) -> HttpResponse:
    """The same words for every number and code that leads nowhere."""
    if certificate is None:
        return refused("No such certificate", 404)
    said = _said(certificate)
    etag = hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:32]
    said["checked_at"] = clock.now().isoformat(timespec="seconds")
    answer = kept(request, json.dumps(said, ensure_ascii=False), etag=f'"{etag}"', form="application/json")
    patch_cache_control(answer, private=True, max_age=KEPT_SECONDS)
    return opened(answer)


def _said(certificate: Certificate) -> dict[str, Any]:
    revocation = getattr(certificate, "revocation", None)
    edition = getattr(certificate, "edition", None)
    last_use, replaced_at = last_day_of_use(certificate), certificate.superseded_at
    return {
        "number": certificate.number,
        "status": status_of(certificate).value,
        "answer": answer_of(certificate, clock.today()).value,
        "valid_from": certificate.valid_from.isoformat(),
        "valid_to_exclusive": certificate.valid_to.isoformat(),
        "last_day_of_use": last_use.isoformat() if last_use else None,
        "revoked_on": revocation.revoked_at.date().isoformat() if revocation else None,
        "revoked_from": revocation.effective_on.isoformat() if revocation else None,
        "superseded_on": replaced_at.date().isoformat() if replaced_at else None,
        "superseded_by": certificate.superseded_by.number if certificate.superseded_by else None,
        "record_sha256": certificate.record_sha256,
        "file_sha256": edition.sha256 if edition else None,
        "record": json.loads(certificate.record),
    }
