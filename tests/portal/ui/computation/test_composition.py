from dataclasses import replace
from decimal import Decimal

import pytest

from portal.ui.computation.composition import Basis, basis_of, composition_of
from tests.portal.ui.computation.reports import HYDROGEN_COUNTED, STEEL, chain, loop
from verification.accounting.calculation import calculate
from verification.accounting.enums import ValueSource
from verification.accounting.examples import example_names, example_report
from verification.accounting.model import InstallationReport, Precursor, Supply
from verification.accounting.rules import AccountingRules
from verification.kernel.quantities import exact

pytestmark = pytest.mark.unit
D = Decimal
WITHIN = D("1e-30")
EVERYTHING = AccountingRules(
    indirect_scope=dict.fromkeys(
        (
            "Cement", "Cement clinker", "Hydrogen", "Mixed fertilisers", "Ammonia", "Urea", "Nitric acid", "Pig iron",
            "Iron or steel products", "Crude steel", "Alloys (FeMn, FeCr, FeNi)", "Sintered Ore", "Direct reduced iron",
        ),
        True,
    )
)  # fmt: skip


def of(report: InstallationReport, position: int, rules: AccountingRules = STEEL):
    return composition_of(report, calculate(report, rules=rules), position)


def added_up(composition) -> Decimal:
    with exact():
        return sum((piece.value for piece in composition.pieces), D(0))


@pytest.mark.parametrize("name", example_names())
def test_parts_add_up_to_the_value_of_every_good(name):
    report = example_report(name)
    result = calculate(report, rules=EVERYTHING)
    assert result.products
    for position, product in enumerate(result.products):
        composition = composition_of(report, result, position)
        assert composition.total == product.see_in_scope
        assert abs(added_up(composition) - product.see_in_scope) < WITHIN


def test_precursors_are_told_apart_by_name_and_basis():
    composition = of(chain(), 1)
    assert [(piece.source, piece.basis) for piece in composition.pieces] == [
        ("Process P2", Basis.OWN),
        ("Slabs", Basis.MIXED),
        ("Process P1", Basis.MADE_HERE),
    ]
    # 50 t of slabs at (30 × 2 + 20 × 3) / 50 for 820 t of bars.
    assert abs(composition.pieces[1].value - D(50) * D("2.4") / D(820)) < D("1e-25")


def test_bought_precursor_on_a_default_is_marked():
    (_own, iron) = of(chain(), 0).pieces
    assert (iron.source, iron.basis, iron.value) == ("Pig iron", Basis.DEFAULT, D("0.25"))


def test_indirect_part_that_does_not_count_stands_beside():
    composition = of(chain(), 1)
    result = calculate(chain(), rules=STEEL)
    assert not any(piece.is_indirect for piece in composition.pieces)
    assert composition.not_counted == result.products[1].see_indirect.value > 0


def test_direct_only_good_can_count_the_indirect_emissions_of_a_precursor():
    composition = of(chain(), 1, replace(HYDROGEN_COUNTED, indirect_scope={
        "Crude steel": True, "Iron or steel products": False, "Pig iron": False,
    }))  # fmt: skip
    counted = [(piece.source, piece.basis) for piece in composition.pieces if piece.is_indirect]
    assert counted == [("Slabs", Basis.MIXED), ("Process P1", Basis.MADE_HERE)]
    assert abs(added_up(composition) - composition.total) < WITHIN
    assert composition.not_counted > 0


def test_processes_that_feed_each_other_add_up():
    for position in (0, 1):
        composition = of(loop(), position)
        assert abs(added_up(composition) - composition.total) < WITHIN


def test_value_that_cannot_be_computed_has_no_parts():
    first, second = loop().processes
    assert of(replace(loop(), processes=(replace(first, production=()), second)), 0) is None
    assert composition_of(loop(), calculate(loop()), 0) is None


@pytest.mark.parametrize(
    ("precursor", "basis"),
    [
        (Precursor("R"), Basis.UNSAID),
        (Precursor("R", see_direct_source=ValueSource.UNKNOWN), Basis.UNSAID),
        (Precursor("R", see_direct_source=ValueSource.MEASURED), Basis.ACTUAL),
        (Precursor("R", see_direct_source=ValueSource.DEFAULT), Basis.DEFAULT),
        (Precursor("R", supplies=(Supply("a", value_source=ValueSource.DEFAULT),)), Basis.DEFAULT),
        (
            Precursor("R", supplies=(Supply("a", value_source=ValueSource.DEFAULT), Supply("b"))),
            Basis.MIXED,
        ),
    ],
)
def test_basis_of_a_precursor(precursor, basis):
    assert basis_of(precursor) is basis
