from __future__ import annotations

from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verification.accounting.embedded import (
    Column,
    Flow,
    ImpossibleLoop,
    default_share,
    embedded_per_unit,
    per_functional_unit,
    per_tonne,
)

pytestmark = pytest.mark.unit
TINY = D("1e-25")


def solved(own: dict, *flows: Flow) -> dict:
    return embedded_per_unit(dict.fromkeys(own, D(1)), flows, [Column("x", own)])["x"]


def test_precursor_carries_its_emissions_down_the_chain():
    found = solved({"P1": D("1.001490412107"), "P2": D("0.355026844660")}, Flow("P2", "P1", D("1.082965578111")))
    assert abs(found["P2"] - (D("0.355026844660") + D("1.082965578111") * D("1.001490412107"))) < TINY


def test_loop_between_processes_is_solved_exactly():
    found = solved({"P1": D(1), "P2": D(2)}, Flow("P1", "P2", D("0.25")), Flow("P2", "P1", D("0.5")))
    assert abs(found["P1"] - (1 + D("0.25") * found["P2"])) < TINY
    assert abs(found["P2"] - (2 + D("0.5") * found["P1"])) < TINY


share = st.decimals("0", "0.3", places=4)
amount = st.decimals("0", "50", places=3)


@given(own=st.tuples(amount, amount, amount), flows=st.tuples(*[share] * 6))
def test_solution_satisfies_every_equation(own, flows):
    names = ("P1", "P2", "P3")
    pairs = [(c, s) for c in names for s in names if c != s]
    links = [Flow(c, s, per_unit) for (c, s), per_unit in zip(pairs, flows, strict=True)]
    found = solved(dict(zip(names, own, strict=True)), *links)
    for name, value in zip(names, own, strict=True):
        carried = sum((link.amount * found[link.supplier] for link in links if link.consumer == name), D(0))
        assert abs(found[name] - value - carried) < D("1e-25")


@given(factor=st.decimals("0.001", "1000", places=3), first=amount, second=amount)
def test_scaling_all_emissions_scales_what_is_embedded(factor, first, second):
    link = Flow("P2", "P1", D("1.2"))
    plain = solved({"P1": first, "P2": second}, link)
    scaled = solved({"P1": first * factor, "P2": second * factor}, link)
    assert all(abs(scaled[name] - plain[name] * factor) < D("1e-25") for name in plain)


def test_unknown_supplier_makes_its_consumers_unknown_and_no_other():
    found = solved(
        {"P1": None, "P2": D(1), "P3": D(1), "P4": D(5)}, Flow("P2", "P1", D("0.5")), Flow("P3", "P2", D("0.5"))
    )
    assert found == {"P1": None, "P2": None, "P3": None, "P4": D(5)}


@pytest.mark.parametrize("back", ["1", "2"])
def test_processes_that_eat_all_of_each_other_are_refused(back):
    with pytest.raises(ImpossibleLoop):
        solved({"P1": D(1), "P2": D(1)}, Flow("P1", "P2", D(back)), Flow("P2", "P1", D(1)))


def test_default_share_is_direct_over_direct():
    share = default_share(60595 * D("1.3") / 2234000, D("1.001490412107485"))
    assert abs(share - D("0.03520871519393244")) < D("1e-15")


def test_default_share_of_nothing_is_missing():
    assert default_share(D(0), D(0)) is None


def test_nitrogen_unit_converts_both_ways():
    per_kg = per_functional_unit(D("0.309635112356"), D(150))
    assert round(per_kg, 8) == D("0.00206423")
    assert abs(per_tonne(per_kg, D(150)) - D("0.309635112356")) < TINY


def test_good_without_content_has_no_functional_unit():
    with pytest.raises(ValueError):
        per_functional_unit(D(1), D(0))
