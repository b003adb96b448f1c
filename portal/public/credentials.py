"""The machine-readable forms of a certificate and of the issuer: open to anyone who has the address.

A credential's address carries the certificate's random code; nothing can be counted through. Answers are the same for
every origin, so that a page of somebody else's may check a certificate in the reader's browser.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.views.decorators.http import require_safe

from portal.ui.throttle import is_within_limit
from verification.certificates.models import Certificate
from verification.certificates.selectors import public_certificate_by_code
from verification.credentials import jose
from verification.credentials.models import SignedCredential
from verification.credentials.selectors import issuer_document, signed_credential_of

LOOKUPS_PER_ADDRESS = 120
JSON_FORM, JWT_FORM, PAGE_FORM = "application/vc", jose.MEDIA_TYPE, "text/html"
OFFERED = (JWT_FORM, JSON_FORM, PAGE_FORM)
"""Whoever takes everything gets the first; a browser says that it wants the page."""
KEYS_KEPT_SECONDS = 3600


@require_safe
def did(request: HttpRequest) -> HttpResponse:
    """The issuer's keys; asked for by everyone who checks a credential."""
    answer = JsonResponse(issuer_document(), content_type="application/did+json")
    patch_cache_control(answer, public=True, max_age=KEYS_KEPT_SECONDS)
    return opened(answer)


@require_safe
def credential(request: HttpRequest, code: str) -> HttpResponse:
    """One address, three forms: ``application/vc+jwt``, ``application/vc``, or the page for people."""
    if not is_within_limit(request, "check_code", per_minute=LOOKUPS_PER_ADDRESS):
        return refused("Too many questions from this address. Try again in a minute.", 429)
    form = request.get_preferred_type(OFFERED)
    if form is None:
        return _varied(refused(f"Offered are {', '.join(OFFERED)}.", 406))
    if form == PAGE_FORM:
        return _varied(redirect("public:check_result", reference=code.upper()))
    return _varied(signed_answer(request, public_certificate_by_code(code), form))


def signed_answer(request: HttpRequest, certificate: Certificate | None, form: str) -> HttpResponse:
    """The credential of a certificate in one of the two forms of machines."""
    signed = signed_credential_of(certificate.pk) if certificate else None
    return _in_form(request, signed, form) if signed else refused("No such credential.", 404)


def opened(answer: HttpResponse) -> HttpResponse:
    """Readable from pages of any origin: the answer depends on no cookie."""
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


def refused(title: str, status: int) -> HttpResponse:
    """Problem details (RFC 9457)."""
    problem = {"type": "about:blank", "title": title, "status": status}
    return opened(JsonResponse(problem, status=status, content_type="application/problem+json"))


def kept(request: HttpRequest, content: str, *, etag: str, form: str) -> HttpResponse:
    """304 for whoever has it already."""
    answer = get_conditional_response(request, etag=etag) or HttpResponse(content, content_type=form)
    answer["ETag"] = etag
    return answer


def _in_form(request: HttpRequest, signed: SignedCredential, form: str) -> HttpResponse:
    etag = f'"{signed.document_sha256[:32]}-{form.removeprefix("application/")}"'
    answer = kept(request, signed.token if form == JWT_FORM else signed.secured, etag=etag, form=form)
    patch_cache_control(answer, private=True, no_cache=True)
    return opened(answer)


def _varied(answer: HttpResponse) -> HttpResponse:
    patch_vary_headers(answer, ["Accept"])
    return answer
