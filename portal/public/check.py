"""Checking a certificate: by its code, or by dropping the file. No account, nothing kept."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from portal.ui.certified import parts_of
from portal.ui.forms import PortalForm
from portal.ui.throttle import is_within_limit
from verification.certificates.checking import FileCheck, FileVerdict, check_file
from verification.certificates.enums import CertificateStatus
from verification.certificates.figures import hash_lines
from verification.certificates.models import Certificate
from verification.certificates.pictures import data_address, rosette_svg
from verification.certificates.selectors import public_certificate_by_code, status_of
from verification.kernel import clock
from verification.kernel.identifiers import grouped

LOOKUPS_PER_ADDRESS = 120
FILES_PER_ADDRESS = 20
_NUMBER = re.compile(r"^[A-Z]{2,}(-[A-Z0-9]+)+-\d{4}-\d{6}$")
KINDS = {
    CertificateStatus.VALID: "valid",
    CertificateStatus.SUPERSEDED: "superseded",
    CertificateStatus.REVOKED: "revoked",
    CertificateStatus.BEING_SEALED: "unknown",
}


class FileForm(PortalForm, forms.Form):
    """A PDF to compare with the register."""

    file = forms.FileField(label=gettext_lazy("PDF file"))

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > settings.CERTIFICATE_CHECK_MAX_BYTES:
            limit = settings.CERTIFICATE_CHECK_MAX_BYTES // 1024**2
            raise forms.ValidationError(
                _("The file is larger than %(limit)d MB. A certificate of this portal is much smaller.")
                % {"limit": limit}
            )
        return file


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """The form; a typed code leads to its page, a dropped file is judged at once."""
    typed = request.GET.get("code", "").strip()
    if typed:
        return redirect("public:check_result", reference="".join(typed.split()).upper())
    form = FileForm(request.POST or None, request.FILES or None)
    found: FileCheck | None = None
    if request.method == "POST":
        if not is_within_limit(request, "check_file", per_minute=FILES_PER_ADDRESS):
            return _too_many(request)
        if form.is_valid():
            found = check_file(form.cleaned_data["file"].read())
    return render(request, "public/check.html", {"form": form, **(_file_context(found) if found else {})})


@never_cache
@require_safe
def check_result(request: HttpRequest, reference: str) -> HttpResponse:
    """The public answer for a code; for a number, the code is asked for, the same for every number."""
    if not is_within_limit(request, "check_code", per_minute=LOOKUPS_PER_ADDRESS):
        return _too_many(request)
    code, number = request.GET.get("code", ""), ""
    if _NUMBER.match(reference.upper()):
        number = reference.upper()
    else:
        code = reference
    certificate = public_certificate_by_code(code)
    if certificate and number and certificate.number != number:
        certificate = None
    if _wants_json(request):
        return _json(certificate)
    if certificate is None:
        asks_code = bool(number) and not code
        return render(
            request,
            "public/check_unknown.html",
            {"number": number, "asks_code": asks_code, "form": FileForm()},
            status=200 if asks_code else 404,
        )
    return render(request, "public/check_result.html", _result_context(certificate) | {"form": FileForm()})


def _result_context(certificate: Certificate) -> dict[str, Any]:
    record = json.loads(certificate.record)
    status = status_of(certificate)
    return {
        "certificate": certificate,
        "record": record,
        "code": grouped(certificate.code),
        "status": status,
        "kind": KINDS[status],
        "is_valid": status is CertificateStatus.VALID,
        "is_revoked": status is CertificateStatus.REVOKED,
        "is_superseded": status is CertificateStatus.SUPERSEDED,
        "last_day": certificate.valid_to - timedelta(days=1),
        "checked_at": clock.now(),
        "rosette": data_address(rosette_svg(certificate.record_sha256)),
        "hash_lines": hash_lines(certificate.record_sha256),
        **parts_of(certificate, record),
    }


def _file_context(found: FileCheck) -> dict[str, Any]:
    is_good = found.verdict is FileVerdict.IDENTICAL
    kind = "unknown" if found.verdict is FileVerdict.UNKNOWN else "revoked"
    words = {
        FileVerdict.IDENTICAL: _("The file is genuine"),
        FileVerdict.ALTERED: _("The file was changed"),
        FileVerdict.UNKNOWN: _("Not a certificate of this register"),
    }
    return {
        "found": found,
        "kind": "valid" if is_good else kind,
        "word": words[found.verdict],
        "code": grouped(found.certificate.code) if found.certificate else "",
        "hash_lines": hash_lines(found.sha256),
    }


def _json(certificate: Certificate | None) -> JsonResponse:
    if certificate is None:
        return JsonResponse(
            {"type": "about:blank", "title": "No such certificate", "status": 404},
            status=404,
            content_type="application/problem+json",
        )
    revocation = getattr(certificate, "revocation", None)
    edition = getattr(certificate, "edition", None)
    return JsonResponse(
        {
            "number": certificate.number,
            "status": status_of(certificate).value,
            "checked_at": clock.now().isoformat(timespec="seconds"),
            "valid_from": certificate.valid_from.isoformat(),
            "valid_to_exclusive": certificate.valid_to.isoformat(),
            "revoked_on": revocation.revoked_at.date().isoformat() if revocation else None,
            "revoked_from": revocation.effective_on.isoformat() if revocation else None,
            "superseded_by": certificate.superseded_by.number if certificate.superseded_by else None,
            "record_sha256": certificate.record_sha256,
            "file_sha256": edition.sha256 if edition else None,
            "record": json.loads(certificate.record),
        }
    )


def _wants_json(request: HttpRequest) -> bool:
    return not request.accepts("text/html") and request.accepts("application/json")


def _too_many(request: HttpRequest) -> HttpResponse:
    return render(request, "public/check_too_many.html", status=429)
