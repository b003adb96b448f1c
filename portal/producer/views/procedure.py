"""Answers, the hearing and the appeal of an emissions claim."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from portal.producer.frames import EMISSIONS
from portal.producer.lookups import own_claim_or_404
from portal.ui.access import signed_in
from portal.ui.actors import actor_of
from portal.ui.due_process.pages import answer_page, appeal_page, appealed_page, comment_page


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def claim_answer(request: HttpRequest, pk: object) -> HttpResponse:
    return answer_page(request, own_claim_or_404(actor_of(request), pk), EMISSIONS)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def claim_comment(request: HttpRequest, pk: object) -> HttpResponse:
    return comment_page(request, own_claim_or_404(actor_of(request), pk), EMISSIONS)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def claim_appeal(request: HttpRequest, pk: object) -> HttpResponse:
    return appeal_page(request, own_claim_or_404(actor_of(request), pk), EMISSIONS)


@signed_in
@require_safe
def claim_appealed(request: HttpRequest, pk: object) -> HttpResponse:
    return appealed_page(request, own_claim_or_404(actor_of(request), pk), EMISSIONS)
