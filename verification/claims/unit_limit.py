"""How many of the claim's units the scheme's limit lets in, and why: the numbers behind the gauge and L-LIMIT."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from verification.claims.enums import ReversalOutcome
from verification.claims.models import Claim, UnitBlock
from verification.claims.unit_content import standing_content
from verification.claims.unit_rules import class_of, rules_for
from verification.database.kept import Given, Kept
from verification.kernel.errors import MissingReference
from verification.ledger.models import UnitAccount
from verification.ledger.selectors import account_of, counted_by_class, earlier_accounts
from verification.units.limits import (
    Acceptance,
    Emissions,
    GoodsLine,
    OfferedBlock,
    PeriodUse,
    accept,
    base_of,
    carry_into,
    emissions_of,
    entitlement_of,
)
from verification.units.rules import LimitPolicy, UnitRules

ALREADY = "credited before"


@dataclass(frozen=True)
class ClassLimit:
    """Tonnes of one class of units in this claim."""

    unit_class: str
    claimed: int
    accepted: int
    excess: int
    sublimit_t: int | None


@dataclass(frozen=True)
class ClaimLimit:
    """The limit of the claim's period in whole tonnes; bases and emissions are exact, in tCO2e.

    ``own_t`` + ``carry_t`` = ``limit_t``; ``used_t`` was credited by earlier decisions. ``accepted`` tells units by
    position of their block; what is not accepted stays with the claimant. ``credit_t`` are the accepted tonnes by
    class, with the factor of the class.
    """

    policy: LimitPolicy
    base_name: str
    base_tco2e: Decimal
    adjustable_tco2e: Decimal
    own_t: int
    carry_t: int
    used_t: int
    classes: tuple[ClassLimit, ...]
    accepted: dict[int, int]
    credit_t: dict[str, int]

    @property
    def limit_t(self) -> int:
        return self.own_t + self.carry_t

    @property
    def remaining_t(self) -> int:
        return max(self.limit_t - self.used_t, 0)

    @property
    def claimed_t(self) -> int:
        return sum(row.claimed for row in self.classes)

    @property
    def accepted_t(self) -> int:
        return sum(row.accepted for row in self.classes)

    @property
    def excess_t(self) -> int:
        return self.claimed_t - self.accepted_t


def limit_of_claim(claim: Claim, content: Mapping[str, Any] | None = None) -> ClaimLimit | None:
    """The limit for the sealed ``content``, or for what is examined or drafted now; what others used is of now.

    ``None`` where the scheme sets no limit for the period, or its base was not stated yet.
    """
    content = content or standing_content(claim)
    rules = rules_for(claim)
    try:
        policy = rules.limit_for(claim.period_start)
        emissions = _emissions(content["base"])
        base = base_of(policy, emissions)
    except MissingReference:
        return None
    own = entitlement_of(policy, base)
    carry = _carry(claim, rules)
    account = account_of(claim.organisation, claim.scheme, claim.period_start)
    before = _counted_before(claim, account, rules)
    offered = _offered(claim, content["blocks"], before, rules)
    acceptance = accept(offered, policy, own + carry, emissions.adjustable_tco2e)
    return ClaimLimit(
        policy=policy,
        base_name=policy.base,
        base_tco2e=base,
        adjustable_tco2e=emissions.adjustable_tco2e,
        own_t=int(own),
        carry_t=int(carry),
        used_t=sum(before.values()),
        classes=_classes(acceptance),
        accepted={int(row.block): row.accepted for row in acceptance.blocks if not row.block.startswith(ALREADY)},
        credit_t=_credit(acceptance),
    )


def _emissions(base: dict[str, Any]) -> Emissions:
    """Sums of the stated goods lines; without lines, what was stated is all that may be adjusted."""
    lines = [
        GoodsLine(row["line"], Decimal(row["mass_t"]), Decimal(row["see"]), Decimal(row["free_allocation"]))
        for row in base.get("lines", ())
    ]
    stated = {name: Decimal(base[name]) for name in ("scheme_obligation", "taxable") if base.get(name)}
    if not lines and not stated:
        raise MissingReference("Nothing was stated from which the limit could be worked out.")
    sums = emissions_of(
        lines, scheme_obligation_tco2e=stated.get("scheme_obligation"), taxable_tco2e=stated.get("taxable")
    )
    if lines:
        return sums
    most = max(stated.values())
    return Emissions(most, most, sums.mass_t, sums.scheme_obligation_tco2e, sums.taxable_tco2e)


def _carry(claim: Claim, rules: UnitRules) -> Decimal:
    past = []
    for account in earlier_accounts(claim.organisation, claim.scheme, claim.period_start):
        try:
            policy = rules.limit_for(account.period_start)
        except MissingReference:
            continue
        past.append(
            PeriodUse(account.period_start.year, policy, Decimal(account.own_limit_t), Decimal(account.counted_t))
        )
    return carry_into(claim.period_start.year, past)


def _counted_before(claim: Claim, account: UnitAccount | None, rules: UnitRules) -> dict[str, int]:
    """By class, without what this claim itself was credited, and without the units that it replaces."""
    found = counted_by_class(account, but=claim.number) if account else {}
    struck = claim.unit_details.replaces
    if struck is not None and struck.outcome == ReversalOutcome.OPEN:
        name = class_of(rules, struck.block.unit_type)
        found[name] = max(found.get(name, 0) - struck.quantity, 0)
    return found


def _offered(
    claim: Claim, blocks: Sequence[Mapping[str, Any]], before: dict[str, int], rules: UnitRules
) -> list[OfferedBlock]:
    """What was credited before comes first, then the blocks in the claimant's order, as far as not cut by hand."""
    earlier = [OfferedBlock(f"{ALREADY} {name}", name, tonnes) for name, tonnes in before.items() if tonnes]
    cut = dict(CUT_BY_HAND.rows(claim=claim.pk))
    classes = {unit_type: class_of(rules, unit_type) for unit_type in {block["unit_type"] for block in blocks}}
    own = [
        OfferedBlock(str(block["position"]), classes[block["unit_type"]], quantity)
        for block in blocks
        if (quantity := cut.get(block["position"], block["quantity"]))
    ]
    return earlier + own


CUT_BY_HAND = Kept(
    lambda: (
        UnitBlock.objects.filter(claim=Given("claim"), accepted_quantity__isnull=False)
        .order_by()
        .values_list("position", "accepted_quantity")
    )
)


def _credit(acceptance: Acceptance) -> dict[str, int]:
    """Whole tonnes by class."""
    found: dict[str, Decimal] = {}
    for row in acceptance.blocks:
        if not row.block.startswith(ALREADY):
            found[row.unit_class] = found.get(row.unit_class, Decimal(0)) + row.accepted_t
    return {name: int(tonnes) for name, tonnes in found.items()}


def _classes(acceptance: Acceptance) -> tuple[ClassLimit, ...]:
    found: dict[str, list[int]] = {}
    for row in acceptance.blocks:
        if not row.block.startswith(ALREADY):
            claimed, accepted = found.setdefault(row.unit_class, [0, 0])
            found[row.unit_class] = [claimed + row.offered, accepted + row.accepted]
    return tuple(
        ClassLimit(
            name,
            claimed,
            accepted,
            claimed - accepted,
            int(acceptance.sublimits_t[name]) if name in acceptance.sublimits_t else None,
        )
        for name, (claimed, accepted) in found.items()
    )
