"""What a sealed snapshot says, good by good, beside its default and beside what an approval would change."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from portal.official.findings import PageOfClaim
from portal.ui.computation.recalculation import recalculation_of
from portal.ui.earlier import EarlierGoods, approved_before, same_good, years_of
from portal.ui.goods import ReadGood, goods_of
from portal.ui.pictures import comparison_picture, pictures_of
from portal.ui.references import Reference, references_of
from portal.ui.templatetags.ui import cn_code, percent
from verification.checks.model import Peers
from verification.checks.thresholds import PEERS_NEEDED
from verification.claims.enums import Assurance, DecisionOutcome
from verification.claims.models import Claim, Snapshot
from verification.claims.parts import without
from verification.claims.selectors import statement_for_snapshot
from verification.determination.services import determine_question, question_for, span_of_override
from verification.kernel.errors import MissingReference
from verification.kernel.quantities import exact
from verification.kernel.spans import Span


def content_of_snapshot(snapshot: Snapshot) -> dict[str, Any]:
    return json.loads(snapshot.content)


def emissions_panel(page: PageOfClaim) -> dict[str, Any]:
    """Goods of the snapshot, and pictures of the one that was chosen; drawn from what was sealed."""
    reading = page.content["reading"]
    goods = goods_of(reading)
    good = _chosen(goods, page.request.GET.get("good", ""))
    recalculation = recalculation_of(page.claim, reading, sealed_as=page.sealed_as)
    found: dict[str, Any] = {"goods": goods, "good": good, "has_computation": recalculation is not None}
    if good is None:
        return found
    references = references_of(page.claim.scheme, good, page.claim.period_end - timedelta(days=1))
    earlier = approved_before(page.claim)
    years = years_of(page.claim, good, earlier)
    return found | {
        "chart": chart_of(good, references),
        "last_year": last_year_of(good, earlier),
        "peers": peers_of(reading["goods"][good.position].get("category") or "", page.peers),
        **pictures_of(recalculation, good, years),
    }


@dataclass(frozen=True)
class PartBeside:
    """A part of the value beside the same part of an earlier period; ``change`` as a share of the earlier one."""

    label: str
    now: Decimal | None
    before: Decimal | None
    is_total: bool = False

    @property
    def change(self) -> Decimal | None:
        if self.now is None or not self.before:
            return None
        with exact():
            return (self.now - self.before) / self.before


def last_year_of(good: ReadGood, earlier: Sequence[EarlierGoods]) -> dict[str, Any] | None:
    """The parts of the newest earlier value beside this one's; ``None`` where the good was not approved before."""
    for year in reversed(earlier):
        same = same_good(good, year.goods)
        if same is not None and same.value is not None:
            parts = [
                PartBeside(_("Direct, this process"), good.own, same.own),
                PartBeside(_("Precursors"), good.precursors, same.precursors),
                PartBeside(_("Indirect"), good.indirect, same.indirect),
                PartBeside(_("Total that applies"), good.value, same.value, is_total=True),
            ]
            return {"year": year.year, "claim_number": year.claim_number, "parts": [p for p in parts if _is_told(p)]}
    return None


def peers_of(category: str, peers: Mapping[str, Peers]) -> Peers | None:
    """The sector's median, where enough claims of other installations stand behind it."""
    found = peers.get(category)
    return found if found is not None and found.count >= PEERS_NEEDED else None


def _is_told(part: PartBeside) -> bool:
    return bool(part.is_total or part.now or part.before)


def emissions_effect(claim: Claim, content: Mapping[str, Any]) -> dict[str, Any]:
    """What an approval would do; the decisions that can be offered."""
    span = span_of_override(claim.scheme, claim.period_start.year)
    recommendation = claim.recommendations.last()
    left_out = recommendation.left_out if recommendation else []
    return {
        "span": span,
        "fingerprint": "",
        "done": _("Approved. The values are in force; certificate %(number)s is being sealed."),
        "effects": effects_of_approval(claim, goods_of(without(content, left_out)["reading"]), span),
        "left_out": left_out,
        "outcomes": [
            (DecisionOutcome.APPROVED_IN_PART, _("Approve the values that the reviewer recommends"))
            if left_out
            else (DecisionOutcome.APPROVED, _("Approve all values")),
        ],
    }


def emissions_words(claim: Claim, snapshot: Snapshot) -> dict[str, str]:
    """What fills the braces of a wording; empty while no verifier has confirmed the snapshot."""
    statement = statement_for_snapshot(snapshot.pk)
    if statement is None:
        return {}
    return {
        "claim": claim.number,
        "verifier": statement.engagement.verifier.name,
        "assurance": Assurance(statement.assurance).label.lower(),
        "report": statement.report_number,
        "report_dated_on": statement.report_dated_on.isoformat(),
    }


def _chosen(goods: list[ReadGood], position: str) -> ReadGood | None:
    if position.isdecimal() and int(position) < len(goods):
        return goods[int(position)]
    return goods[0] if goods else None


def chart_of(good: ReadGood, references: Sequence[Reference]) -> dict[str, Any] | None:
    """The claimed value in its parts beside the default; ``None`` where a part is missing or below zero."""
    return comparison_picture(
        good,
        references,
        title=_("Claimed value beside the default: %(code)s") % {"code": cn_code(good.code)},
        value_label=_("Claimed"),
        summary=_summary(good),
        chart_id="chart",
    )


@dataclass(frozen=True)
class Effect:
    """What an approval does to one good: ``now`` is the value that applies today, ``basis`` why."""

    good: ReadGood
    now: Decimal | None
    basis: str
    certificate: str

    @property
    def change(self) -> Decimal | None:
        if self.now is None or self.good.value is None:
            return None
        with exact():
            return self.good.value - self.now


def effects_of_approval(claim: Claim, goods: list[ReadGood], span: Span) -> list[Effect]:
    """Each good's value for the first day of the span, as known now, beside the claimed one."""
    return [_effect(claim, good, span) for good in goods]


def _effect(claim: Claim, good: ReadGood, span: Span) -> Effect:
    question = question_for(
        claim.scheme,
        good.code,
        claim.site.country,
        legal_date=span.start,
        installation=claim.site.code,
        route=good.route,
    )
    try:
        answer = determine_question(question)
    except MissingReference:
        return Effect(good, None, "none", "")
    return Effect(good, answer.value, answer.basis, answer.certificate)


def _summary(good: ReadGood) -> str:
    if good.share_below is None:
        return _("There is no default to compare with.")
    if good.share_below >= 0:
        return _("In %(unit)s. The claim is %(share)s below the default.") % {
            "unit": good.unit_label, "share": percent(good.share_below),
        }  # fmt: skip
    return _("In %(unit)s. The claim is %(share)s above the default.") % {
        "unit": good.unit_label, "share": percent(-good.share_below),
    }  # fmt: skip
