"""Reading decided claims for the report, in batches, and the report that was made last. Both are public."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC
from typing import Any

from verification.claims.clocks import Passage, read_clock
from verification.claims.enums import ClaimState, DecisionOutcome
from verification.claims.models import Claim, Decision, Question, Step, VerificationStatement
from verification.reference.selectors import Procedure, procedure_of
from verification.statistics.aggregation import DecidedClaim
from verification.statistics.groups import country_group, size_class, verified_tonnes
from verification.statistics.models import Summary

BATCH = 2000
LAPSED = "A question was not answered in time"
"""In place of a legal ground, where nobody decided."""


def latest_summary() -> Summary | None:
    return Summary.objects.order_by("-made_at").first()


def decided_claims() -> Iterator[DecidedClaim]:
    """Every claim that was decided or lapsed, by how it ended first; what an appeal changed is another procedure.

    Working days are those of the authority's calendar while officials had the claim.
    """
    last, procedures = "", _Procedures()
    while batch := _batch_after(last):
        yield from _read(batch, procedures)
        last = str(batch[-1]["pk"])


def _batch_after(last: str) -> list[dict[str, Any]]:
    decided = Claim.objects.exclude(decided_at=None).order_by("pk")
    if last:
        decided = decided.filter(pk__gt=last)
    columns = ("pk", "kind", "scheme", "decided_at", "organisation__country", "installation__country")
    return list(decided.values(*columns)[:BATCH])


class _Procedures(dict[str, Procedure]):
    """The procedure of each scheme, looked up once."""

    def __missing__(self, scheme: str) -> Procedure:
        self[scheme] = procedure_of(scheme)
        return self[scheme]


def _read(batch: list[dict[str, Any]], procedures: Mapping[str, Procedure]) -> Iterator[DecidedClaim]:
    keys = [claim["pk"] for claim in batch]
    decisions, passages, questions = _decisions(keys), _passages(keys), _questions(keys)
    tonnes = _tonnes(keys)
    for claim in batch:
        decision = decisions.get(claim["pk"]) or _lapse(claim, passages[claim["pk"]])
        if decision is None:
            continue
        decided_on = decision["decided_at"].astimezone(UTC).date()
        yield DecidedClaim(
            kind=claim["kind"],
            year=str(decided_on.year),
            country_group=country_group(claim["installation__country"] or claim["organisation__country"], decided_on),
            size=size_class(tonnes.get(claim["pk"])),
            is_approved=decision["outcome"] in (DecisionOutcome.APPROVED, DecisionOutcome.APPROVED_IN_PART),
            working_days=read_clock(
                [each for each in passages[claim["pk"]] if each.on <= decided_on],
                decided_on,
                procedures[claim["scheme"]],
            ).used_days,
            questions=questions[claim["pk"]],
            legal_ground=decision["legal_ground"],
        )


def _lapse(claim: Mapping[str, Any], passages: Sequence[Passage]) -> dict[str, Any] | None:
    """The end of a claim that was refused without a decision, because nobody answered."""
    if not any(passage.to_state == ClaimState.REFUSED for passage in passages):
        return None
    return {"outcome": DecisionOutcome.REFUSED, "legal_ground": LAPSED, "decided_at": claim["decided_at"]}


def _decisions(keys: list[Any]) -> dict[Any, dict[str, Any]]:
    columns = ("claim_id", "outcome", "legal_ground", "decided_at")
    rows = Decision.objects.filter(claim__in=keys).order_by("-decided_at").values(*columns)
    return {row["claim_id"]: row for row in rows}


def _passages(keys: list[Any]) -> dict[Any, list[Passage]]:
    found: dict[Any, list[Passage]] = defaultdict(list)
    rows = Step.objects.filter(claim__in=keys).order_by("claim", "claim_version").values_list("claim", "at", "to_state")
    for claim, at, state in rows:
        found[claim].append(Passage(at.astimezone(UTC).date(), state))
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
