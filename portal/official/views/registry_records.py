"""Exports of registries: what is loaded, the files themselves, and one more."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.official.access import official_only
from portal.official.forms_units import RegistryExportForm
from portal.ui.actors import actor_of
from portal.ui.files import download
from portal.ui.pagination import keyset_page
from portal.ui.templatetags.ui import number
from portal.ui.uploads import largest_upload_megabytes
from verification.claims.policy import demand_registry_keeper
from verification.claims.selectors import registry_exports_for
from verification.claims.services.registry_records import load_export
from verification.kernel import clock
from verification.kernel.errors import InvalidInput, NotAllowed

PROBLEMS_SHOWN = 100


@official_only
@require_http_methods(["GET", "HEAD", "POST"])
def registry_records(request: HttpRequest) -> HttpResponse:
    """Load an export: every row or none. Below it everything that was loaded, the newest first."""
    actor = actor_of(request)
    is_post = request.method == "POST"
    if is_post:
        demand_registry_keeper(actor)
    given = (request.POST, request.FILES) if is_post else ()
    form = RegistryExportForm(*given, initial={"fetched_on": clock.today()})
    if form.is_bound and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            made = load_export(
                upload.chunks(), name=upload.name, fetched_on=form.cleaned_data["fetched_on"], actor=actor
            )
        except InvalidInput as refusal:
            form.add_problems(
                InvalidInput(refusal.summary, refusal.problems[:PROBLEMS_SHOWN])  # a wrong column fails in every row
            )
        else:
            messages.success(
                request,
                _("%(registry)s: %(rows)s rows were loaded.")
                % {"registry": made.registry, "rows": number(made.row_count)},
            )
            return redirect("official:registry_records")
    page = keyset_page(
        registry_exports_for(actor),
        order=("-fetched_on", "-loaded_at", "-id"),
        cursor=request.GET.get("cursor", ""),
        size=25,
    )
    context = {
        "form": form,
        "page": page,
        "may_load": _may_load(request),
        "megabytes": largest_upload_megabytes(),
    }
    return render(request, "official/registry_records.html", context, status=422 if form.errors else 200)


@official_only
@require_safe
def registry_export_file(request: HttpRequest, pk: object) -> FileResponse:
    """The file as the registry wrote it."""
    found = get_object_or_404(registry_exports_for(actor_of(request)), pk=pk)
    return download(found.file, name=found.name, content_type="text/csv")


def _may_load(request: HttpRequest) -> bool:
    try:
        demand_registry_keeper(actor_of(request))
    except NotAllowed:
        return False
    return True
