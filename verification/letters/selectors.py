"""Reading letters: the producer's own, and all of them for officials."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from verification.audit.actors import Actor
from verification.claims.models import Claim
from verification.database.kept import Given, Kept
from verification.letters.models import Letter


def letters_for(actor: Actor) -> QuerySet[Letter]:
    letters = Letter.objects.select_related("claim").prefetch_related("editions").defer("record")
    return letters if actor.is_official else letters.filter(claim__organisation_id__in=actor.organisation_ids)


def letters_of(claim: Claim) -> list[Letter]:
    """The newest first; whoever may see the claim may see its letters."""
    return LETTERS.rows(claim=claim.pk)


LETTERS = Kept(lambda: Letter.objects.filter(claim=Given("claim")).prefetch_related("editions").defer("record"))


def numbers_of_letters(claim: Claim) -> Iterable[str]:
    return Letter.objects.filter(claim=claim).values_list("number", flat=True)
