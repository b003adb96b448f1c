"""What every page knows about the site."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from portal.ui.actors import actor_of
from portal.ui.navigation import foot_navigation, navigation_for
from verification.kernel import clock


def site(request: HttpRequest) -> dict[str, object]:
    """Names and dates of the site and the links of the person; links are only looked up when shown."""
    user = getattr(request, "user", None)
    return {
        "authority_name": settings.AUTHORITY_NAME,
        "contact_address": settings.CONTACT_ADDRESS,
        "demonstration": clock.demonstration(),
        "today": clock.today(),
        "navigation": SimpleLazyObject(lambda: navigation_for(user, request.path, actor_of(request))) if user else [],
        "foot_navigation": foot_navigation(),
        "languages": settings.LANGUAGES if getattr(request, "offers_languages", False) else [],
    }
