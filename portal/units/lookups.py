"""Finding the party's own things. What belongs to another organisation is not found."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from verification.audit.actors import Actor
from verification.certificates.models import Certificate
from verification.certificates.selectors import certificates_for
from verification.claims.enums import ClaimKind
from verification.claims.models import Claim
from verification.claims.selectors import own_claims
from verification.ledger.models import UnitAccount
from verification.ledger.selectors import accounts_for
from verification.registry.models import Organisation
from verification.registry.selectors import organisations_for


def parties_of(actor: Actor) -> QuerySet[Organisation]:
    """The person's organisations that may hold units. Raises ``Http404`` for a person who has none."""
    found = organisations_for(actor).filter(Q(is_producer=True) | Q(is_importer=True)).order_by("name")
    if not found.exists():
        raise Http404
    return found


def own_unit_claims(actor: Actor) -> QuerySet[Claim]:
    return own_claims(actor).filter(kind=ClaimKind.UNITS).select_related("unit_details")


def own_unit_claim_or_404(actor: Actor, pk: object) -> Claim:
    return get_object_or_404(own_unit_claims(actor), pk=pk)


def own_accounts(actor: Actor) -> QuerySet[UnitAccount]:
    """Balances of the person's organisations alone, also for a person who is an official besides."""
    return accounts_for(actor).filter(organisation_id__in=actor.organisation_ids)


def own_certificate_of(actor: Actor, claim: Claim) -> Certificate | None:
    return certificates_for(actor).filter(claim=claim, claim__organisation_id__in=actor.organisation_ids).first()
