"""What a line of the queue says about a claim. However many lines: one query, one for clocks, one for units."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import CharField, Count, F, JSONField, OuterRef, Subquery, Sum, Value
from django.db.models.fields.json import KeyTransform
from django.db.models.functions import Cast, Coalesce, NullIf
from django.urls import reverse

from portal.official.queue import UNTAKEN
from portal.ui.clocks import ShownClock, clocks_of
from verification.audit.actors import Actor
from verification.claims.enums import BlockState, ClaimKind, ClaimState
from verification.claims.kinds import MANIFESTS
from verification.claims.models import Snapshot, UnitBlock
from verification.claims.selectors import open_claims
from verification.database.kept import Given, Kept

NO_KEY = UUID(int=0)
PLAIN = ("pk", "number", "kind", "scheme", "state", "period_start", "due_on", "submitted_at", "reviewer_id")
PARTIES = {
    "organisation_name": F("organisation__name"),
    "installation_name": F("installation__name"),
    "country": Coalesce("installation__country", "organisation__country"),
    "reviewer_name": Coalesce(NullIf("reviewer__full_name", Value("")), "reviewer__email", output_field=CharField()),
}


@dataclass(frozen=True)
class Line:
    """An open claim, its parties and the goods of its last snapshot; ``country`` is that of its installation, or of
    the party that claims."""

    pk: UUID
    number: str
    kind: str
    scheme: str
    state: str
    period_start: date
    due_on: date
    submitted_at: datetime | None
    reviewer_id: int | None
    reviewer_name: str | None
    organisation_name: str
    installation_name: str | None
    country: str
    goods: list[dict[str, Any]] | None

    @property
    def place(self) -> str:
        """What people know the claim by: its installation, or whose units they are."""
        return self.installation_name or self.organisation_name

    @property
    def kind_word(self) -> Any:
        return ClaimKind(self.kind).label

    @property
    def state_word(self) -> Any:
        return ClaimState(self.state).label


@dataclass(frozen=True)
class QueueRow:
    """A line as one person sees it; values are those of the first good."""

    line: Line
    address: str
    clock: ShownClock | None
    is_mine: bool
    is_untaken: bool
    first_good: str
    more_goods: int
    value: str | None
    default: str | None
    blocks: int = 0
    offered_t: int | None = None


def lines_of(actor: Actor, keys: Iterable[UUID]) -> dict[UUID, Line]:
    """By key; a claim that is no longer open has none."""
    wanted = set(keys) if actor.is_official else ()
    return {row["pk"]: Line(**row) for row in LINES.rows(claims=wanted)} if wanted else {}


def queue_rows(lines: Iterable[Line], actor: Actor) -> list[QueueRow]:
    found = list(lines)
    units, clocks = _offered_units(found), clocks_of(found)
    lead, tail = reverse("official:claim", args=[NO_KEY]).split(str(NO_KEY))
    return [
        _row(line, f"{lead}{line.pk}{tail}", units.get(line.pk, (0, None)), clocks.get(line.pk), actor)
        for line in found
    ]


def _row(line: Line, address: str, units: tuple[int, int | None], shown: ShownClock | None, actor: Actor) -> QueueRow:
    goods = line.goods or []
    first = goods[0] if goods else {}
    return QueueRow(
        line=line,
        address=address,
        clock=shown,
        is_mine=str(line.reviewer_id) == actor.id,
        is_untaken=line.state in UNTAKEN,
        first_good=first.get("cn", ""),
        more_goods=max(0, len(goods) - 1),
        value=first.get("see_applicable"),
        default=(first.get("default") or {}).get("value"),
        blocks=units[0],
        offered_t=units[1],
    )


def _offered_units(lines: Sequence[Line]) -> dict[UUID, tuple[int, int | None]]:
    """Blocks and tonnes of each claim that offers units; one query, none where no kind of claim here has any."""
    holding = [line.pk for line in lines if MANIFESTS[line.kind].holds_blocks]
    return {key: (count, total) for key, count, total in OFFERED.rows(claims=holding)} if holding else {}


def _sealed_goods() -> Subquery:
    """Goods of the last snapshot of a claim; the rest of the content stays in the database."""
    goods = KeyTransform("goods", KeyTransform("reading", Cast("content", JSONField())))
    return Subquery(Snapshot.objects.filter(claim=OuterRef("pk")).order_by("-number").values(goods=goods)[:1])


LINES = Kept(lambda: open_claims().filter(pk__in=Given("claims")).values(*PLAIN, **PARTIES, goods=_sealed_goods()))
OFFERED = Kept(
    lambda: (
        UnitBlock.objects.filter(claim__in=Given("claims"))
        .exclude(state=BlockState.DRAFT)
        .order_by()
        .values_list("claim_id")
        .annotate(count=Count("pk"), total=Sum("quantity"))
    )
)
