"""Daily work of the claims."""

from __future__ import annotations

from verification.claims.services.deadlines import act_on_deadlines
from verification.jobs.daily import every_day

every_day("claims.deadlines")(act_on_deadlines)
