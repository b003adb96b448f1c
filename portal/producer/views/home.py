from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from portal.producer.lookups import claims_of_sites, own_certificates, own_installations, producers_of
from portal.producer.todo import todo_for
from portal.ui.access import signed_in
from portal.ui.actors import actor_of
from verification.certificates.selectors import status_of
from verification.notifications.selectors import notices_of

SHOWN = 5


@signed_in
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What needs the person first, then where everything is."""
    actor = actor_of(request)
    organisations = list(producers_of(actor))
    if not organisations:
        return redirect("producer:organisation_register")
    claims = claims_of_sites(actor).defer("reading")
    certificates = list(own_certificates(actor).order_by("-issued_at")[:SHOWN])
    context = {
        "organisations": organisations,
        "todo": todo_for(actor),
        "claims": claims.order_by("-created_at", "-id")[: SHOWN * 2],
        "claim_count": claims.count(),
        "certificates": [(certificate, status_of(certificate)) for certificate in certificates],
        "installations": own_installations(actor)[:SHOWN],
        "notices": notices_of(request.user)[:SHOWN],
    }
    return render(request, "producer/home.html", context)
