"""Reading grants and their log, each selector scoped to the actor."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from verification.audit.actors import Actor
from verification.claims.models import Claim
from verification.disclosure.models import Disclosure, DisclosureView
from verification.registry.models import Organisation

_RELATED = ("claim__organisation", "claim__installation", "snapshot", "recipient", "granted_by", "ended_by")


def disclosures_for(actor: Actor, claim: Claim) -> QuerySet[Disclosure]:
    """Grants of the claim, for its producer and for officials."""
    grants = Disclosure.objects.select_related(*_RELATED).defer("snapshot__content", "claim__reading")
    if actor.is_official or actor.belongs_to(claim.organisation_id):
        return grants.filter(claim=claim)
    return grants.none()


def views_for(actor: Actor, claim: Claim) -> QuerySet[DisclosureView]:
    """Who saw what of the claim, for its producer and for officials."""
    views = DisclosureView.objects.select_related("disclosure__recipient", "viewed_by")
    if actor.is_official or actor.belongs_to(claim.organisation_id):
        return views.filter(disclosure__claim=claim)
    return views.none()


def shared_with(actor: Actor) -> QuerySet[Disclosure]:
    """What is shown to the actor's organisations now. An ended grant does not exist for its recipient."""
    return (
        Disclosure.objects.select_related(*_RELATED)
        .defer("claim__reading")
        .filter(recipient__pk__in=actor.organisation_ids, ended_at=None)
    )


def importers_named(typed: str) -> list[Organisation]:
    """Importers whose registration number or name is exactly what was typed, whatever the case.

    There is no list of organisations to look through: who is not known by name is not found.
    """
    words = " ".join(typed.split())
    if not words:
        return []
    return list(
        Organisation.objects.filter(
            Q(registration_number__iexact=words) | Q(name__iexact=words), is_importer=True
        ).order_by("country", "registration_number")
    )
