"""Finding claims by words, within a bounded time.

On PostgreSQL an entry's words are lexemes of an inverted index; beside them stand lexemes with a sign that nobody
can type, for what narrows a search: whether the claim is open, and its country. Words that few claims bear give
their claims at once; words that many bear are met early when the list is read in its order. Beginnings that very
many words share take too long to follow: then whole words alone are looked for, and the page says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.cache import cache
from django.db import OperationalError, connection, transaction
from django.db.models import OuterRef, Q, Subquery
from django.db.models.expressions import RawSQL
from django.db.models.fields import BooleanField
from django.db.models.lookups import Exact

from verification.claims.models import SearchEntry
from verification.claims.search import is_beginning, words_typed
from verification.claims.workflow import OPEN_STATES

FEW = 2_000
"""So many claims are sorted by themselves; more than that are looked for along the list."""
LONGEST_MS = 100
"""How long the beginnings of words are followed."""
STATEMENT_CANCELLED = "57014"
COMMON, AN_HOUR = "claims-borne-by-many", 3600
OPEN = "=open"
FIND = "SELECT claim_id FROM claims_searchentry WHERE lexemes @@ %s::tsquery LIMIT %s"


@dataclass(frozen=True)
class Printed:
    """Claims on which the words are printed. ``is_cut``: beginnings were too common, whole words alone count."""

    condition: Q
    is_cut: bool = False


def lexeme_of_openness(state: str) -> str:
    return OPEN if state in OPEN_STATES else ""


def lexeme_of_country(country: str) -> str:
    return f"=in{country.lower()}"


def printed_on(text: str, *, country: str = "", is_open: bool = False) -> Printed:
    """Claims on which every word is printed, as typed or as a beginning, of this country; open ones alone if told."""
    words = words_typed(text)
    if not words and text.strip():
        return Printed(Q(pk__in=[]))
    facets = [lexeme_of_country(country)] if country else []
    facets += [OPEN] if is_open else []
    if connection.vendor != "postgresql":
        condition = Q()
        for part in [*(f" {facet} " for facet in facets), *map(_pattern, words)]:
            condition &= Q(search_entry__words__contains=part)
        return Printed(condition)
    return _in_index([f"'{facet}'" for facet in facets], words)


def _in_index(facets: Sequence[str], words: Sequence[str]) -> Printed:
    """Whole words first: the index follows them fast, and what many claims bear is known at once. That a country has
    many claims is known for an hour; no more depends on it than the way in which they are found."""
    whole = " & ".join([*facets, *(f"'{word}'" for word in words)])
    beginnings = " & ".join([*facets, *map(_lexeme, words)])
    known = "" if words else COMMON + "".join(facets)
    if known and cache.get(known):
        return Printed(_along_the_list(whole))
    found = _claims(whole)
    if len(found) > FEW:
        if known:
            cache.set(known, True, AN_HOUR)
        return Printed(_along_the_list(beginnings))
    if beginnings == whole:
        return Printed(Q(pk__in=found))
    try:
        more = _claims(beginnings, longest_ms=LONGEST_MS)
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", "") != STATEMENT_CANCELLED:
            raise
        return Printed(Q(pk__in=found), is_cut=True)
    return Printed(Q(pk__in=more) if len(more) <= FEW else _along_the_list(beginnings))


def _along_the_list(query: str) -> Q:
    """Each claim of the list is asked by itself. As a value, so that the database keeps to the order of the list."""
    bears = RawSQL("lexemes @@ %s::tsquery", [query], output_field=BooleanField())
    entry = SearchEntry.objects.filter(claim=OuterRef("pk")).annotate(bears=bears).values("bears")
    return Q(Exact(Subquery(entry, output_field=BooleanField()), True))


def _claims(query: str, *, longest_ms: int = 0) -> list[object]:
    """At most one more than a few. The index alone is asked: a wrong estimate would read the whole table."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL work_mem = '64MB'")
        if longest_ms:
            cursor.execute(f"SET LOCAL statement_timeout = {longest_ms:d}")
        cursor.execute(FIND, [query, FEW + 1])
        found = [row[0] for row in cursor.fetchall()]
        for name in ("enable_seqscan", "work_mem", "statement_timeout"):
            cursor.execute(f"SET LOCAL {name} TO DEFAULT")
    return found


def _pattern(word: str) -> str:
    return f" {word}" if is_beginning(word) else f" {word} "


def _lexeme(word: str) -> str:
    return f"'{word}':*" if is_beginning(word) else f"'{word}'"
