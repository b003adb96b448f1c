"""What every page knows about the site."""

from django.conf import settings
from django.http import HttpRequest

from verification.kernel import clock


def site(request: HttpRequest) -> dict[str, object]:
    return {
        "authority_name": settings.AUTHORITY_NAME,
        "demonstration": clock.demonstration(),
        "today": clock.today(),
    }
