"""The pictures of one good, the same for its producer and for officials."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.ui.charts import NOT_COUNTED, Part, value_against_default_chart
from portal.ui.charts.composition import MOST_LABEL_CHARACTERS, Step, composition_chart
from portal.ui.charts.flow import FlowPicture, flow_picture
from portal.ui.charts.labels import clipped
from portal.ui.charts.years import YearValue, years_chart
from portal.ui.computation.composition import Basis, Composition, Piece, composition_of
from portal.ui.computation.flows import network_of
from portal.ui.computation.recalculation import Recalculation
from portal.ui.earlier import change_in_words
from portal.ui.goods import ReadGood
from portal.ui.references import Reference
from portal.ui.templatetags.ui import cn_code, percent, see
from verification.kernel.quantities import exact

MOST_STEPS = 9
BASIS_WORDS = {
    Basis.OWN: gettext_lazy("Measured or calculated here"),
    Basis.MADE_HERE: gettext_lazy("Computed for the process that makes it"),
    Basis.ACTUAL: gettext_lazy("Its producer’s own numbers"),
    Basis.DEFAULT: gettext_lazy("A default value"),
    Basis.MIXED: gettext_lazy("Default values for some deliveries"),
    Basis.UNSAID: gettext_lazy("Not said"),
}
PATTERNS = {Basis.DEFAULT: "default", Basis.MIXED: "mixed"}


def composition_picture(recalculation: Recalculation | None, good: ReadGood, chart_id: str) -> dict[str, Any] | None:
    """``None`` where the good's value cannot be computed, or not as it is recorded, or a part is below zero."""
    if recalculation is None or not recalculation.is_as_recorded(good.position):
        return None
    composition = composition_of(recalculation.report, recalculation.result, good.position)
    if composition is None or not composition.total or any(piece.value < 0 for piece in composition.pieces):
        return None
    steps = [_step(piece) for piece in _gathered(composition.pieces)]
    if composition.not_counted and composition.not_counted > 0:
        steps.append(Step(_("Indirect, not counted"), composition.not_counted, NOT_COUNTED, is_counted=False))
    return composition_chart(
        steps,
        total=composition.total,
        total_label=_("Value that applies"),
        unit=good.unit_label,
        title=_("What the value is made of: %(code)s") % {"code": cn_code(good.code)},
        summary=_composition_words(composition),
        chart_id=chart_id,
    )


def comparison_picture(
    good: ReadGood, references: Sequence[Reference], *, title: str, value_label: str, summary: str, chart_id: str
) -> dict[str, Any] | None:
    """The value in its parts beside what it is held against; ``None`` where there is nothing to draw."""
    if good.value is None or good.own is None:
        return None
    parts: list[Part] = [(_("Direct, this process"), good.own, "k-1")]
    if good.precursors:
        parts.append((_("Precursors, made here or bought"), good.precursors, "k-3"))
    if good.indirect:
        parts.append((_("Indirect"), good.indirect, "k-2"))
    if good.indirect_not_counted:
        parts.append((_("Indirect, not counted"), good.indirect_not_counted, NOT_COUNTED))
    bars: list[Part] = [(reference.label, reference.value, "k-4") for reference in references]
    values = [value for _label, value, _css in [*parts, *bars]]
    if min(values) < 0 or max(values) == 0:
        return None
    mark_up = None
    if good.default is not None and good.default_value is not None:
        with exact():
            mark_up = good.default_value - Decimal(good.default["base"])
    return value_against_default_chart(
        parts=parts,
        references=bars,
        unit=good.unit_label,
        title=title,
        summary=summary,
        value_label=value_label,
        mark_up=mark_up,
        sources={reference.label: reference.source for reference in references},
        chart_id=chart_id,
    )


def years_picture(good: ReadGood, years: Sequence[YearValue], chart_id: str) -> dict[str, Any] | None:
    """``None`` where nothing was approved before, or all was zero."""
    if len(years) < 2 or any(year.value < 0 for year in years):
        return None
    return years_chart(
        years,
        unit=good.unit_label,
        title=_("Value by year: %(code)s") % {"code": cn_code(good.code)},
        summary=change_in_words(years),
        chart_id=chart_id,
    )


def installation_picture(recalculation: Recalculation | None) -> FlowPicture | None:
    """``None`` where the emissions of a process cannot be computed."""
    if recalculation is None:
        return None
    network = network_of(recalculation.report, recalculation.result)
    if network is None or not network.flows:
        return None
    return flow_picture(network, title=_("Where the installation’s emissions come from and go to"))


def pictures_of(recalculation: Recalculation | None, good: ReadGood, years: Sequence[YearValue]) -> Mapping[str, Any]:
    """What both audiences show of a good beside the comparison with the default."""
    return {
        "composition": composition_picture(recalculation, good, "composition"),
        "years": years_picture(good, years, "years"),
        "is_recomputed_otherwise": recalculation is not None and not recalculation.is_as_recorded(good.position),
    }


def _step(piece: Piece) -> Step:
    css_class = "k-2" if piece.is_indirect else "k-1" if piece.basis is Basis.OWN else "k-3"
    return Step(
        label=_label(piece),
        value=piece.value,
        css_class=css_class,
        pattern=PATTERNS.get(piece.basis, ""),
        note=str(BASIS_WORDS[piece.basis]),
        short=_short_label(piece),
    )


def _short_label(piece: Piece) -> str:
    """The label with its name clipped, so that the words around the name stay."""
    around = len(_label(piece)) - len(piece.source)
    return _label(replace(piece, source=clipped(piece.source, max(8, MOST_LABEL_CHARACTERS - around))))


def _label(piece: Piece) -> str:
    if piece.basis is Basis.OWN:
        return _("Indirect, this process") if piece.is_indirect else _("Direct, this process")
    words = _("%(name)s, made here") if piece.basis is Basis.MADE_HERE else "%(name)s"
    name = words % {"name": piece.source} if piece.source else _("Precursors, the smaller ones")
    return _("Indirect: %(name)s") % {"name": name} if piece.is_indirect else name


def _gathered(pieces: Sequence[Piece]) -> list[Piece]:
    """In the order of the formula; where there are many, the smallest precursors of a kind as one."""
    if len(pieces) <= MOST_STEPS:
        return list(pieces)
    kept = sorted(pieces, key=lambda piece: (piece.basis is not Basis.OWN, -piece.value))[: MOST_STEPS - 2]
    found = [piece for piece in pieces if piece in kept]
    for is_indirect in (False, True):
        small = [piece for piece in pieces if piece not in kept and piece.is_indirect == is_indirect]
        if small:
            bases = {piece.basis for piece in small}
            basis = small[0].basis if len(bases) == 1 else Basis.MIXED if _rest_on_default(bases) else Basis.UNSAID
            with exact():
                found.append(Piece("", basis, is_indirect, sum((piece.value for piece in small), Decimal(0))))
    return sorted(found, key=lambda piece: piece.is_indirect)


def _rest_on_default(bases: set[Basis]) -> bool:
    return bool(bases & {Basis.DEFAULT, Basis.MIXED})


def _composition_words(composition: Composition) -> str:
    """The largest part and its share, and how much rests on default values."""
    largest = max(composition.pieces, key=lambda piece: piece.value)
    resting = sum((piece.value for piece in composition.pieces if piece.basis is Basis.DEFAULT), Decimal(0))
    with exact():
        words = _("The value is %(total)s; the largest part is “%(part)s” with %(share)s.") % {
            "total": see(composition.total),
            "part": _label(largest),
            "share": percent(largest.value / composition.total, 0),
        }
        if resting:
            words += " " + _("%(share)s of it rests on default values of bought precursors.") % {
                "share": percent(resting / composition.total, 0)
            }
    return words
