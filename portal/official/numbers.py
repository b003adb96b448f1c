"""What a sealed snapshot says, good by good, beside its default and beside what an approval would change."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from portal.ui.charts import NOT_COUNTED, Part, value_against_default_chart
from portal.ui.templatetags.ui import cn_code, percent
from verification.claims.content import decimal_or_none
from verification.claims.models import Claim, Snapshot
from verification.determination.services import determine_question, question_for
from verification.kernel.errors import MissingReference
from verification.kernel.quantities import SEE_DECIMALS, exact, round_half_up
from verification.kernel.spans import Span


@dataclass(frozen=True)
class SealedGood:
    """One good of a snapshot. Specific embedded emissions in tCO2e per ``unit``; ``None`` where there is none.

    ``own`` is direct of the process itself, ``precursors`` what came with precursors, ``value`` what
    would apply: direct only, or direct and indirect, by the good's scope.
    """

    position: int
    code: str
    name: str
    process: str
    route: str
    unit: str
    quantity: Decimal | None
    own: Decimal | None
    precursors: Decimal | None
    indirect: Decimal | None
    is_indirect_counted: bool
    value: Decimal | None
    stated: Decimal | None
    default: Mapping[str, Any] | None

    @property
    def default_value(self) -> Decimal | None:
        return Decimal(self.default["value"]) if self.default else None

    @property
    def is_as_stated(self) -> bool:
        """The file's own number is the recomputed one to the five decimals that count."""
        if self.stated is None or self.value is None:
            return False
        return round_half_up(self.stated, SEE_DECIMALS) == round_half_up(self.value, SEE_DECIMALS)

    @property
    def unit_label(self) -> str:
        return f"tCO₂e/{self.unit}"

    @property
    def share_below(self) -> Decimal | None:
        """How far below the default, as a share of it; negative where above."""
        if self.value is None or not self.default_value:
            return None
        with exact():
            return (self.default_value - self.value) / self.default_value


def content_of_snapshot(snapshot: Snapshot) -> dict[str, Any]:
    return json.loads(snapshot.content)


def sealed_goods(content: Mapping[str, Any]) -> list[SealedGood]:
    return [_good(position, row) for position, row in enumerate(content["reading"]["goods"])]


def chart_of(good: SealedGood) -> dict[str, Any] | None:
    """The claimed value in its parts beside the default; ``None`` where a part is missing or below zero."""
    if good.value is None or good.own is None:
        return None
    parts: list[Part] = [(_("Direct, this process"), good.own, "k-1")]
    if good.precursors:
        parts.append((_("Precursors"), good.precursors, "k-3"))
    if good.indirect:
        kind = "k-2" if good.is_indirect_counted else NOT_COUNTED
        parts.append((_("Indirect") if good.is_indirect_counted else _("Indirect, not counted"), good.indirect, kind))
    references: list[Part] = []
    mark_up = None
    if good.default and good.default_value is not None:
        references.append((_("Default with mark-up"), good.default_value, "k-4"))
        mark_up = good.default_value - Decimal(good.default["base"])
    values = [value for _label, value, _css in [*parts, *references]]
    if min(values) < 0 or max(values) == 0:
        return None
    return value_against_default_chart(
        parts=parts,
        references=references,
        unit=good.unit_label,
        title=_("Claimed value beside the default: %(code)s") % {"code": cn_code(good.code)},
        summary=_summary(good),
        value_label=_("Claimed"),
        mark_up=mark_up,
    )


@dataclass(frozen=True)
class Effect:
    """What an approval does to one good: ``now`` is the value that applies today, ``basis`` why."""

    good: SealedGood
    now: Decimal | None
    basis: str
    certificate: str

    @property
    def change(self) -> Decimal | None:
        if self.now is None or self.good.value is None:
            return None
        with exact():
            return self.good.value - self.now


def effects_of_approval(claim: Claim, goods: list[SealedGood], span: Span) -> list[Effect]:
    """Each good's value for the first day of the span, as known now, beside the claimed one."""
    return [_effect(claim, good, span) for good in goods]


def _effect(claim: Claim, good: SealedGood, span: Span) -> Effect:
    question = question_for(
        claim.scheme,
        good.code,
        claim.installation.country,
        legal_date=span.start,
        installation=claim.installation.code,
        route=good.route,
    )
    try:
        answer = determine_question(question)
    except MissingReference:
        return Effect(good, None, "none", "")
    return Effect(good, answer.value, answer.basis, answer.certificate)


def _good(position: int, row: Mapping[str, Any]) -> SealedGood:
    own, direct = decimal_or_none(row.get("see_direct_own")), decimal_or_none(row.get("see_direct"))
    is_indirect_counted = row.get("scope") == "direct_and_indirect"
    stated = row.get("stated") or {}
    with exact():
        precursors = direct - own if direct is not None and own is not None else None
    return SealedGood(
        position=position,
        code=row["cn"],
        name=row.get("description") or row["cn"],
        process=row.get("process") or "",
        route=row.get("route") or "",
        unit=row.get("unit") or "t",
        quantity=decimal_or_none(row.get("quantity")),
        own=own,
        precursors=precursors,
        indirect=decimal_or_none(row.get("see_indirect")),
        is_indirect_counted=is_indirect_counted,
        value=decimal_or_none(row.get("see_applicable")),
        stated=decimal_or_none(stated.get("see_total" if is_indirect_counted else "see_direct")),
        default=row.get("default"),
    )


def _summary(good: SealedGood) -> str:
    if good.share_below is None:
        return _("There is no default to compare with.")
    if good.share_below >= 0:
        return _("In %(unit)s. The claim is %(share)s below the default.") % {
            "unit": good.unit_label, "share": percent(good.share_below),
        }  # fmt: skip
    return _("In %(unit)s. The claim is %(share)s above the default.") % {
        "unit": good.unit_label, "share": percent(-good.share_below),
    }  # fmt: skip
