"""Filters of the queue under a name of one's own."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.official.access import official_only
from portal.official.forms_queue import QueueFilterForm, SaveViewForm
from portal.official.views.queue import queue_page
from portal.ui.actors import actor_of
from verification.claims.bench_selectors import views_of
from verification.claims.services.bench import delete_view, save_view
from verification.kernel.errors import InvalidInput


@official_only
@require_POST
def view_save(request: HttpRequest) -> HttpResponse:
    form = SaveViewForm(request.POST, auto_id="save_%s")
    query = _known(request.POST.get("query", ""))
    if form.is_valid():
        try:
            view = save_view(actor=actor_of(request), name=form.cleaned_data["name"], query=query.urlencode())
        except InvalidInput as refusal:
            form.add_problems(refusal)
        else:
            messages.success(request, _("The filters are kept as “%(name)s”.") % {"name": view.name})
            return redirect(f"{reverse('official:queue')}?{view.query}")
    request.GET = query  # type: ignore[assignment]
    return queue_page(request, save_form=form)


@official_only
@require_POST
def view_delete(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    view = get_object_or_404(views_of(actor), pk=pk)
    delete_view(view, actor=actor)
    messages.success(request, _("“%(name)s” was deleted.") % {"name": view.name})
    return redirect("official:queue")


def _known(typed: str) -> QueryDict:
    """Filters alone; a page or anything else in the address is not kept."""
    found, kept = QueryDict(typed), QueryDict(mutable=True)
    for name in QueueFilterForm.base_fields:
        if found.get(name):
            kept[name] = found[name]
    return kept
