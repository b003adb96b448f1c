"""What a unit of a bought precursor carries into the goods made with it.

Implementing Regulation (EU) 2025/2547, Annex III, B: values of the producer or default values, weighted by
quantity over all deliveries or over the traced ones (Article 14); nothing where the origin is the Union or
an exempted country.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from verification.accounting.enums import ValueSource
from verification.accounting.gaps import Gap
from verification.accounting.model import Precursor, Supply
from verification.accounting.rules import AccountingRules
from verification.accounting.tree import Node, given
from verification.kernel.quantities import exact

ACT = "IR (EU) 2025/2547, "
FOR_DIRECT = "the direct emissions embedded in goods made with this precursor"
FOR_INDIRECT = "the indirect emissions embedded in goods made with this precursor"
ZERO = Decimal(0)


@dataclass(frozen=True)
class Carried:
    """Per unit of the precursor, t CO2e and MWh; ``default_…`` is the part that rests on default values.

    ``in_scope`` is the indirect part that the scheme counts; ``gaps`` are what the ``None`` lack.
    """

    direct: Node | None
    indirect: Node | None
    in_scope: Node | None
    electricity_mwh: Decimal | None
    default_direct: Decimal | None
    default_indirect: Decimal | None
    gaps: tuple[Gap, ...] = ()


def carried_by(precursor: Precursor, index: int, rules: AccountingRules) -> Carried:
    """``index`` is the precursor's place in the report, for the paths of gaps."""
    unit = f"t CO2e/{precursor.unit or 'unit'}"
    path = f"precursors.{index}"
    if precursor.supplies:
        found = _of_supplies(precursor, path, unit, rules)
    elif rules.is_zero_rated(precursor.country):
        found = _nothing(unit, precursor.country)
    else:
        found = _of_precursor(precursor, path, unit)
    return _scoped(found, precursor, path, unit, rules)


def _scoped(found: Carried, precursor: Precursor, path: str, unit: str, rules: AccountingRules) -> Carried:
    """The indirect part counts only for a precursor whose own category has it in scope (Annex I, 3.1)."""
    is_in_scope = rules.has_indirect_in_scope(precursor.category)
    if is_in_scope:
        return replace(found, in_scope=found.indirect)
    gaps = tuple(replace(gap, is_in_scope=False) if gap.needed_for == FOR_INDIRECT else gap for gap in found.gaps)
    if is_in_scope is False:
        nothing = Node("SEE", ZERO, unit, "0, indirect emissions not in scope", f"{ACT}Annex I, 3.1")
        return replace(found, in_scope=nothing, gaps=gaps)
    if rules.indirect_scope and found.in_scope is None:
        return replace(found, gaps=(*found.gaps, Gap(f"{path}.category", "the scope of this precursor")))
    return found


def _nothing(unit: str, country: str) -> Carried:
    node = Node("SEE", ZERO, unit, f"0, origin {country}", f"{ACT}Annex III, B")
    return Carried(node, node, node, ZERO, ZERO, ZERO)


def _of_precursor(precursor: Precursor, path: str, unit: str) -> Carried:
    direct = precursor.see_direct_tco2e_per_unit
    indirect = _indirect(
        unit,
        precursor.electricity_mwh_per_unit,
        precursor.electricity_factor_tco2e_per_mwh,
        precursor.see_indirect_stated_tco2e_per_unit,
    )
    gaps: tuple[Gap, ...] = () if direct is not None else (Gap(f"{path}.see_direct_tco2e_per_unit", FOR_DIRECT),)
    if indirect is None:
        names = ("electricity_mwh_per_unit", "electricity_factor_tco2e_per_mwh")
        gaps += tuple(Gap(f"{path}.{name}", FOR_INDIRECT) for name in names if getattr(precursor, name) is None)
    source = precursor.electricity_source or precursor.see_direct_source
    return Carried(
        direct=None if direct is None else given("SEE", direct, unit),
        indirect=indirect,
        in_scope=None,
        electricity_mwh=precursor.electricity_mwh_per_unit,
        default_direct=_default_part(direct, precursor.see_direct_source),
        default_indirect=_default_part(indirect.value if indirect else None, source),
        gaps=gaps,
    )


def _indirect(unit: str, electricity: Decimal | None, factor: Decimal | None, stated: Decimal | None) -> Node | None:
    """Electricity times its factor, else the value that came as a whole."""
    if electricity is None or factor is None:
        return None if stated is None else given("SEE", stated, unit)
    with exact():
        value = electricity * factor
    inputs = (given("E", electricity, "MWh/unit"), given("EF", factor, "t CO2e/MWh"))
    return Node("SEE", value, unit, "E × EF", f"{ACT}Annex II, D.1, eq 35", inputs=inputs)


def _default_part(value: Decimal | None, source: ValueSource | None) -> Decimal | None:
    return value if source is ValueSource.DEFAULT else ZERO


def _of_supplies(precursor: Precursor, path: str, unit: str, rules: AccountingRules) -> Carried:
    used = [
        (index, supply)
        for index, supply in enumerate(precursor.supplies)
        if supply.is_traced or not precursor.is_traced_subset
    ]
    if not used:
        gap = Gap(f"{path}.supplies.0.is_traced", FOR_DIRECT)
        return Carried(None, None, None, None, None, None, (gap,))
    parts = [_of_supply(supply, f"{path}.supplies.{index}", precursor, unit, rules) for index, supply in used]
    gaps = tuple(gap for part in parts for gap in part.gaps)
    if len(parts) == 1:
        return replace(parts[0], gaps=gaps)
    amounts = [supply.amount for _, supply in used if supply.amount is not None]
    with exact():
        whole = sum(amounts, ZERO)
    if len(amounts) < len(used) or whole <= 0:
        lacking = [f"{path}.supplies.{index}.amount" for index, supply in used if not supply.amount]
        gaps += tuple(Gap(name, FOR_DIRECT) for name in lacking)
        return Carried(None, None, None, None, None, None, gaps)
    weights = [(supply, amount) for (_, supply), amount in zip(used, amounts, strict=True)]
    return Carried(
        direct=_mean_node(unit, weights, [part.direct for part in parts], precursor),
        indirect=_mean_node(unit, weights, [part.indirect for part in parts], precursor),
        in_scope=_mean_node(unit, weights, [part.in_scope for part in parts], precursor),
        electricity_mwh=_mean(amounts, [part.electricity_mwh for part in parts]),
        default_direct=_mean(amounts, [part.default_direct for part in parts]),
        default_indirect=_mean(amounts, [part.default_indirect for part in parts]),
        gaps=gaps,
    )


def _of_supply(supply: Supply, path: str, precursor: Precursor, unit: str, rules: AccountingRules) -> Carried:
    country = supply.country or precursor.country
    if rules.is_zero_rated(country):
        return _nothing(unit, country)
    direct = supply.see_direct_tco2e_per_unit
    indirect = _indirect(
        unit,
        supply.electricity_mwh_per_unit,
        supply.electricity_factor_tco2e_per_mwh,
        supply.see_indirect_tco2e_per_unit,
    )
    gaps: tuple[Gap, ...] = () if direct is not None else (Gap(f"{path}.see_direct_tco2e_per_unit", FOR_DIRECT),)
    gaps += () if indirect is not None else (Gap(f"{path}.see_indirect_tco2e_per_unit", FOR_INDIRECT),)
    return Carried(
        direct=None if direct is None else given("SEE", direct, unit, source=supply.certificate_number),
        indirect=indirect,
        in_scope=None,
        electricity_mwh=supply.electricity_mwh_per_unit,
        default_direct=_default_part(direct, supply.value_source),
        default_indirect=_default_part(indirect.value if indirect else None, supply.value_source),
        gaps=gaps,
    )


def _mean(amounts: list[Decimal], values: list[Decimal | None]) -> Decimal | None:
    known = [value for value in values if value is not None]
    if len(known) < len(values):
        return None
    with exact():
        weighted = (amount * value for amount, value in zip(amounts, known, strict=True))
        return sum(weighted, ZERO) / sum(amounts, ZERO)


def _mean_node(
    unit: str, weights: list[tuple[Supply, Decimal]], values: list[Node | None], precursor: Precursor
) -> Node | None:
    value = _mean([amount for _, amount in weights], [node.value if node else None for node in values])
    if value is None:
        return None
    inputs = tuple(
        part
        for (supply, amount), node in zip(weights, values, strict=True)
        if node is not None
        for part in (given(f"M {supply.operator or supply.id}", amount, precursor.unit or "unit"), node)
    )
    article = "Article 14(3)" if precursor.is_traced_subset else "Article 14(1), (2)"
    return Node("SEE", value, unit, "Σ M × SEE / Σ M", ACT + article, inputs=inputs)
