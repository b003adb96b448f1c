"""What a person may do with a claim as it stands, for the buttons of its page; the services judge again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import QuerySet

from verification.accounts.models import User
from verification.audit.actors import Actor
from verification.claims import policy
from verification.claims.enums import ClaimState
from verification.claims.models import Claim
from verification.claims.presence import Presence
from verification.claims.workflow import AGAINST_APPEALS, FOR_APPEALS, OPEN_STATES, TAKING, TRANSITIONS
from verification.kernel.errors import NotAllowed
from verification.registry.selectors import officials_with_role

HELD = (ClaimState.IN_REVIEW, ClaimState.INFO_REQUESTED)


@dataclass(frozen=True)
class Actions:
    """One for each panel of the page. ``declare``: the claim was given to this person, who must declare first."""

    take: bool = False
    declare: bool = False
    release: bool = False
    ask: bool = False
    recommend: bool = False
    send_back: bool = False
    decide: bool = False
    reassign: bool = False
    conflict: bool = False
    note: bool = False

    @property
    def answer(self) -> bool:
        """Findings are answered by whoever may recommend."""
        return self.recommend

    @property
    def any(self) -> bool:
        return any(vars(self).values())


def actions_for(actor: Actor, claim: Claim, there: Presence) -> Actions:
    """The same party is asked about once, however many transitions it has here."""
    judged: dict[tuple[object, bool], bool] = {}
    is_appealed = claim.state in OPEN_STATES and there.open_appeal
    has_declared = there.own_conflict or there.own_declaration

    def may(*names: str) -> bool:
        return any(_is_open(name) and _party_may(name) for name in names)

    def _is_open(name: str) -> bool:
        hidden = AGAINST_APPEALS if is_appealed else FOR_APPEALS
        return name not in hidden and claim.state in TRANSITIONS[name].sources

    def _party_may(name: str) -> bool:
        transition = TRANSITIONS[name]
        key = (transition.party, name in TAKING)
        if key not in judged:
            if transition.needs_fresh_second_factor:
                judged[key] = _is_allowed(lambda: policy.demand_approver(actor, claim))
            else:
                judged[key] = _is_allowed(lambda: policy.demand(actor, transition, claim))
        return judged[key]

    return Actions(
        take=may("take", "take_appeal"),
        declare=claim.state in HELD and str(claim.reviewer_id) == actor.id and not has_declared,
        release=may("release", "release_appeal"),
        ask=may("ask"),
        recommend=may("recommend"),
        send_back=may("send_back"),
        decide=may("approve"),
        reassign=(actor.has_role("lead") or str(claim.reviewer_id) != actor.id)
        and may("reassign", "reassign_waiting")
        and people_for(actor, claim).exists(),
        conflict=claim.state in OPEN_STATES and not there.own_conflict,
        note=any(judged.values()) or _is_allowed(lambda: policy.demand_official_without_conflict(actor, claim)),
    )


def people_for(actor: Actor, claim: Claim) -> QuerySet[User]:
    """To whom this person may give the claim: a head of team to any other reviewer, a substitute to itself."""
    people = officials_with_role("reviewer").exclude(pk=claim.reviewer_id).order_by("full_name")
    return people if actor.has_role("lead") else people.filter(pk=actor.id)


def _is_allowed(demand: Callable[[], object]) -> bool:
    try:
        demand()
    except NotAllowed:
        return False
    return True
