"""Finding the person's own things. What belongs to another organisation is not found."""

from __future__ import annotations

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from verification.audit.actors import Actor
from verification.certificates.models import Certificate
from verification.certificates.selectors import certificates_for
from verification.claims.enums import ClaimKind
from verification.claims.models import Claim
from verification.claims.selectors import own_claims
from verification.registry.models import Installation, Organisation
from verification.registry.selectors import installations_for, organisations_for


def claims_of_sites(actor: Actor) -> QuerySet[Claim]:
    """Claims about an installation; those of units have pages of their own."""
    return own_claims(actor).exclude(kind=ClaimKind.UNITS)


def own_claim_or_404(actor: Actor, pk: object) -> Claim:
    """An emissions claim: these pages are about its numbers."""
    own = own_claims(actor).filter(kind=ClaimKind.EMISSIONS)
    return get_object_or_404(own.select_related("template_file"), pk=pk)


def own_installations(actor: Actor) -> QuerySet[Installation]:
    """Only the person's organisations, also for a person who is an official besides."""
    return installations_for(actor).filter(organisation_id__in=actor.organisation_ids)


def own_certificates(actor: Actor) -> QuerySet[Certificate]:
    return certificates_for(actor).filter(claim__organisation_id__in=actor.organisation_ids)


def producers_of(actor: Actor) -> QuerySet[Organisation]:
    return organisations_for(actor).filter(is_producer=True)
