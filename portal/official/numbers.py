"""What a sealed snapshot says, good by good, beside its default and beside what an approval would change."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from portal.ui.goods import ReadGood
from portal.ui.pictures import comparison_picture
from portal.ui.references import Reference
from portal.ui.templatetags.ui import cn_code, percent
from verification.claims.models import Claim, Snapshot
from verification.determination.services import determine_question, question_for
from verification.kernel.errors import MissingReference
from verification.kernel.quantities import exact
from verification.kernel.spans import Span


def content_of_snapshot(snapshot: Snapshot) -> dict[str, Any]:
    return json.loads(snapshot.content)


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
