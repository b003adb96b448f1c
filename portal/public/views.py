"""Landing page and statements: readable by anyone, the same for everyone."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from verification.determination.selectors import public_overrides_known_at
from verification.kernel import clock
from verification.reference.enums import LegalStatus
from verification.reference.models import Edition
from verification.reference.selectors import country_names, editions, known_schemes

LATEST_VALUES = 5
LATEST_EDITIONS = 4


@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    """Check a certificate, find a default value, and what was approved and published last."""
    latest = public_overrides_known_at(clock.now()).select_related("installation").order_by("-known_from", "-pk")
    scheme = next(iter(known_schemes()), None)
    context = {
        "countries": sorted(country_names(scheme).items(), key=lambda item: item[1]) if scheme else [],
        "latest_values": latest[:LATEST_VALUES],
        "latest_editions": _published_law(scheme)[:LATEST_EDITIONS] if scheme else [],
    }
    return render(request, "public/landing.html", context)


def _published_law(scheme: str) -> QuerySet[Edition]:
    """Editions by the day of their publication, the newest first; a draft is none."""
    return editions(scheme).exclude(legal_status=LegalStatus.PLACEHOLDER).order_by("-published_on", "table")


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "public/accessibility.html")
