"""Laws that hold for every installation, whatever its numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from decimal import Decimal as D

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.properties.random_installations import installation
from verification.accounting.calculation import calculate
from verification.accounting.model import Consumption, InstallationReport, Precursor, Process, RouteAmount
from verification.accounting.tree import Node
from verification.kernel.canonical import canonical_bytes
from verification.kernel.quantities import exact

pytestmark = pytest.mark.unit
NEAR = D("1e-22")
AMOUNTS = frozenset(
    [
        "activity_data",
        "production_t",
        "operating_hours",
        "emissions_tco2e",
        "amount_t",
        "amount_tj",
        "fuel_tj",
        "fuel_emissions_tco2",
        "flue_gas_cleaning_tco2",
        "heat_tj",
        "electricity_mwh",
        "amount_mwh",
        "imported_tj",
        "exported_tj",
        "direct_emissions_tco2e",
        "electricity_exported_mwh",
        "amount",
        "quantity",
        "other_processes_direct_tco2e",
    ]
)
SEED = st.integers(0, 10**9)
number = st.decimals("0", "9000", places=3)
level = st.decimals("100", "900", places=3)


def scaled(value, factor: D):
    """``value`` with every amount in it times ``factor``."""
    if isinstance(value, tuple):
        return tuple(scaled(item, factor) for item in value)
    if not is_dataclass(value):
        return value
    changed = {}
    for field in fields(value):
        inner = getattr(value, field.name)
        if isinstance(inner, D) and field.name in AMOUNTS:
            changed[field.name] = inner * factor
        elif not isinstance(inner, Mapping):
            changed[field.name] = scaled(inner, factor)
    return replace(value, **changed)


def near(found, expected) -> bool:
    if found is None or expected is None:
        return found is expected
    return abs(found - expected) <= NEAR * (1 + abs(expected))


def value(node: Node | None) -> D | None:
    return None if node is None else node.value


@settings(deadline=None, max_examples=150)
@given(seed=SEED, factor=st.sampled_from([D(2), D("0.5"), D(1000), D("0.001")]))
def test_scaling_all_amounts_scales_emissions_and_leaves_what_is_specific(seed, factor):
    report, rules = installation(seed)
    first, second = calculate(report, rules=rules), calculate(scaled(report, factor), rules=rules)
    assert near(second.totals.direct_tco2e, first.totals.direct_tco2e * factor)
    for before, after in zip(first.processes, second.processes, strict=True):
        whole = value(before.attributed_direct)
        assert near(value(after.attributed_direct), None if whole is None else whole * factor)
        for name in ("see_total", "see_in_scope", "default_share", "default_share_indirect"):
            assert near(getattr(after, name), getattr(before, name)), name
    for before, after in zip(first.products, second.products, strict=True):
        assert near(after.see_total, before.see_total)


@given(first=number, second=number, electricity=st.tuples(number, number), made=level, used=level, bought=number)
def test_joining_two_processes_keeps_what_the_good_carries(first, second, electricity, made, used, bought):
    """A precursor made only for one good, as a process of its own or in one bubble with it (Article 4(9))."""

    def process(name: str, amount: D, direct: D, power: D, **more) -> Process:
        production = (RouteAmount("All", amount),)
        factor = {"electricity_factor_tco2e_per_mwh": D("0.4")}
        return Process(
            name, production=production, direct_emissions_tco2e=direct, electricity_mwh=power, **factor, **more
        )

    def precursor(consumer: str) -> Precursor:
        use = (Consumption(consumer, bought),)
        return Precursor(
            "PP1", consumed_in=use, see_direct_tco2e_per_unit=D("1.5"), see_indirect_stated_tco2e_per_unit=D(1)
        )

    apart = InstallationReport(
        processes=(
            process("P1", made, first, electricity[0], consumed_in=(Consumption("P2", made),)),
            process("P2", used, second, electricity[1]),
        ),
        precursors=(precursor("P1"),),
    )
    bubble = InstallationReport(
        processes=(process("P1", used, first + second, sum(electricity)),), precursors=(precursor("P1"),)
    )
    separate, together = calculate(apart).processes[1], calculate(bubble).processes[0]
    assert near(value(separate.see_direct), value(together.see_direct))
    assert near(value(separate.see_indirect), value(together.see_indirect))


@given(
    own=st.tuples(number, number, number),
    levels=st.tuples(level, level, level),
    shares=st.tuples(*[st.decimals("0", "0.3", places=3)] * 6),
)
def test_loops_neither_lose_nor_make_emissions(own, levels, shares):
    """What leaves the processes that feed each other carries all of their emissions, and no more."""
    names = ("P1", "P2", "P3")
    pairs = [(supplier, consumer) for supplier in names for consumer in names if supplier != consumer]
    given_to = {pair: levels[names.index(pair[0])] * share for pair, share in zip(pairs, shares, strict=True)}
    processes = tuple(
        Process(
            name,
            production=(RouteAmount("All", levels[index]),),
            consumed_in=tuple(Consumption(user, amount) for (maker, user), amount in given_to.items() if maker == name),
            direct_emissions_tco2e=own[index],
        )
        for index, name in enumerate(names)
    )
    result = calculate(InstallationReport(processes=processes))
    with exact():
        leaving = sum(
            (
                found.see_direct.value * (made - sum(use.amount for use in process.consumed_in))
                for found, made, process in zip(result.processes, levels, processes, strict=True)
            ),
            D(0),
        )
    assert result.loop == ""
    assert near(leaving, sum(own, D(0)))


@pytest.mark.parametrize("back", ["1", "1.5"])
def test_processes_that_eat_all_that_they_make_have_no_value(back):
    processes = tuple(
        Process(
            name,
            production=(RouteAmount("All", D(3)),),
            consumed_in=(Consumption(other, D(3) * D(back)),),
            direct_emissions_tco2e=D(1),
        )
        for name, other in (("P1", "P2"), ("P2", "P1"))
    )
    result = calculate(InstallationReport(processes=processes))
    assert "consume more of each other's products" in result.loop
    assert [item.see_direct for item in result.processes] == [None, None]


def leaves(node: Node):
    yield node
    for inner in node.inputs:
        yield from leaves(inner)


@settings(deadline=None, max_examples=60)
@given(seed=SEED)
def test_every_calculated_node_has_formula_unit_and_article_and_the_record_can_be_sealed(seed):
    report, rules = installation(seed)
    result = calculate(report, rules=rules)
    trees = [item.fossil for item in result.streams]
    for item in (*result.processes, *result.products):
        trees += [node for node in vars(item).values() if isinstance(node, Node)]
    for node in (inner for tree in trees for inner in leaves(tree)):
        assert node.label
        assert node.unit
        if node.inputs:
            assert (bool(node.formula), node.reference.startswith("IR (EU) ")) == (True, True), node.label
    canonical_bytes(result.as_record())
