from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.producer.forms import OrganisationForm
from portal.ui.access import signed_in
from portal.ui.actors import actor_of
from portal.ui.forms import posted
from portal.ui.navigation import home_of
from verification.kernel.errors import InvalidInput
from verification.registry.services import register_organisation


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def organisation_register(request: HttpRequest) -> HttpResponse:
    """Whoever registers an organisation becomes its first manager."""
    initial = {"contact_email": request.user.email}
    form = OrganisationForm(posted(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = register_organisation(form.details, actor=actor_of(request), founder=request.user)
        except InvalidInput as refusal:
            form.add_problems(refusal)
        else:
            messages.success(request, _("%(name)s was registered. You act for it now.") % {"name": made.name})
            return redirect("producer:installation_register" if made.is_producer else home_of(request.user) or "/")
    return render(request, "producer/organisation_register.html", {"form": form})
