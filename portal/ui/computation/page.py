"""The page that shows how a value was computed, and its downloads; the same for producers and officials."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from portal.ui.computation.places import Step, cell_of
from portal.ui.computation.recalculation import Recalculation
from portal.ui.computation.trees import Subject, Tree, as_csv, as_json, trees_of
from portal.ui.templatetags.ui import cn_code, number
from verification.kernel.quantities import SEE_DECIMALS, plain, round_half_up

Address = Callable[[str], str]

GROUPS: Mapping[Subject, str | Promise] = {
    Subject.GOOD: gettext_lazy("Goods"),
    Subject.PROCESS: gettext_lazy("Processes"),
    Subject.STREAM: gettext_lazy("Fuels, materials and measured sources"),
}
LETTERS: Mapping[str, str | Promise] = {
    "AD": gettext_lazy("activity data"),
    "AL": gettext_lazy("activity level, what the process made"),
    "NCV": gettext_lazy("net calorific value"),
    "EF": gettext_lazy("emission factor"),
    "CC": gettext_lazy("carbon content"),
    "OF": gettext_lazy("oxidation factor"),
    "CF": gettext_lazy("conversion factor"),
    "1 − BF": gettext_lazy("the part that is not biomass"),
    "f": gettext_lazy("tonnes of CO₂ from a tonne of carbon"),
    "E": gettext_lazy("electricity"),
    "Q": gettext_lazy("heat"),
    "WG": gettext_lazy("waste gas"),
    "m": gettext_lazy("amount used per unit of product"),
    "SEE": gettext_lazy("specific embedded emissions"),
    "DirEm*": gettext_lazy("emissions directly attributable to the process"),
    "DirEm* corrected": gettext_lazy("the same, made to fit the installation’s total"),
    "RecF": gettext_lazy("reconciliation factor"),
    "EmH,imp": gettext_lazy("emissions of heat received"),
    "−EmH,exp": gettext_lazy("emissions of heat given away"),
    "WGcorr,imp": gettext_lazy("emissions of waste gas received"),
    "−WGcorr,exp": gettext_lazy("emissions of waste gas given away"),
    "−Emel,prod": gettext_lazy("emissions of electricity given away"),
    "Corr η": gettext_lazy("correction for efficiency"),
    "Pr": gettext_lazy("production"),
    "SEF": gettext_lazy("slope emission factor"),
    "η": gettext_lazy("efficiency"),
    "CF4": gettext_lazy("tetrafluoromethane"),
    "C2F6": gettext_lazy("hexafluoroethane"),
    "F": gettext_lazy("weight of C2F6 for each of CF4"),
}
"""What the letters of the act stand for."""
ROOTS: Mapping[str, str | Promise] = {
    "see_direct": gettext_lazy("direct"),
    "see_indirect_in_scope": gettext_lazy("indirect, in scope"),
    "see_indirect": gettext_lazy("indirect, all of it"),
}
OF_GOOD = "SEE of the good"
"""The label that a good's value has by its composition, whichever of the three it is."""


@dataclass(frozen=True)
class ShownStep:
    """A node as the template shows it; ``address`` leads to the form's field, ``process`` to another tree."""

    label: str
    words: str
    value: str
    exact: str
    unit: str
    formula: str
    law: str
    source: str
    field: str
    address: str
    cell: str
    process: str
    steps: Sequence[ShownStep]


def computation_context(recalculation: Recalculation, typed: str, address: Address) -> dict[str, Any]:
    """Context of ``components/computation.html``; ``typed`` is the key of a tree, the first one where there is none.

    ``address`` gives the page on which a field of the report is answered, or empty text.
    """
    trees = trees_of(recalculation)
    chosen = next((tree for tree in trees if tree.key == typed), trees[0] if trees else None)
    groups = [
        {"label": words, "trees": [(tree.key, label_of(tree)) for tree in trees if tree.subject is subject]}
        for subject, words in GROUPS.items()
    ]
    keys = {process.id: f"process-{index}" for index, process in enumerate(recalculation.report.processes)}
    shown = [_shown(step, recalculation, keys, address) for step in chosen.steps] if chosen else []
    position = int(chosen.key.partition("-")[2]) if chosen and chosen.subject is Subject.GOOD else None
    return {
        "groups": [group for group in groups if group["trees"]],
        "chosen": chosen,
        "chosen_label": label_of(chosen) if chosen else "",
        "steps": shown,
        "is_as_recorded": position is None or recalculation.is_as_recorded(position),
        "whole": _whole(recalculation, position),
        "recorded": recalculation.recorded[position] if position is not None else None,
    }


def _whole(recalculation: Recalculation, position: int | None) -> dict[str, Decimal | None] | None:
    """The value of a good as the sum that it is: direct, and indirect in scope."""
    if position is None:
        return None
    good = recalculation.result.products[position]
    if good.see_direct is None or good.see_indirect_in_scope is None:
        return None
    return {
        "value": good.see_in_scope,
        "direct": good.see_direct.value,
        "indirect": good.see_indirect_in_scope.value,
    }


def label_of(tree: Tree) -> str:
    return f"{cn_code(tree.code)} {tree.name}".strip() if tree.code else tree.name


def json_response(recalculation: Recalculation, claim: str) -> HttpResponse:
    """The whole tree as an attachment."""
    response = JsonResponse(
        as_json(recalculation, trees_of(recalculation), claim), json_dumps_params={"ensure_ascii": False, "indent": 1}
    )
    return _attached(response, f"{claim}-computation.json")


def csv_response(recalculation: Recalculation, claim: str) -> HttpResponse:
    """One line a node, in UTF-8 with the mark by which spreadsheet programs know it."""
    text = "\ufeff" + as_csv(recalculation, trees_of(recalculation))
    return _attached(HttpResponse(text, content_type="text/csv; charset=utf-8"), f"{claim}-computation.csv")


def _attached(response: HttpResponse, name: str) -> HttpResponse:
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def _shown(step: Step, recalculation: Recalculation, keys: Mapping[str, str], address: Address) -> ShownStep:
    node = step.node
    value, exact = readable(node.value), plain(node.value)
    return ShownStep(
        label=node.label,
        words=str(ROOTS[step.path.rpartition(".")[2]] if node.label == OF_GOOD else LETTERS.get(node.label, "")),
        value=value,
        exact=exact if number(node.value) != value else "",
        unit=node.unit.replace("CO2", "CO₂") if node.unit != "1" else "",
        formula=node.formula,
        law=node.reference,
        source=node.source,
        field=step.field,
        address=address(step.field) if step.field else "",
        cell=cell_of(recalculation.report, step.field),
        process=keys.get(step.process, ""),
        steps=[_shown(below, recalculation, keys, address) for below in step.steps],
    )


def readable(value: Decimal) -> str:
    """Five decimals at most; a small number with five digits that say something, never as zero."""
    rounded = round_half_up(value, SEE_DECIMALS)
    if value and abs(value) < Decimal("0.1"):
        rounded = round_half_up(value, SEE_DECIMALS - 1 - value.adjusted())
    return number(Decimal(plain(rounded)))
