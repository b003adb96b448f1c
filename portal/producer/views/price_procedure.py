"""Answers, the hearing and the appeal of a carbon price claim."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from portal.producer.frames import PRICES
from portal.producer.views.prices import own_price_claim
from portal.ui.access import signed_in
from portal.ui.actors import actor_of
from portal.ui.due_process.pages import answer_page, appeal_page, appealed_page, comment_page


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def price_answer(request: HttpRequest, pk: object) -> HttpResponse:
    return answer_page(request, own_price_claim(actor_of(request), pk), PRICES)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def price_comment(request: HttpRequest, pk: object) -> HttpResponse:
    return comment_page(request, own_price_claim(actor_of(request), pk), PRICES)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def price_appeal(request: HttpRequest, pk: object) -> HttpResponse:
    return appeal_page(request, own_price_claim(actor_of(request), pk), PRICES)


@signed_in
@require_safe
def price_appealed(request: HttpRequest, pk: object) -> HttpResponse:
    return appealed_page(request, own_price_claim(actor_of(request), pk), PRICES)
