from __future__ import annotations

from typing import Any

from django.core.cache import cache
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.official.access import official_only
from portal.official.figures import counts_for, figures
from portal.official.forms import DecisionFilterForm
from portal.official.forms_queue import QueueFilterForm, SaveViewForm
from portal.official.lines import lines_of, queue_rows
from portal.official.needs import needing
from portal.official.queue import filtered_queue, narrowed, searched
from portal.official.to_do import to_do_for
from portal.ui.actors import actor_of
from portal.ui.pagination import keyset_page
from verification.certificates.batch_selectors import KEEPERS
from verification.certificates.models import Certificate
from verification.certificates.selectors import status_of
from verification.claims.bench_selectors import views_kept_by
from verification.claims.selectors import decided_claims, overdue_reversals
from verification.kernel import clock
from verification.reference.selectors import country_names, known_schemes
from verification.registry.selectors import names_of_reviewers

QUEUE_SIZE = 25
MOST_NEEDING = 5
KEYS_COOKIE, KEYS_OFF = "portal_keys", "off"
CHOICES, A_MINUTE = "official-queue-choices", 60
A_YEAR_IN_SECONDS = 365 * 24 * 3600


@official_only
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """Open claims, the shortest clock first; above them what needs this person."""
    return queue_page(request)


def queue_page(request: HttpRequest, *, save_form: SaveViewForm | None = None, status: int = 200) -> HttpResponse:
    """``save_form`` is the form of a view that was refused."""
    actor = actor_of(request)
    filters = _filters(request)
    printed = searched(filters, country=filters.chosen("country"), is_open=True)
    page = keyset_page(
        filtered_queue(actor, filters, printed),
        order=("due_on", "id"),
        cursor=request.GET.get("cursor", ""),
        size=QUEUE_SIZE,
    )
    needed = needing(actor, MOST_NEEDING + 1)
    lines = lines_of(actor, [*(claim.id for claim in page), *needed[:MOST_NEEDING]])
    counts = counts_for(actor, MOST_NEEDING + 1)
    kept = {name: request.GET[name] for name in filters.fields if request.GET.get(name)}
    context = {
        "filters": filters,
        "page": page,
        "rows": queue_rows((lines[claim.id] for claim in page if claim.id in lines), actor),
        "to_do": to_do_for((lines[key] for key in needed[:MOST_NEEDING] if key in lines), actor),
        "overdue": list(overdue_reversals(actor)[:MOST_NEEDING]) if counts.overdue else [],
        "has_more_overdue": counts.overdue > MOST_NEEDING,
        "pre_check_count": counts.pre_checks,
        "is_filtered": bool(kept),
        "is_cut": printed.is_cut,
        "saved_views": views_kept_by(actor),
        "save_form": save_form or SaveViewForm(initial={"query": _query(request, kept)}, auto_id="save_%s"),
        "may_take": actor.has_role("reviewer"),
        "may_reassign": actor.has_role("lead") or actor.has_role("reviewer"),
        "may_sign": actor.has_role("approver"),
        "has_keys": has_keys(request),
        "now": clock.now(),
        "figures": figures(counts, _at_most(len(needed))),
    }
    return render(request, "official/queue.html", context, status=status)


def _filters(request: HttpRequest) -> QueueFilterForm:
    """What can be chosen does not depend on the claims: a list of a million of them is not asked for its countries."""
    schemes, countries = cache.get_or_set(CHOICES, _choices, A_MINUTE)
    return QueueFilterForm(
        request.GET,
        countries=countries,
        schemes=[(scheme, scheme) for scheme in schemes],
        colleagues=names_of_reviewers(),
    )


def _choices() -> tuple[list[str], list[tuple[str, str]]]:
    """Schemes and countries of the reference data; a new release shows here a minute later."""
    schemes = known_schemes()
    names: dict[str, str] = {}
    for scheme in schemes:
        names |= country_names(scheme)
    return schemes, sorted(names.items(), key=lambda row: row[1])


def _query(request: HttpRequest, kept: dict[str, str]) -> str:
    query = request.GET.copy()
    query.clear()
    query.update(kept)
    return query.urlencode()


def has_keys(request: HttpRequest) -> bool:
    """Single keys do something unless the person switched them off (WCAG 2.1.4)."""
    return request.COOKIES.get(KEYS_COOKIE) != KEYS_OFF


@official_only
@require_http_methods(["GET", "HEAD", "POST"])
def keys(request: HttpRequest) -> HttpResponse:
    """All keys, and the switch that turns them off in this browser."""
    if request.method != "POST":
        return render(request, "official/keys.html", {"has_keys": has_keys(request)})
    answer = redirect(reverse("official:keys"))
    value = KEYS_OFF if request.POST.get("keys") == KEYS_OFF else "on"
    cookie: dict[str, Any] = {"samesite": "Lax", "httponly": True, "secure": request.is_secure()}
    answer.set_cookie(KEYS_COOKIE, value, max_age=A_YEAR_IN_SECONDS, **cookie)
    return answer


@official_only
@require_safe
def decisions(request: HttpRequest) -> HttpResponse:
    """Decided claims, the newest first, with what became of their certificates."""
    filters = DecisionFilterForm(request.GET)
    printed = searched(filters)
    actor = actor_of(request)
    claims = (
        narrowed(decided_claims(actor), filters, printed)
        .prefetch_related("decisions__approver", _certificates())
        .defer("reading")
    )
    page = keyset_page(claims, order=("-decided_at", "-id"), cursor=request.GET.get("cursor", ""))
    rows = []
    for claim in page:
        certificate = max(claim.certificates.all(), key=lambda one: one.issued_at, default=None)
        rows.append((claim, certificate, status_of(certificate) if certificate else None))
    is_filtered = any(request.GET.get(name) for name in filters.fields)
    context = {
        "page": page,
        "rows": rows,
        "filters": filters,
        "is_filtered": is_filtered,
        "is_cut": printed.is_cut,
        "may_issue": bool(actor.roles & KEEPERS),
    }
    return render(request, "official/decisions.html", context)


def _certificates() -> Prefetch:
    certificates = Certificate.objects.select_related("revocation").prefetch_related("editions").defer("record")
    return Prefetch("certificates", queryset=certificates)


def _at_most(count: int) -> str:
    return str(count) if count <= MOST_NEEDING else _("more than %(most)d") % {"most": MOST_NEEDING}
