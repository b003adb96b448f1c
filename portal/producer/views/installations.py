from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.producer.forms import InstallationForm
from portal.producer.lookups import own_installations, producers_of
from portal.ui.access import signed_in
from portal.ui.actors import actor_of
from portal.ui.forms import posted
from portal.ui.pagination import keyset_page
from verification.claims.selectors import own_claims
from verification.kernel.errors import InvalidInput
from verification.registry.services import register_installation

CLAIMS_SHOWN = 20


@signed_in
@require_safe
def installations(request: HttpRequest) -> HttpResponse:
    page = keyset_page(own_installations(actor_of(request)), order=("code",), cursor=request.GET.get("cursor", ""))
    return render(request, "producer/installations.html", {"page": page})


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def installation_register(request: HttpRequest) -> HttpResponse:
    """Register a site for five years."""
    actor = actor_of(request)
    organisations = producers_of(actor)
    if not organisations:
        return redirect("producer:organisation_register")
    form = InstallationForm(posted(request), organisations=organisations)
    if request.method == "POST" and form.is_valid():
        try:
            made = register_installation(form.cleaned_data["organisation"], form.details, actor=actor)
        except InvalidInput as refusal:
            form.add_problems(refusal)
        else:
            words = _("%(name)s was registered as %(code)s.")
            messages.success(request, words % {"name": made.name, "code": made.code})
            return redirect("producer:installation", made.pk)
    return render(request, "producer/installation_register.html", {"form": form})


@signed_in
@require_safe
def installation(request: HttpRequest, pk: object) -> HttpResponse:
    actor = actor_of(request)
    found = get_object_or_404(own_installations(actor), pk=pk)
    claims = own_claims(actor).filter(installation=found).defer("reading").order_by("-created_at")[:CLAIMS_SHOWN]
    return render(request, "producer/installation.html", {"installation": found, "claims": claims})
