"""A unit claim before an official: what is offered, what the limit lets in, and what of each block is accepted."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, QuerySet, Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.official.documents import letters_of_authorisation
from portal.official.findings import FindingRow, PageOfClaim
from portal.official.forms_units import AcceptanceForm, BlockFilterForm, CodeAcceptanceForm
from portal.ui.pagination import keyset_page
from portal.ui.templatetags.ui import number
from verification.certificates.models import Certificate
from verification.certificates.selectors import certificate_of
from verification.certificates.unit_record import limit_numbers
from verification.claims.enums import AdjustmentState, BlockState, DecisionOutcome
from verification.claims.models import Claim, Snapshot, UnitBlock
from verification.claims.unit_limit import ClaimLimit, limit_of_claim
from verification.database.kept import Given, Kept
from verification.ledger.selectors import account_of
from verification.units.serials import Family

BLOCKS_SHOWN = 50
HELD = (BlockState.RESERVED, BlockState.ACCEPTED, BlockState.SUSPENDED)
CHANNEL_WORDS = {
    "surrender_with_limit": gettext_lazy("Handed in, up to a limit"),
    "inside_carbon_price": gettext_lazy("Only inside a carbon price paid abroad"),
    "none": gettext_lazy("Not at all"),
}
BLOCK_SHAPES = {
    BlockState.RESERVED: "wait",
    BlockState.ACCEPTED: "valid",
    BlockState.RETURNED: "past",
    BlockState.RELEASED: "past",
    BlockState.SUSPENDED: "act",
}


@dataclass(frozen=True)
class BlockRow:
    """A block with what is found about it; ``would_t`` is what an approval would accept of it now, in tonnes."""

    block: UnitBlock
    shape: str
    family: str
    findings: list[FindingRow]
    would_t: int | None

    @property
    def needs_answer(self) -> bool:
        return any(row.needs_answer for row in self.findings)

    @property
    def would_return_t(self) -> int:
        return self.block.quantity - self.would_t if self.would_t is not None else 0


def sent_blocks(claim: Claim) -> QuerySet[UnitBlock]:
    """Blocks that were sent. What the claimant is still preparing is nobody else's."""
    return claim.blocks.exclude(state=BlockState.DRAFT).select_related("authorisation", "evidence")


def units_panel(page: PageOfClaim) -> dict[str, Any]:
    """Everything of the panel and of the table of blocks; the number of questions is the same for any number."""
    claim = page.claim
    limit = None if claim.decided_at else limit_of_claim(claim)
    by_position = findings_by_position(page.findings)
    blocks = sent_blocks(claim)
    sums = _sums_of(claim)
    filters = BlockFilterForm(page.request.GET, families=_families(sums), codes=_codes(page.findings))
    shown = keyset_page(
        _filtered(blocks, filters, by_position),
        order=("position", "id"),
        cursor=page.request.GET.get("cursor", ""),
        size=BLOCKS_SHOWN,
    )
    return {
        "details": claim.unit_details,
        "channel": CHANNEL_WORDS.get(claim.unit_details.channel, claim.unit_details.channel),
        "last_day": claim.period_end - timedelta(days=1),
        "account": account_of(claim.organisation, claim.scheme, claim.period_start),
        "figures": _figures(sums, limit),
        "limit": limit_shown(limit, page.certificate),
        "classes": limit.classes if limit else [],
        "letters": letters_of_authorisation(claim),
        "adjustments": _adjustments(sums),
        "page": shown,
        "block_rows": [_block_row(block, by_position, limit) for block in shown],
        "block_filters": filters,
        "is_filtered": any(page.request.GET.get(name) for name in filters.fields),
        "may_judge": page.may_judge,
        **(_judging(page, blocks) if page.may_judge else {}),
    }


def findings_by_position(findings: Iterable[FindingRow]) -> dict[int, list[FindingRow]]:
    found: dict[int, list[FindingRow]] = defaultdict(list)
    for row in findings:
        if row.block_position is not None:
            found[row.block_position].append(row)
    return found


def units_effect(claim: Claim, content: Mapping[str, Any]) -> dict[str, Any]:
    """What an approval would accept, return and credit; “in part” is offered where less is accepted than offered."""
    limit = limit_of_claim(claim)
    blocks = list(sent_blocks(claim).filter(state=BlockState.RESERVED).order_by("position", "pk"))
    offered = sum(block.quantity for block in blocks)
    accepted = sum(limit.accepted.values()) if limit else 0
    ranges = [_Range.of(block, limit.accepted.get(block.position, 0) if limit else 0) for block in blocks]
    return {
        "limit": limit_shown(limit, None if limit else certificate_of(claim)),
        "offered_t": offered,
        "accepted_t": accepted,
        "returned_t": offered - accepted,
        "credit": sorted(limit.credit_t.items()) if limit else [],
        "ranges": ranges[:BLOCKS_SHOWN],
        "more_ranges": max(0, len(ranges) - BLOCKS_SHOWN),
        "outcomes": _outcomes(offered, accepted),
        "fingerprint": f"{accepted} of {offered} t",
        "done": _("Approved. The units are credited; certificate %(number)s is being sealed."),
        "legal_ground": limit.policy.reference if limit else "",
    }


def units_words(claim: Claim, snapshot: Snapshot) -> dict[str, str]:
    """What fills the braces of a wording; empty while the limit cannot be worked out."""
    limit = limit_of_claim(claim)
    if limit is None:
        return {}
    offered = sum(sent_blocks(claim).filter(state__in=HELD).values_list("quantity", flat=True))
    accepted = sum(limit.accepted.values())
    return {
        "claim": claim.number,
        "offered": number(offered),
        "accepted": number(accepted),
        "returned": number(offered - accepted),
        "year": str(claim.period_start.year),
        "policy": limit.policy.reference,
    }


def limit_shown(limit: ClaimLimit | None, certificate: Certificate | None) -> Mapping[str, Any] | None:
    """The limit as it stands, or as the certificate holds it once the claim is decided; ``None`` where none is."""
    if limit is not None:
        return limit_numbers(limit)
    return json.loads(certificate.record).get("limit") if certificate else None


@dataclass(frozen=True)
class _Range:
    """Serials of a block that an approval accepts, and those that go back; ``None`` where there are none."""

    block: UnitBlock
    accepted_t: int
    accepted: tuple[int, int] | None
    returned: tuple[int, int] | None

    @classmethod
    def of(cls, block: UnitBlock, accepted_t: int) -> _Range:
        cut = block.first + accepted_t
        return cls(
            block,
            accepted_t,
            (block.first, cut - 1) if accepted_t else None,
            (cut, block.last) if cut <= block.last else None,
        )

    @property
    def returned_t(self) -> int:
        return self.block.quantity - self.accepted_t


def _outcomes(offered: int, accepted: int) -> list[tuple[str, str]]:
    if not accepted:
        return []
    if accepted == offered:
        return [(DecisionOutcome.APPROVED.value, _("Approve: accept all %(t)s t") % {"t": number(offered)})]
    words = _("Approve in part: accept %(t)s t of %(offered)s t") % {"t": number(accepted), "offered": number(offered)}
    return [(DecisionOutcome.APPROVED_IN_PART.value, words)]


@dataclass(frozen=True)
class _Sum:
    """Blocks that are alike in these three, and their tonnes."""

    family: str
    state: str
    adjustment_state: str
    count: int
    total: int


def _sums_of(claim: Claim) -> list[_Sum]:
    return [_Sum(*row) for row in SUMS.rows(claim=claim.pk)]


SUMS = Kept(
    lambda: (
        UnitBlock.objects.filter(claim=Given("claim"))
        .exclude(state=BlockState.DRAFT)
        .order_by()
        .values_list("family", "state", "adjustment_state")
        .annotate(count=Count("pk"), total=Sum("quantity"))
    )
)


def _figures(found: Sequence[_Sum], limit: ClaimLimit | None) -> list[dict[str, str]]:
    sums: dict[str, int] = defaultdict(int)
    for each in found:
        sums[each.state] += each.total
    offered = sum(sums.values())
    if limit is None:
        accepted = sums.get(BlockState.ACCEPTED, 0) + sums.get(BlockState.SUSPENDED, 0)
        word = _("Accepted")
        returned = sums.get(BlockState.RETURNED, 0) + sums.get(BlockState.RELEASED, 0)
    else:
        accepted = sum(limit.accepted.values())
        word = _("Would be accepted")
        returned = sums.get(BlockState.RESERVED, 0) - accepted
    return [
        {"label": _("Offered"), "value": number(offered), "unit": "t"},
        {"label": word, "value": number(accepted), "unit": "t"},
        {"label": _("Stays with the claimant"), "value": number(returned), "unit": "t"},
    ]


def _adjustments(found: Sequence[_Sum]) -> list[dict[str, Any]]:
    """How many blocks and tonnes are in each state of the host's adjustment."""
    rows = []
    for state in sorted({each.adjustment_state for each in found}):
        alike = [each for each in found if each.adjustment_state == state]
        count, total = sum(each.count for each in alike), sum(each.total for each in alike)
        rows.append({"word": AdjustmentState(state).label, "count": count, "total": total})
    return rows


def _families(found: Sequence[_Sum]) -> list[tuple[str, str]]:
    return [(family, Family(family).label) for family in sorted({each.family for each in found})]


def _codes(findings: Iterable[FindingRow]) -> list[str]:
    return sorted({row.finding.code for row in findings if row.block_position is not None})


def _filtered(
    blocks: QuerySet[UnitBlock], filters: BlockFilterForm, by_position: Mapping[int, list[FindingRow]]
) -> QuerySet[UnitBlock]:
    if family := filters.chosen("registry"):
        blocks = blocks.filter(family=family)
    found = filters.chosen("found")
    if not found:
        return blocks
    chosen = [
        position
        for position, rows in by_position.items()
        if found == "any"
        or (found == "open" and any(row.needs_answer for row in rows))
        or any(row.finding.code == found for row in rows)
    ]
    return blocks.filter(position__in=chosen)


def _block_row(block: UnitBlock, by_position: Mapping[int, list[FindingRow]], limit: ClaimLimit | None) -> BlockRow:
    is_judged = block.state in HELD
    return BlockRow(
        block=block,
        shape=BLOCK_SHAPES[BlockState(block.state)],
        family=Family(block.family).label,
        findings=by_position.get(block.position, []) if is_judged else [],
        would_t=limit.accepted.get(block.position, 0) if limit and block.state == BlockState.RESERVED else None,
    )


def _judging(page: PageOfClaim, blocks: QuerySet[UnitBlock]) -> dict[str, Any]:
    """Forms with which the reviewer says what of a block it would accept; one block is chosen in the address."""
    position = page.request.GET.get("block", "")
    chosen = blocks.filter(position=int(position)).first() if position.isdecimal() and len(position) < 8 else None
    codes = _codes(page.findings)
    found: dict[str, Any] = {"judged": chosen}
    if chosen is not None:
        quantity = chosen.quantity if chosen.accepted_quantity is None else chosen.accepted_quantity
        found["accept_form"] = AcceptanceForm(
            auto_id="accept_%s",
            initial={"position": chosen.position, "quantity": quantity, "reason": chosen.acceptance_reason},
        )
    if codes:
        found["accept_code_form"] = CodeAcceptanceForm(auto_id="accept_code_%s", codes=codes)
    return found
