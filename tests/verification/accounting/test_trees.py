"""The trees that people read: each formula gives its value from the inputs shown, under its article and unit."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator
from decimal import Decimal as D
from pathlib import Path

import pytest
import yaml

from tests.properties.random_installations import installation
from verification.accounting.calculation import calculate
from verification.accounting.examples import example_names, example_report
from verification.accounting.results import InstallationResult
from verification.accounting.tree import Node
from verification.kernel.quantities import exact

pytestmark = pytest.mark.unit

ACT = "IR (EU) 2025/2547, "
FORMULAS = yaml.safe_load(Path(__file__).with_name("formulas.yaml").read_text(encoding="utf-8"))
NEAR = D("1E-25")
SEEDS = range(160, 300)
Values = tuple[D, ...]


def product(values: Values) -> D:
    found = D(1)
    for value in values:
        found *= value
    return found


def mean(values: Values) -> D:
    weights, of_each = values[::2], values[1::2]
    return sum(weight * value for weight, value in zip(weights, of_each, strict=True)) / sum(weights)


def per_thousand(values: Values) -> D:
    return product(values) / 1000


def quotient(values: Values) -> D:
    return values[0] / values[1]


def share_of_sum(values: Values) -> D:
    return values[0] / sum(values)


def per_tonne(values: Values) -> D:
    return values[0] / values[1] + sum(values[2:])


def nothing(_: Values) -> D:
    return D(0)


READ: dict[str, Callable[[Values], D]] = {
    "(CF4 × GWP CF4 + C2F6 × GWP C2F6) / η": lambda v: (v[0] * v[2] + v[1] * v[3]) / v[4],
    "(CO2 + CO) × (1 − BF)": lambda v: (v[0] + v[1]) * v[2],
    "(D Inst − D energy units) / Σ D PP": lambda v: (v[0] - v[1]) / v[2],
    "0, exothermic process": nothing,
    "0, indirect emissions not in scope": nothing,
    "0, made from electricity": nothing,
    "0, origin": nothing,
    "0, own indirect emissions not in scope": nothing,
    "AD × NCV / 1000 × EF × CF × (1 − BF)": per_thousand,
    "AD × NCV / 1000 × EF × OF × (1 − BF)": per_thousand,
    "AttrEm / AL": quotient,
    "AttrEm / AL + Σ mᵢ × SEEᵢ": per_tonne,
    "E el × 0.0036 / E in": lambda v: v[0] * D("0.0036") / v[1],
    "EF fuel mix / η": quotient,
    "Em CHP × F CHP,el / E el": lambda v: v[0] * v[1] / v[2],
    "Em CHP × F CHP,heat / Q": lambda v: v[0] * v[1] / v[2],
    "Em fuels": sum,
    "Em fuels + Em flue gas cleaning": sum,
    "Em fuels / Q": quotient,
    "Em fuels / Σ AD × NCV": quotient,
    "Em × share": lambda v: v[0] * v[1] / 100,
    "N2O": lambda v: v[0],
    "N2O + CO × (1 − BF)": lambda v: v[0] + v[1] * v[2],
    "OVC × AEO / CE × Pr / 1000": lambda v: v[0] * v[1] / v[2] * v[3] / 1000,
    "Q / E in": quotient,
    "SEE / mean content": quotient,
    "biomass without proof is fossil": lambda _: D(1),
    "concentration CO × hours × flow / 1000 × CO2 per CO": per_thousand,
    "concentration × hours × flow / 1000": per_thousand,
    "concentration × hours × flow / 1000 × GWP N2O": per_thousand,
    "conservative estimate": sum,
    "frequency × duration × SEF / 1000 × Pr": per_thousand,
    "max(0, DirEm* + EmH,imp − EmH,exp + WGcorr,imp − WGcorr,exp − Emel,prod)": lambda v: max(D(0), sum(v, D(0))),
    "nothing made": nothing,
    "weight el / (weight el + weight other)": share_of_sum,
    "weight heat / (weight heat + weight other)": share_of_sum,
    "Σ E × EF / Σ E": mean,
    "Σ Em": sum,
    "Σ M × SEE / Σ M": mean,
    "Σ M × content / Σ M": mean,
    "Σ share × Em": sum,
    "η el / η ref,el": quotient,
    "η el × E in / 0.0036": lambda v: v[0] * v[1] / D("0.0036"),
    "η heat / η ref,heat": quotient,
    "−CO2 handed over × (1 − BF)": lambda v: -product(v),
    "−E × EF": lambda v: -product(v),
    "−Q × EF heat": lambda v: -product(v),
    "−WG × EF natural gas × Corr η": lambda v: -product(v),
}
"""How each formula is read; one that is not here is the product of its inputs."""


def without_country(formula: str) -> str:
    return "0, origin" if formula.startswith("0, origin ") else formula


def nodes_of(tree: Node | None) -> Iterator[Node]:
    if tree is not None:
        yield tree
        for part in tree.inputs:
            yield from nodes_of(part)


def trees_of(result: InstallationResult) -> Iterator[Node | None]:
    yield from (item.fossil for item in result.streams)
    yield from (result.totals.tree, result.reconciliation.tree)
    for process in result.processes:
        yield from (process.attributed_direct, process.attributed_indirect)
    for item in (*result.processes, *result.products):
        yield from (item.see_direct, item.see_indirect, item.see_indirect_in_scope)


@pytest.fixture(scope="module")
def calculated() -> list[Node]:
    """Every calculated node of the examples and of random installations."""
    results = [calculate(example_report(name)) for name in example_names()]
    for seed in SEEDS:
        report, rules = installation(seed)
        results.append(calculate(report, rules=rules))
    return [node for result in results for tree in trees_of(result) for node in nodes_of(tree) if node.formula]


def test_value_follows_from_the_inputs_that_are_shown(calculated):
    for node in calculated:
        formula = without_country(node.formula)
        with exact():
            expected = READ.get(formula, product)(tuple(part.value for part in node.inputs))
            assert abs(node.value - expected) <= NEAR * (1 + abs(expected)), list(node.lines())


def test_every_formula_stands_under_its_article_with_its_unit(calculated):
    found: dict[str, set[tuple[str, str]]] = {}
    for node in calculated:
        found.setdefault(without_country(node.formula), set()).add((node.reference.removeprefix(ACT), node.unit))
    assert found == {formula: {(article, unit) for article, unit in rows} for formula, rows in FORMULAS.items()}


def test_only_what_is_given_has_no_formula(calculated):
    assert [node.label for node in calculated for part in node.inputs if part.inputs and not part.formula] == []


@pytest.mark.parametrize("seed", range(160, 185))
def test_words_that_were_read_are_as_good_as_words_in_the_code(seed):
    """A formula compares what words and numbers say, not which object in memory they are."""
    report, rules = installation(seed)
    read = pickle.loads(pickle.dumps((report, rules)))  # noqa: S301
    assert calculate(read[0], rules=read[1]).as_record() == calculate(report, rules=rules).as_record()
