"""Claims that a reviewer screened together, as they stand before an approver."""

from __future__ import annotations

from verification.claims.models import Claim, ScreenedClaim, ScreeningList
from verification.kernel import clock


def screened_list(*claims: Claim) -> ScreeningList:
    """A list of the recommendations that stand on these claims."""
    recommendations = [claim.recommendations.latest("pk") for claim in claims]
    kept = ScreeningList(reviewer=recommendations[0].reviewer, screened_at=clock.now())
    kept.save(force_insert=True)
    for recommendation in recommendations:
        ScreenedClaim(list=kept, recommendation=recommendation).save(force_insert=True)
    return kept
