"""Approved wordings at the officials' forms: which fit a claim, and their braces filled."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from verification.claims.enums import RecommendationKind
from verification.kernel import clock
from verification.wording.enums import Act, Language
from verification.wording.models import DecisionWording
from verification.wording.placeholders import fill
from verification.wording.selectors import wordings_in_force

LEGAL_GROUND = "Regulation (EU) 2023/956, Article 8; Implementing Regulation (EU) 2025/2546"
OF_RECOMMENDATIONS = (Act.RECOMMEND, Act.APPROVE, Act.APPROVE_IN_PART, Act.REFUSE)
OF_DECISIONS = (Act.APPROVE, Act.APPROVE_IN_PART, Act.DRAFT_REFUSAL, Act.REFUSE, Act.APPEAL_DISMISSED)
RECOMMENDS: Mapping[str, RecommendationKind] = {
    Act.APPROVE: RecommendationKind.APPROVE,
    Act.APPROVE_IN_PART: RecommendationKind.APPROVE,
    Act.REFUSE: RecommendationKind.REFUSE,
}


def wordings_for(
    claim_kind: str,
    act: Act | tuple[Act, ...] = OF_RECOMMENDATIONS,
    scheme: str = "",
    on: date | None = None,
    language: str = Language.ENGLISH,
) -> list[DecisionWording]:
    """The texts in force on the day (today unless told) for one act, or for several."""
    acts = act if isinstance(act, tuple) else (act,)
    return wordings_in_force(claim_kind, scheme=scheme, on=on or clock.today(), acts=acts, language=language)


def chosen_wording(
    key: str, claim_kind: str, scheme: str = "", act: tuple[Act, ...] = OF_RECOMMENDATIONS
) -> DecisionWording | None:
    """The wording that a form names; ``None`` where no such text is in force for the kind."""
    return next((wording for wording in wordings_for(claim_kind, act, scheme) if wording.key == key), None)


def filled(wording: DecisionWording, facts: Mapping[str, str]) -> str:
    """The words with every brace filled. Raises ``InvalidInput`` that names what is not known."""
    return fill(wording.text, facts)
