"""Keeping what the search looks in: every word and number printed on a claim that was sent.

An entry is made anew after each step of its claim, in the background: what the step's use case writes is there by
then. Rooms above name what they print on a claim with ``add_source``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db import transaction
from django.db.models import Q

from verification.claims.models import Claim, SearchEntry, Step, VerificationStatement
from verification.claims.search import words_in
from verification.claims.search_selectors import lexeme_of_country, lexeme_of_openness
from verification.claims.workflow import TRANSITIONS
from verification.evidence.models import EvidenceFile
from verification.jobs.services import enqueue

Source = Callable[[Claim], Iterable[str]]
_sources: list[Source] = []
LACKING_AT_ONCE = 500
READ_OF_GOODS = ("cn", "code", "description", "name")
EVERY_STEP = tuple(TRANSITIONS)


def add_source(source: Source) -> None:
    """Texts of a higher room that are printed on a claim."""
    if source not in _sources:
        _sources.append(source)


def queue_indexing(claim: Claim, occasion: str) -> None:
    """Once per occasion; in the caller's transaction."""
    enqueue("claims.index", key=f"index-{occasion}", payload={"claim": str(claim.pk)})


def after_step(claim: Claim, step: Step) -> None:
    if claim.submitted_at is not None:
        queue_indexing(claim, f"step-{step.pk}")


@transaction.atomic
def index_claim(claim: Claim) -> SearchEntry:
    """Make the claim's entry from what is printed on it now."""
    facets = [lexeme_of_openness(claim.state), lexeme_of_country(_country(claim))]
    words = words_in(text for text in _texts(claim) if text)
    entry, _ = SearchEntry.objects.update_or_create(
        claim=claim, defaults={"words": f" {' '.join([*filter(None, facets), *words])} "}
    )
    return entry


def index_lacking() -> dict[str, int]:
    """Entries for claims that were sent and have none, as after an upgrade; how many."""
    lacking = Claim.objects.filter(search_entry=None).exclude(submitted_at=None).order_by("pk")
    count = 0
    while found := list(lacking.select_related("organisation", "installation")[:LACKING_AT_ONCE]):
        for claim in found:
            index_claim(claim)
        count += len(found)
    return {"indexed": count}


def _country(claim: Claim) -> str:
    return claim.installation.country if claim.installation else claim.organisation.country


def _texts(claim: Claim) -> Iterator[str]:
    yield claim.number
    party = claim.organisation
    yield from (party.name, party.local_name, party.registration_number)
    if site := claim.installation:
        yield from (site.name, site.local_name, site.code, site.city, site.unlocode)
    yield from claim.decisions.values_list("number", flat=True)
    yield from claim.appeals.values_list("number", flat=True)
    yield from _verification(claim)
    yield from _files(claim)
    yield from _snapshots(claim)
    for source in _sources:
        yield from source(claim)


def _verification(claim: Claim) -> Iterator[str]:
    statements = VerificationStatement.objects.filter(engagement__claim=claim)
    for row in statements.values_list("report_number", "accreditation__number", "engagement__verifier__name"):
        yield from row
    yield from claim.engagements.values_list("verifier__name", flat=True)


def _files(claim: Claim) -> Iterator[str]:
    templates = [claim.template_file_id] if claim.template_file_id else []
    files = EvidenceFile.objects.filter(Q(uses__claim=claim) | Q(pk__in=templates))
    for row in files.distinct().values_list("name", "sha256"):
        yield from row


def _snapshots(claim: Claim) -> Iterator[str]:
    """Hashes of every sealed state, goods of the last."""
    yield from claim.snapshots.values_list("sha256", flat=True)
    last = claim.snapshots.last()
    if last is not None:
        yield from _goods(json.loads(last.content))


def _goods(content: dict[str, Any]) -> Iterator[str]:
    reading = content.get("reading") or content
    for good in reading.get("goods") or []:
        yield from (str(good[name]) for name in READ_OF_GOODS if good.get(name))
