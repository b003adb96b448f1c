"""Which release of a scheme is in force, and which schemes there are."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from functools import lru_cache, wraps
from typing import Any, TypeVar

from django.db.models import Min

from verification.database.kept import Given, Kept
from verification.kernel import clock
from verification.kernel.errors import MissingReference
from verification.reference.models import Release

Found = TypeVar("Found")
MOST_KEPT = 1_000
Read = dict[tuple[str, datetime | None], Release]
_read: ContextVar[Read | None] = ContextVar("releases_read", default=None)


@contextmanager
def releases_read_once(*schemes: str) -> Iterator[None]:
    """Within it the release in force of a scheme, now or at an instant, is read once, those of ``schemes`` with one
    query: for a page that reads much and writes nothing."""
    known = _read.get()
    read: Read = {} if known is None else known
    token = _read.set(read)
    try:
        read |= _newest([scheme for scheme in schemes if (scheme, None) not in read])
        yield
    finally:
        _read.reset(token)


def kept_by_release(read: Callable[..., Found]) -> Callable[..., Found]:
    """For ``read(scheme, *args)``: what it found in a release is kept in this process, for a release never changes.

    What is found is shared by all who ask: it must not be changed by them.
    """
    kept: dict[tuple[Any, ...], Found] = {}

    @wraps(read)
    def answer(scheme: str, *args: Any) -> Found:
        release = published_release(scheme)
        key = (release.content_sha256, scheme, *args)
        if key not in kept:
            if len(kept) >= MOST_KEPT:
                kept.clear()
            token = _read.set({(scheme, None): release})
            try:
                kept[key] = read(scheme, *args)
            finally:
                _read.reset(token)
        return kept[key]

    return answer


def published_release(scheme: str, known_at: datetime | None = None) -> Release:
    """The release in force at the instant. Raises ``MissingReference`` where none was published by then."""
    read = _read.get()
    if read is not None and (scheme, known_at) in read:
        return read[scheme, known_at]
    instant = known_at or clock.now()
    newest = NEWEST.first(scheme=scheme, instant=instant)
    if newest is None:
        raise MissingReference(f"No release of {scheme} had been published at {instant.isoformat(timespec='seconds')}.")
    release = _release(*newest)
    if read is not None:
        read[scheme, known_at] = release
    return release


def _newest(schemes: Sequence[str]) -> Read:
    """Of each scheme the release in force now; a scheme without one is left out."""
    if not schemes:
        return {}
    rows = PUBLISHED.rows(schemes=schemes, instant=clock.now())
    return {(code, None): _release(*key) for code, key in {code: key for code, *key in rows}.items()}


NEWEST = Kept(
    lambda: (
        Release.objects.filter(scheme__code=Given("scheme"), published_at__lte=Given("instant"))
        .order_by("-published_at", "-number")
        .values_list("pk", "content_sha256", "published_at")[:1]
    )
)
PUBLISHED = Kept(
    lambda: (
        Release.objects.filter(scheme__code__in=Given("schemes"), published_at__lte=Given("instant"))
        .order_by("published_at", "number")
        .values_list("scheme__code", "pk", "content_sha256", "published_at")
    )
)


@lru_cache(maxsize=64)
def _release(pk: int, _content_sha256: str, _published_at: datetime) -> Release:
    """From the process's memory where it was read before: what was published never changes."""
    return Release.objects.select_related("scheme").get(pk=pk)


def known_schemes() -> list[str]:
    """Codes of the schemes with a published release; the one that was published first comes first."""
    published = Release.objects.filter(published_at__lte=clock.now())
    first = published.values("scheme__code").annotate(first_at=Min("published_at")).order_by("first_at", "scheme__code")
    return [row["scheme__code"] for row in first]


def scheme_start(scheme: str) -> date:
    """First day of the scheme's definitive period."""
    return date.fromisoformat(str(published_release(scheme).definition["valid_from"]))
