from __future__ import annotations

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.official.access import official_only
from portal.official.forms import DecisionFilterForm, QueueFilterForm
from portal.official.queue import counts, filtered_queue, narrowed, needing, queue_rows, with_country
from portal.official.to_do import to_do_for
from portal.ui.actors import actor_of
from portal.ui.pagination import keyset_page
from verification.certificates.models import Certificate
from verification.certificates.selectors import status_of
from verification.claims.enums import ReversalOutcome
from verification.claims.selectors import decided_claims, pre_checks_for, queue_for, reversals_for
from verification.kernel import clock
from verification.reference.selectors import country_names, known_schemes

QUEUE_SIZE = 25
MOST_NEEDING = 5


@official_only
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """Claims that wait, the longest waiting first; above them what needs this person."""
    actor = actor_of(request)
    names = _country_names()
    present = with_country(queue_for(actor)).order_by("country").values_list("country", flat=True)
    filters = QueueFilterForm(request.GET, countries=[(code, names.get(code, code)) for code in present.distinct()])
    page = keyset_page(
        filtered_queue(actor, filters),
        order=("submitted_at", "id"),
        cursor=request.GET.get("cursor", ""),
        size=QUEUE_SIZE,
    )
    waiting, today = counts(actor), clock.today()
    overdue = reversals_for(actor).filter(outcome=ReversalOutcome.OPEN, replacement_due_on__lt=today)
    overdue = list(overdue.order_by("replacement_due_on", "pk")[: MOST_NEEDING + 1])
    needed = list(needing(actor)[: MOST_NEEDING + 1])
    context = {
        "filters": filters,
        "page": page,
        "rows": queue_rows(page, actor),
        "to_do": to_do_for(needed[:MOST_NEEDING]),
        "overdue": overdue[:MOST_NEEDING],
        "has_more_overdue": len(overdue) > MOST_NEEDING,
        "pre_check_count": pre_checks_for(actor).filter(answered_at=None).count(),
        "names": names,
        "is_filtered": any(request.GET.get(name) for name in filters.fields),
        "may_take": actor.has_role("reviewer"),
        "now": clock.now(),
        "figures": [
            {"label": _("Need you now"), "value": _at_most(len(needed))},
            {"label": _("Not taken"), "value": waiting["submitted"]},
            {"label": _("Question open"), "value": waiting["info_requested"]},
            {"label": _("Waiting for decision"), "value": waiting["recommended"]},
        ],
    }
    return render(request, "official/queue.html", context)


@official_only
@require_safe
def decisions(request: HttpRequest) -> HttpResponse:
    """Decided claims, the newest first, with what became of their certificates."""
    filters = DecisionFilterForm(request.GET)
    claims = (
        narrowed(decided_claims(actor_of(request)), filters)
        .prefetch_related("decisions__approver", _certificates())
        .defer("reading")
    )
    page = keyset_page(claims, order=("-decided_at", "-id"), cursor=request.GET.get("cursor", ""))
    rows = []
    for claim in page:
        certificate = max(claim.certificates.all(), key=lambda one: one.issued_at, default=None)
        rows.append((claim, certificate, status_of(certificate) if certificate else None))
    is_filtered = any(request.GET.get(name) for name in filters.fields)
    context = {"page": page, "rows": rows, "filters": filters, "is_filtered": is_filtered}
    return render(request, "official/decisions.html", context)


def _certificates() -> Prefetch:
    certificates = Certificate.objects.select_related("edition", "revocation").defer("record")
    return Prefetch("certificates", queryset=certificates)


def _at_most(count: int) -> str:
    return str(count) if count <= MOST_NEEDING else _("more than %(most)d") % {"most": MOST_NEEDING}


def _country_names() -> dict[str, str]:
    names: dict[str, str] = {}
    for scheme in known_schemes():
        names |= country_names(scheme)
    return names
