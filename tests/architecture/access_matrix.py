"""Who stands before the portal in the matrices of access, and which address makes which transition."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from portal.official.kinds import kind_of
from portal.official.numbers import content_of_snapshot
from portal.ui.demonstration import person
from tests.factories.organisations import make_organisation
from tests.factories.people import make_official
from tests.factories.transitions import REASON, someone
from verification.accounts.models import User
from verification.audit.actors import Actor
from verification.certificates.selectors import certificate_of
from verification.claims.enums import PreCheckOutcome, RecommendationKind
from verification.claims.findings import last_snapshot
from verification.claims.models import Claim
from verification.kernel.clock import wall_now
from verification.registry.selectors import actor_for

OF_THE_WORLD = ("producer", "verifier", "reviewer", "approver", "lead", "judge", "importer")
ROLES = {"other_reviewer": "reviewer", "other_approver": "approver", "steward": "steward"}
KINDS = {"other_producer": "is_producer", "other_verifier": "is_verifier", "other_importer": "is_importer"}
ANONYMOUS = "anonymous"
PEOPLE = (*OF_THE_WORLD, *ROLES, *KINDS, ANONYMOUS)
RECORDS = "account_authentication_methods"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def make_people() -> dict[str, User]:
    """Everybody with an account; strangers are of organisations that have no part in any claim."""
    people = {key: User.objects.get(email=person(key).email) for key in OF_THE_WORLD}
    for key, role in ROLES.items():
        people[key] = make_official(f"{key}@office.example", role)
    for key, kind in KINDS.items():
        people[key] = make_organisation(key.replace("_", " ").capitalize(), **{kind: True})[1]
    for key in (*ROLES, *KINDS):
        TOTP.activate(people[key], SECRET)
    return people


def actors_of(people: dict[str, User]) -> dict[str, Actor]:
    """The same people as the services know them, and those without an account."""
    actors = {key: actor_for(user, second_factor_at=wall_now()) for key, user in people.items()}
    return {**actors, "system": someone("system"), ANONYMOUS: Actor.anonymous()}


def browsers_of(people: dict[str, User]) -> dict[str, Client]:
    """Signed in a moment ago with a second factor, so that nothing but the rule stands in the way."""
    browsers = {ANONYMOUS: Client()}
    for key, user in people.items():
        browsers[key] = Client(raise_request_exception=True)
        browsers[key].force_login(user)
        session = browsers[key].session
        session[f"{RECORDS}_user"] = str(user.pk)
        session[RECORDS] = [{"method": "mfa", "type": "totp", "at": time.time()}]
        session.save()
    return browsers


def names_of_addresses(resolver: URLResolver | None = None, namespace: str = "") -> Iterator[str]:
    """Every named address of the site, as ``reverse`` takes it."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from names_of_addresses(pattern, pattern.namespace or namespace)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield f"{namespace}:{pattern.name}" if namespace else pattern.name


@dataclass(frozen=True)
class Post:
    """The address that makes a transition, and the form that a browser would send.

    ``refusals`` are what whoever may not is answered; 200 only where the form offers such a person no choice at all.
    """

    name: str
    fields: Callable[[Claim], dict[str, Any]]
    key: Callable[[Claim], object] = lambda claim: claim.pk
    refusals: tuple[int, ...] = (403, 404)

    def address(self, claim: Claim) -> str:
        return reverse(self.name, args=[self.key(claim)])


def _signed(outcome: str) -> Callable[[Claim], dict[str, Any]]:
    def fields(claim: Claim) -> dict[str, Any]:
        effect = kind_of(claim).effect(claim, content_of_snapshot(last_snapshot(claim)))
        return {
            "outcome": outcome,
            "reasons": REASON,
            "legal_ground": "Regulation (EU) 2023/956, Article 8",
            "has_no_conflict": "on",
            "seen_version": claim.version,
            "seen_effect": effect["fingerprint"],
        }

    return fields


def _answered(claim: Claim) -> dict[str, Any]:
    return {f"answer_{claim.questions.get().number}": REASON, "send": "1"}


def _written(claim: Claim) -> dict[str, Any]:
    return {"text": REASON, "confirmed": "1"}


def _reason(claim: Claim) -> dict[str, Any]:
    return {"reason": REASON}


def _revocation(claim: Claim) -> dict[str, Any]:
    return {"proposal": certificate_of(claim).revocation_proposals.latest("pk").pk}


def _to_lead(claim: Claim) -> dict[str, Any]:
    return {"to": User.objects.get(email=person("lead").email).pk, "reason": REASON}


def _declared(claim: Claim) -> dict[str, Any]:
    return {"has_no_conflict": "on"}


TAKE = Post("official:claim_take", _declared)
RELEASE = Post("official:claim_release", _reason)
REASSIGN = Post("official:claim_reassign", _to_lead, refusals=(200, 403, 404))
POSTS: dict[str, tuple[Post, ...]] = {
    "ask_pre_check": (Post("units:claim_pre_check", lambda claim: {}),),
    "answer_pre_check": (
        Post("official:pre_check", lambda claim: {"outcome": PreCheckOutcome.WOULD_BE_ACCEPTED, "text": REASON}),
    ),
    "take_back_pre_check": (Post("units:claim_pre_check_take_back", lambda claim: {}),),
    "submit": (Post("units:claim_check", lambda claim: {"declaration": "on"}),),
    "withdraw": (Post("producer:claim_withdraw", _reason),),
    "take": (TAKE,),
    "release": (RELEASE,),
    "ask": (Post("official:claim_ask", lambda claim: {"text": "Which meter?", "subject": ""}),),
    "answer": (Post("producer:claim_answer", _answered),),
    "recommend": (
        Post("official:claim_recommend", lambda claim: {"kind": RecommendationKind.APPROVE, "reasons": REASON}),
    ),
    "send_back": (Post("official:claim_send_back", _reason),),
    "approve": (Post("official:decision", _signed("approved")),),
    "approve_in_part": (Post("official:decision", _signed("in_part")),),
    "refuse": (Post("official:decision", _signed("refused")),),
    "draft_refusal": (Post("official:decision", _signed("draft_refusal")),),
    "comment": (Post("producer:claim_comment", _written),),
    "close_hearing": (),
    "lapse": (),
    "resume": (),
    "reassign": (REASSIGN,),
    "reassign_waiting": (REASSIGN,),
    "expire": (),
    "supersede": (),
    "revoke": (Post("official:revocation_confirm", _revocation, lambda claim: certificate_of(claim).pk),),
    "appeal": (Post("producer:claim_appeal", _written),),
    "take_appeal": (TAKE,),
    "release_appeal": (RELEASE,),
    "uphold_refusal": (Post("official:decision", _signed("upheld")),),
    "uphold_revocation": (Post("official:decision", _signed("upheld")),),
}
"""Transition → the addresses that reach it; none where only the portal itself, or no page, makes it."""
