"""Checking a certificate: by its code, its file or its offline code. No account, nothing kept."""

from __future__ import annotations

import hashlib
import re
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers, patch_vary_headers
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from portal.public.check_answers import certificate_context, refused_code_context, refused_file_context
from portal.public.check_forms import FileForm, OfflineForm, most_megabytes, too_large
from portal.public.check_json import json_answer
from portal.public.credentials import JSON_FORM, JWT_FORM, PAGE_FORM, refused, signed_answer
from portal.ui.throttle import is_within_limit
from verification.certificates.checking import check_file, check_offline_code
from verification.certificates.models import Certificate
from verification.certificates.selectors import public_certificate_by_code, public_edition_by_sha256
from verification.credentials.offline import PREFIX

LOOKUPS_PER_ADDRESS = 120
FILES_PER_ADDRESS = 20
FILES_OF_EVERYONE = 600
ROOM_BEYOND_BYTES = 64 * 1024
MOST_DROPPED_BYTES = 128 * 1024 * 1024
JSON = "application/json"
OFFERED = (PAGE_FORM, JSON, JWT_FORM, JSON_FORM)
_NUMBER = re.compile(r"^[A-Z]{2,}(-[A-Z0-9]+)+-\d{4}-\d{6}$")
_SHA256 = re.compile(r"^[0-9a-f]{64}$")


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """The form. How much is sent is looked at before any of it is read, the form's token too."""
    if request.method == "POST" and _length(request) > settings.CERTIFICATE_CHECK_MAX_BYTES + ROOM_BEYOND_BYTES:
        _drop(request)
        return _shown(request, "public/check.html", {"refusal": too_large()}, status=413)
    return _check(request)


@csrf_protect
def _check(request: HttpRequest) -> HttpResponse:
    """A typed code leads to its page; a file or an offline code is judged at once."""
    typed = request.GET.get("code", "").strip()
    if request.method == "POST":
        return _check_offline(request, request.POST) if "offline" in request.POST else _check_file(request)
    if typed.startswith(PREFIX):
        return _check_offline(request, {"offline": typed})
    if typed:
        return redirect("public:check_result", reference="".join(typed.split()).replace("/", "").upper() or "-")
    return _shown(request, "public/check.html", {})


@require_safe
def check_result(request: HttpRequest, reference: str, *, is_json: bool = False) -> HttpResponse:
    """The public answer for a code; for a number, the code is asked for, the same for every number."""
    if not is_within_limit(request, "check_code", per_minute=LOOKUPS_PER_ADDRESS):
        return _too_many(request, is_json=is_json)
    code, number = request.GET.get("code", ""), ""
    if _NUMBER.match(reference.upper()):
        number = reference.upper()
    else:
        code = reference
    certificate = public_certificate_by_code(code, number=number)
    form = JSON if is_json else _form_wanted(request)
    if form != PAGE_FORM:
        return _for_machines(request, certificate, form)
    if certificate is None:
        asks_code = bool(number) and not code
        context = {"number": number, "asks_code": asks_code}
        return _shown(request, "public/check_unknown.html", context, status=200 if asks_code else 404)
    return _shown(request, "public/check_result.html", certificate_context(certificate))


@require_safe
def check_digest(request: HttpRequest, sha256: str) -> HttpResponse:
    """The answer for a file whose hash the browser made: the issued file is judged, none is sent."""
    if not is_within_limit(request, "check_digest", per_minute=LOOKUPS_PER_ADDRESS, of_everyone=FILES_OF_EVERYONE):
        return _too_many(request)
    digest = sha256.lower()
    edition = public_edition_by_sha256(digest) if _SHA256.match(digest) else None
    form = _form_wanted(request)
    if form != PAGE_FORM:
        return _for_machines(request, edition.certificate if edition else None, form)
    if edition is None:
        return _shown(request, "public/check_unknown.html", {"is_file": True}, status=404)
    with edition.file.open() as file:
        found = check_file(file.read())
    return _shown(request, "public/check_result.html", certificate_context(edition.certificate, found))


def _check_file(request: HttpRequest) -> HttpResponse:
    if not is_within_limit(request, "check_file", per_minute=FILES_PER_ADDRESS, of_everyone=FILES_OF_EVERYONE):
        return _too_many(request)
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _shown(request, "public/check.html", {"form": form})
    content = form.cleaned_data["file"].read()
    digest = hashlib.sha256(content).hexdigest()
    if public_edition_by_sha256(digest):
        return redirect("public:check_digest", sha256=digest)
    return _shown(request, "public/check.html", refused_file_context(check_file(content)))


def _check_offline(request: HttpRequest, data: Any) -> HttpResponse:
    if not is_within_limit(request, "check_offline", per_minute=LOOKUPS_PER_ADDRESS):
        return _too_many(request)
    form = OfflineForm(data)
    if not form.is_valid():
        return _shown(request, "public/check.html", {"offline_form": form})
    read = check_offline_code(form.cleaned_data["offline"])
    if read.certificate:
        return _shown(request, "public/check_result.html", certificate_context(read.certificate, read=read))
    return _shown(request, "public/check.html", refused_code_context(read))


def _form_wanted(request: HttpRequest) -> str:
    return request.get_preferred_type(OFFERED) or PAGE_FORM


def _for_machines(request: HttpRequest, certificate: Certificate | None, form: str) -> HttpResponse:
    answer = json_answer(request, certificate) if form == JSON else signed_answer(request, certificate, form)
    patch_vary_headers(answer, ["Accept"])
    return answer


def _shown(request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    forms = {
        "form": FileForm(),
        "offline_form": OfflineForm(),
        "most_megabytes": most_megabytes(),
        "too_large": too_large(),
    }
    answer = render(
        request, template, forms | {"most_bytes": settings.CERTIFICATE_CHECK_MAX_BYTES} | context, status=status
    )
    add_never_cache_headers(answer)
    patch_vary_headers(answer, ["Accept"])
    return answer


def _too_many(request: HttpRequest, *, is_json: bool = False) -> HttpResponse:
    if is_json or _form_wanted(request) != PAGE_FORM:
        return refused("Too many questions from this address. Try again in a minute.", 429)
    return _shown(request, "public/check_too_many.html", {}, status=429)


def _length(request: HttpRequest) -> int:
    """What the browser says that it sends; the server hands over no more than that."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    return int(length) if length.isdigit() else 0


def _drop(request: HttpRequest) -> None:
    """Let what is coming pass by, within reason: a browser that cannot finish sending never shows the answer."""
    left = min(_length(request), MOST_DROPPED_BYTES)
    while left > 0 and (chunk := request.read(min(left, ROOM_BEYOND_BYTES))):
        left -= len(chunk)
