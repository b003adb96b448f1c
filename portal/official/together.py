"""Claims that are handled together: which were chosen, and what the pages say about each of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from portal.official.kinds import kind_of
from portal.official.numbers import content_of_snapshot
from portal.official.outcomes import APPROVING, outcomes_for
from portal.official.wordings import filled, wordings_for
from verification.audit.actors import Actor
from verification.checks.model import Finding
from verification.claims import policy
from verification.claims.bench_selectors import waiting_of
from verification.claims.enums import ClaimState
from verification.claims.findings import last_snapshot
from verification.claims.models import Claim, Recommendation, ScreeningList
from verification.claims.selectors import claims_for
from verification.claims.services.screening import MOST_TOGETHER, standing_against
from verification.kernel.errors import DomainError, InvalidInput, NotAllowed
from verification.wording.enums import Act
from verification.wording.models import DecisionWording


@dataclass(frozen=True)
class ScreeningRow:
    """``hindrance`` says why the claim cannot be screened; empty where it can."""

    claim: Claim
    findings: Sequence[Finding]
    hindrance: str
    needs_declaration: bool


@dataclass(frozen=True)
class SigningRow:
    """``effect`` fingerprints what an approval would do; it must not change between reading and signing."""

    claim: Claim
    recommendation: Recommendation
    outcome: str
    outcome_words: str
    effect: Mapping[str, Any]
    hindrance: str
    is_included: bool
    is_declared: bool


@dataclass(frozen=True)
class Line:
    """What became of one claim."""

    claim: Claim
    is_done: bool
    said: str


def chosen_claims(request: HttpRequest, actor: Actor) -> list[Claim]:
    """Sent claims that the address or form names, the shortest clock first; no more than can be handled together."""
    named: QueryDict = request.POST if request.method == "POST" else request.GET
    keys = [key for key in map(_uuid, named.getlist("claim")) if key]
    claims = claims_for(actor).exclude(submitted_at=None).defer("reading").filter(pk__in=keys)
    return list(claims.order_by("due_on", "id")[:MOST_TOGETHER])


def screening_row(claim: Claim, actor: Actor) -> ScreeningRow:
    is_untaken = claim.state == ClaimState.SUBMITTED
    return ScreeningRow(claim, standing_against(claim), _hindrance(claim, actor), needs_declaration=is_untaken)


def _hindrance(claim: Claim, actor: Actor) -> str:
    if claim.state not in (ClaimState.SUBMITTED, ClaimState.IN_REVIEW):
        return _("It is “%(state)s”.") % {"state": claim.get_state_display()}
    try:
        policy.demand_reviewer(actor, claim, is_taking=claim.state == ClaimState.SUBMITTED)
    except NotAllowed as refusal:
        return str(refusal)
    return ""


def wordings_of(kind: str, scheme: str) -> list[DecisionWording]:
    return wordings_for(kind, (Act.RECOMMEND, Act.APPROVE), scheme)


def reasons_from(claim: Claim, key: str) -> str:
    """The wording with the facts of the claim. Raises ``InvalidInput`` where none was chosen, or a fact is missing."""
    wording = next((one for one in wordings_of(claim.kind, claim.scheme) if one.key == key), None)
    if wording is None:
        raise InvalidInput(_("No approved wording was chosen for this kind of claim."))
    words = kind_of(claim).words(claim, last_snapshot(claim))
    return filled(wording, {**words, "installation": claim.place})


def signing_rows(screening: ScreeningList, actor: Actor, typed: QueryDict | None) -> list[SigningRow]:
    """``typed`` is the form that was sent: what was ticked stays ticked. On opening, every claim is included."""
    return [_signing_row(row.recommendation, actor, typed) for row in waiting_of(screening)]


def _signing_row(recommendation: Recommendation, actor: Actor, typed: QueryDict | None) -> SigningRow:
    claim = recommendation.claim
    snapshot = last_snapshot(claim)
    effect = kind_of(claim).effect(claim, content_of_snapshot(snapshot))
    approvals = [(value, words) for value, words in outcomes_for(claim, snapshot, effect) if value in APPROVING]
    value, words = approvals[0] if approvals else ("", "")
    hindrance = "" if approvals else _("It cannot be approved as it stands; open it.")
    try:
        policy.demand_approver(actor, claim)
    except NotAllowed as refusal:
        hindrance = str(refusal)
    return SigningRow(
        claim=claim,
        recommendation=recommendation,
        outcome=value,
        outcome_words=words,
        effect=effect,
        hindrance=hindrance,
        is_included=typed is None or f"include-{claim.pk}" in typed,
        is_declared=typed is not None and f"free-{claim.pk}" in typed,
    )


def line_of(claim: Claim, refusal: DomainError | None, done: str) -> Line:
    if refusal is None:
        return Line(claim, True, done)
    problems = [problem.message for problem in refusal.problems] if isinstance(refusal, InvalidInput) else []
    return Line(claim, False, " ".join([str(refusal), *(words for words in problems if words != str(refusal))]))


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
