from __future__ import annotations

import json
from datetime import timedelta

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from portal.producer.lookups import own_certificates
from portal.ui.access import signed_in
from portal.ui.actors import actor_of
from portal.ui.certified import parts_of
from portal.ui.files import certificate_response
from portal.ui.pagination import keyset_page
from verification.certificates.enums import CertificateStatus
from verification.certificates.selectors import status_of
from verification.kernel.identifiers import grouped

POLL_SECONDS = 3


@signed_in
@require_safe
def certificates(request: HttpRequest) -> HttpResponse:
    page = keyset_page(
        own_certificates(actor_of(request)).defer("record"),
        order=("-issued_at", "-id"),
        cursor=request.GET.get("cursor", ""),
    )
    rows = [(certificate, status_of(certificate)) for certificate in page]
    return render(request, "producer/certificates.html", {"page": page, "rows": rows})


@signed_in
@require_safe
def certificate(request: HttpRequest, pk: object) -> HttpResponse:
    """What was certified and how others check it; while it is being sealed the page looks again by itself."""
    found = get_object_or_404(own_certificates(actor_of(request)), pk=pk)
    status = status_of(found)
    record = json.loads(found.record)
    context = {
        "certificate": found,
        "status": status,
        "is_revoked": status == CertificateStatus.REVOKED,
        "record": record,
        **parts_of(found, record),
        "last_day": found.valid_to - timedelta(days=1),
        "code": grouped(found.code),
        "check_address": f"/check/{found.code}/",
        "has_file": hasattr(found, "edition"),
        "poll_seconds": POLL_SECONDS if status == CertificateStatus.BEING_SEALED else None,
    }
    return render(request, "producer/certificate.html", context)


@signed_in
@require_safe
def certificate_download(request: HttpRequest, pk: object) -> HttpResponse | FileResponse:
    """The sealed file, in a cover where the certificate ended; ``?file=sealed`` gives it alone."""
    found = get_object_or_404(own_certificates(actor_of(request)), pk=pk)
    return certificate_response(found, wants_sealed_file=request.GET.get("file") == "sealed")
