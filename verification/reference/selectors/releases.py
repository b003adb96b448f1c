"""Which release of a scheme is in force, and which schemes there are."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Min

from verification.kernel import clock
from verification.kernel.errors import MissingReference
from verification.reference.models import Release


def published_release(scheme: str, known_at: datetime | None = None) -> Release:
    """The release in force at the instant. Raises ``MissingReference`` where none was published by then."""
    instant = known_at or clock.now()
    release = (
        Release.objects.filter(scheme__code=scheme, published_at__lte=instant)
        .select_related("scheme")
        .order_by("-published_at", "-number")
        .first()
    )
    if release is None:
        raise MissingReference(f"No release of {scheme} had been published at {instant.isoformat(timespec='seconds')}.")
    return release


def known_schemes() -> list[str]:
    """Codes of the schemes with a published release; the one that was published first comes first."""
    published = Release.objects.filter(published_at__lte=clock.now())
    first = published.values("scheme__code").annotate(first_at=Min("published_at")).order_by("first_at", "scheme__code")
    return [row["scheme__code"] for row in first]


def scheme_start(scheme: str) -> date:
    """First day of the scheme's definitive period."""
    return date.fromisoformat(str(published_release(scheme).definition["valid_from"]))
