"""Rows of a carbon price claim: a list for each kind, a page for each row."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.producer.prices.progress import in_words
from portal.producer.prices.row_forms import PriceRowForm, SurrenderForm
from portal.producer.prices.sections import ORDER, PARTS, SECTIONS, Section, section_named
from portal.producer.views.prices import own_price_claim
from portal.ui.access import signed_in
from portal.ui.actors import actor_of
from portal.ui.forms import posted
from verification.audit.actors import Actor
from verification.claims.findings import findings_on_draft
from verification.claims.models import Claim
from verification.claims.models.price import PriceRow
from verification.claims.policy import demand_editable
from verification.claims.services.prices import remove_price_row, save_price_row, save_surrender
from verification.determination.price_goods import approved_goods, take_approved_goods
from verification.kernel.errors import InvalidInput

GOODS = "goods"
ROWS_SHOWN = 500


@signed_in
@require_safe
def price_rows(request: HttpRequest, pk: object, section: str) -> HttpResponse:
    """The rows of a section, what the checks say of them, and what can be added."""
    claim, here = _open_claim(request, pk), section_named(section)
    rows = getattr(claim, here.related).all()
    if here.key == "precursors":
        rows = rows.select_related("good", "made_here")
    context = {
        "claim": claim,
        "here": here,
        "rows": [
            {"position": row.position, "label": here.label(row), "said": here.said(row)} for row in rows[:ROWS_SHOWN]
        ],
        "findings": in_words(found for found in findings_on_draft(claim) if found.code in here.codes),
        "approved": approved_goods(claim) if here.key == GOODS else [],
        "following": _following(here),
    }
    return render(request, "producer/prices/rows.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def price_row_add(request: HttpRequest, pk: object, section: str) -> HttpResponse:
    """A new row; nothing is kept before it is complete enough to be read."""
    claim, here = _open_claim(request, pk), section_named(section)
    return _row_page(request, claim, here, None)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def price_row(request: HttpRequest, pk: object, section: str, position: int) -> HttpResponse:
    """One row as it stands."""
    claim, here = _open_claim(request, pk), section_named(section)
    return _row_page(request, claim, here, _row_or_404(claim, here, position))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def price_row_remove(request: HttpRequest, pk: object, section: str, position: int) -> HttpResponse:
    """Asks, naming the row, before it goes."""
    claim, here = _open_claim(request, pk), section_named(section)
    label = here.label(_row_or_404(claim, here, position))
    if request.method == "POST":
        remove_price_row(claim, here.key, actor=actor_of(request), position=position)
        messages.success(request, _("%(row)s was removed.") % {"row": label})
        return redirect("producer:price_rows", claim.pk, here.key)
    return render(request, "producer/prices/row_remove.html", {"claim": claim, "here": here, "label": label})


@signed_in
@require_POST
def price_goods_take(request: HttpRequest, pk: object) -> HttpResponse:
    """Take goods and their emissions from the values that were approved for the installation."""
    claim = _open_claim(request, pk)
    count = take_approved_goods(claim, actor=actor_of(request))
    words = ngettext("%(n)s good was taken over.", "%(n)s goods were taken over.", count) % {"n": count}
    messages.success(request, words)
    return redirect("producer:price_rows", claim.pk, GOODS)


def _row_page(request: HttpRequest, claim: Claim, here: Section, row: PriceRow | None) -> HttpResponse:
    form = here.form(posted(request), claim=claim, row=row)
    if form.is_bound and form.is_valid():
        try:
            _keep(form, claim, here, row, actor_of(request))
        except InvalidInput as refusal:
            form.add_problems(refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("producer:price_rows", claim.pk, here.key)
    context = {"claim": claim, "here": here, "form": form, "row": row}
    return render(request, "producer/prices/row.html", context, status=422 if form.errors else 200)


def _keep(form: PriceRowForm, claim: Claim, here: Section, row: PriceRow | None, actor: Actor) -> None:
    position = row.position if row else None
    if isinstance(form, SurrenderForm):
        serials = form.cleaned_data["serials"]
        save_surrender(claim, actor=actor, values=form.values, serials=serials, position=position)
    else:
        save_price_row(claim, here.key, actor=actor, values=form.values, position=position)


def _open_claim(request: HttpRequest, pk: object) -> Claim:
    actor = actor_of(request)
    claim = own_price_claim(actor, pk)
    demand_editable(actor, claim)
    return claim


def _row_or_404(claim: Claim, here: Section, position: int) -> PriceRow:
    row = getattr(claim, here.related).filter(position=position).first()
    if row is None:
        raise Http404
    return row


def _following(here: Section) -> dict[str, object] | None:
    place = ORDER.index(here.key) + 1
    key = ORDER[place]
    return {"key": key, "title": (PARTS | SECTIONS)[key].title, "is_part": key in PARTS}
