"""Daily work of the claims, and their entries in the search."""

from __future__ import annotations

from typing import Any

from verification.claims.models import Claim
from verification.claims.services.deadlines import act_on_deadlines
from verification.claims.services.search import index_claim, index_lacking
from verification.jobs.daily import every_day
from verification.jobs.handlers import handles

every_day("claims.deadlines")(act_on_deadlines)
every_day("claims.search")(index_lacking)


@handles("claims.index")
def index(payload: dict[str, Any]) -> dict[str, Any]:
    claim = Claim.objects.select_related("organisation", "installation").get(pk=payload["claim"])
    return {"words": len(index_claim(claim).words.split())}
