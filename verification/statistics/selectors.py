"""Reading decided claims for the report, in batches, and the report that was made last. Both are public."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC
from typing import Any

from verification.claims.enums import DecisionOutcome
from verification.claims.models import Claim, Decision, Question, Step, VerificationStatement
from verification.statistics.aggregation import DecidedClaim
from verification.statistics.days import Elapsed, Passage
from verification.statistics.groups import country_group, size_class, verified_tonnes
from verification.statistics.models import Summary

BATCH = 2000


def latest_summary() -> Summary | None:
    return Summary.objects.order_by("-made_at").first()


def decided_claims(elapsed: Elapsed) -> Iterator[DecidedClaim]:
    """Every claim with a decision, by its first one; what an appeal changed is another procedure."""
    last = ""
    while batch := _batch_after(last):
        yield from _read(batch, elapsed)
        last = str(batch[-1]["pk"])


def _batch_after(last: str) -> list[dict[str, Any]]:
    decided = Claim.objects.exclude(decided_at=None).order_by("pk")
    if last:
        decided = decided.filter(pk__gt=last)
    columns = ("pk", "kind", "organisation__country", "installation__country")
    return list(decided.values(*columns)[:BATCH])


def _read(batch: list[dict[str, Any]], elapsed: Elapsed) -> Iterator[DecidedClaim]:
    keys = [claim["pk"] for claim in batch]
    decisions, passages, questions = _decisions(keys), _passages(keys), _questions(keys)
    tonnes = _tonnes(keys)
    for claim in batch:
        decision = decisions.get(claim["pk"])
        if decision is None:
            continue
        decided_on = decision["decided_at"].astimezone(UTC).date()
        yield DecidedClaim(
            kind=claim["kind"],
            year=str(decided_on.year),
            country_group=country_group(claim["installation__country"] or claim["organisation__country"], decided_on),
            size=size_class(tonnes.get(claim["pk"])),
            is_approved=decision["outcome"] in (DecisionOutcome.APPROVED, DecisionOutcome.APPROVED_IN_PART),
            working_days=elapsed([each for each in passages[claim["pk"]] if each[0] <= decided_on]),
            questions=questions[claim["pk"]],
            legal_ground=decision["legal_ground"],
        )


def _decisions(keys: list[Any]) -> dict[Any, dict[str, Any]]:
    columns = ("claim_id", "outcome", "legal_ground", "decided_at")
    rows = Decision.objects.filter(claim__in=keys).order_by("-decided_at").values(*columns)
    return {row["claim_id"]: row for row in rows}


def _passages(keys: list[Any]) -> dict[Any, list[Passage]]:
    found: dict[Any, list[Passage]] = defaultdict(list)
    rows = Step.objects.filter(claim__in=keys).order_by("claim", "claim_version").values_list("claim", "at", "to_state")
    for claim, at, state in rows:
        found[claim].append((at.astimezone(UTC).date(), state))
    return found


def _questions(keys: list[Any]) -> dict[Any, int]:
    found: dict[Any, int] = defaultdict(int)
    for claim in Question.objects.filter(claim__in=keys).order_by().values_list("claim", flat=True):
        found[claim] += 1
    return found


def _tonnes(keys: list[Any]) -> dict[Any, Any]:
    """By the newest statement of a verifier."""
    rows = VerificationStatement.objects.filter(engagement__claim__in=keys).order_by("signed_at")
    return {
        claim: verified_tonnes(numbers) for claim, numbers in rows.values_list("engagement__claim", "confirmed_numbers")
    }
