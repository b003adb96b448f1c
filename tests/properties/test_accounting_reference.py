"""Ten thousand random installations: the accounting equals a second, slow reading of the act in fractions."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction as F

import pytest

from tests.properties.accounting_reference import Site
from tests.properties.random_installations import UNITS, installation
from tests.properties.reference_goods import goods_of
from verification.accounting.calculation import calculate
from verification.accounting.tree import Node

pytestmark = pytest.mark.unit

INSTALLATIONS = 10_000
PARTS = 10
NEAR = F(1, 10**24)
VALUES = ("see_direct", "see_indirect", "electricity_mwh_per_unit", None, None, "see_indirect_in_scope")


def number(found):
    value = found.value if isinstance(found, Node) else found
    return None if value is None else F(value)


def same(found, expected) -> bool:
    found = number(found)
    if found is None or expected is None:
        return found is expected
    return abs(found - expected) <= NEAR * (1 + abs(expected))


def content(good):
    for parameter, per_tonne in (("clinker_factor", 1), ("nitrogen_share", 1000)):
        if parameter in good.parameters:
            return F(good.parameters[parameter]) * per_tonne
    return None


def share(part, whole):
    return None if part is None or not whole else part / whole


def compare(seed: int, seen: Counter) -> None:
    report, rules = installation(seed)
    result, site = calculate(report, rules=rules), Site(report, rules)
    columns = site.embedded()
    for process, found in zip(report.processes, result.processes, strict=True):
        assert same(found.attributed_direct, site.attributed_direct(process)), (seed, process.id)
        assert same(found.attributed_indirect, site.attributed_indirect(process)), (seed, process.id)
        values = [column[process.id] for column in columns]
        for name, expected in zip(VALUES, values, strict=True):
            if name:
                assert same(getattr(found, name), expected), (seed, process.id, name)
                seen[name, expected is None] += 1
        direct, indirect, _, default_direct, default_indirect, _ = values
        assert same(found.default_share, share(default_direct, direct)), (seed, process.id)
        assert same(found.default_share_indirect, share(default_indirect, indirect)), (seed, process.id)
        seen["default share", bool(found.default_share)] += 1
    _compare_installation(seed, result, site, seen)
    _compare_goods(seed, result, site, columns, seen)


def _compare_installation(seed: int, result, site: Site, seen: Counter) -> None:
    found, expected = result.reconciliation, site.reconciliation()
    names = ("installation_direct_tco2e", "energy_units_direct_tco2e", "processes_direct_tco2e", "factor")
    for name, value in zip(names, expected, strict=True):
        assert same(getattr(found, name), value), (seed, name)
    seen["reconciled", found.is_applied] += 1
    if site.installation is not None:
        assert same(result.totals.direct_tco2e, site.installation), seed


def _compare_goods(seed: int, result, site: Site, columns, seen: Counter) -> None:
    for column, name in ((0, "see_direct"), (1, "see_indirect"), (5, "see_indirect_in_scope")):
        expected = goods_of(site, columns[column], content)
        for found, (per_tonne, per_unit) in zip(result.products, expected, strict=True):
            assert same(getattr(found, name), per_tonne), (seed, found.product, name)
            unit = found.per_functional_unit
            assert same(getattr(unit, name) if unit else None, per_unit), (seed, found.product, name)
            seen["per functional unit", unit is not None] += 1


@pytest.mark.parametrize("part", range(PARTS))
def test_random_installations_equal_the_reference(part):
    seen: Counter = Counter()
    for seed in range(part, INSTALLATIONS, PARTS):
        compare(seed, seen)
    # Every kind of value was met, known and missing.
    for name in filter(None, VALUES):
        assert min(seen[name, True], seen[name, False]) > 100
    assert min(seen["reconciled", True], seen["per functional unit", True], seen["default share", True]) > 20


def test_reference_and_rules_speak_of_the_same_parameters():
    assert set(UNITS.values()) == {"clinker_factor", "nitrogen_share"}
