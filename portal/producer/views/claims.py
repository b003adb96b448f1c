from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.producer.forms import ClaimStartForm, scheme_name
from portal.producer.frames import EMISSIONS
from portal.producer.lookups import claims_of_sites, own_certificates, own_claim_or_404, own_installations
from portal.producer.progress import complete_count, progress_of, tasks_of, what_comes_next
from portal.ui.access import signed_in
from portal.ui.actors import actor_of
from portal.ui.claim_history import history_of
from portal.ui.due_process.pages import procedure_context
from portal.ui.forms import posted
from portal.ui.goods import goods_of
from portal.ui.pagination import keyset_page
from verification.certificates.selectors import status_of
from verification.claims.enums import ClaimState
from verification.claims.models import Claim
from verification.claims.selectors import evidence_of
from verification.claims.services.producer import start_claim
from verification.claims.workflow import TRANSITIONS
from verification.kernel import clock
from verification.kernel.errors import InvalidInput

MOST_GOODS_ASIDE = 4


@signed_in
@require_safe
def claims(request: HttpRequest) -> HttpResponse:
    """Every claim of the person's organisations, the newest first."""
    rows = claims_of_sites(actor_of(request)).defer("reading")
    state = request.GET.get("state", "")
    if state in ClaimState.values:
        rows = rows.filter(state=state)
    page = keyset_page(rows, cursor=request.GET.get("cursor", ""))
    context = {"page": page, "states": ClaimState.choices, "state": state}
    return render(request, "producer/claims.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def claim_start(request: HttpRequest) -> HttpResponse:
    """Site, year and scheme; everything else comes with the numbers."""
    actor = actor_of(request)
    installations = own_installations(actor)
    initial = {"year": clock.today().year - 1, "installation": request.GET.get("installation", "")}
    form = ClaimStartForm(posted(request), installations=installations, initial=initial)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        try:
            claim = start_claim(chosen["installation"], scheme=chosen["scheme"], year=chosen["year"], actor=actor)
        except InvalidInput as refusal:
            form.add_problems(refusal)
        else:
            messages.success(request, _("Claim %(number)s was started.") % {"number": claim.number})
            return redirect("producer:claim_entry_begin", claim.pk)
    return render(request, "producer/claim_start.html", {"form": form, "has_installation": installations.exists()})


@signed_in
@require_safe
def claim(request: HttpRequest, pk: object) -> HttpResponse:
    """The task list of a draft; of a sent claim, where it is and what was decided."""
    actor = actor_of(request)
    claim = own_claim_or_404(actor, pk)
    progress = progress_of(claim)
    tasks = tasks_of(progress, evidence_of(claim).count())
    certificate = own_certificates(actor).filter(claim=claim).order_by("-issued_at").first()
    goods = goods_of(claim.reading) if claim.reading else []
    context = {
        "claim": claim,
        "scheme": scheme_name(claim.scheme),
        "progress": progress,
        "tasks": tasks,
        "complete": complete_count(tasks),
        "goods": goods[:MOST_GOODS_ASIDE],
        "more_goods": max(0, len(goods) - MOST_GOODS_ASIDE),
        "history": history_of(claim),
        "comes_next": what_comes_next(),
        "certificate": certificate,
        "certificate_status": status_of(certificate) if certificate else None,
        "may_withdraw": may_withdraw(claim),
        **procedure_context(claim, EMISSIONS),
    }
    return render(request, "producer/claim.html", context)


def may_withdraw(claim: Claim) -> bool:
    return claim.state in TRANSITIONS["withdraw"].sources
