"""Finding claims by words.

On PostgreSQL an entry's words are lexemes of an inverted index; beside them stand lexemes with a sign that nobody
can type, for what narrows a search: whether the claim is open, and its country. Words that few claims bear give
their claims at once; words that many bear are met early when the list is read in its order.
"""

from __future__ import annotations

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q
from django.db.models.expressions import RawSQL
from django.db.models.fields import BooleanField

from verification.claims.models import SearchEntry
from verification.claims.search import is_beginning, words_typed
from verification.claims.workflow import OPEN_STATES

FEW = 2_000
"""So many claims are sorted by themselves; more than that are looked for along the list."""
OPEN = "=open"
FIND = "SELECT claim_id FROM claims_searchentry WHERE lexemes @@ %s::tsquery LIMIT %s"


def lexeme_of_openness(state: str) -> str:
    return OPEN if state in OPEN_STATES else ""


def lexeme_of_country(country: str) -> str:
    return f"=in{country.lower()}"


def printed_on(text: str, *, country: str = "", is_open: bool = False) -> Q:
    """Claims on which every word is printed, as typed or as a beginning, of this country; open ones alone if told."""
    words = words_typed(text)
    if not words and text.strip():
        return Q(pk__in=[])
    facets = [lexeme_of_country(country)] if country else []
    facets += [OPEN] if is_open else []
    if connection.vendor != "postgresql":
        condition = Q()
        for part in [*(f" {facet} " for facet in facets), *map(_pattern, words)]:
            condition &= Q(search_entry__words__contains=part)
        return condition
    query = " & ".join([*(f"'{facet}'" for facet in facets), *map(_lexeme, words)])
    few = _few(query)
    if few is not None:
        return Q(pk__in=few)
    bears = RawSQL("lexemes @@ %s::tsquery", [query], output_field=BooleanField())
    return Q(Exists(SearchEntry.objects.filter(bears, claim=OuterRef("pk"))))


def _few(query: str) -> list[object] | None:
    """The claims that bear the words; ``None`` where they are more than a few.

    The index alone is asked: an estimate that is wrong would read the whole table.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(FIND, [query, FEW + 1])
        found = [row[0] for row in cursor.fetchall()]
        cursor.execute("SET LOCAL enable_seqscan = on")
    return found if len(found) <= FEW else None


def _pattern(word: str) -> str:
    return f" {word}" if is_beginning(word) else f" {word} "


def _lexeme(word: str) -> str:
    return f"'{word}':*" if is_beginning(word) else f"'{word}'"
