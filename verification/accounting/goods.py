"""Embedded emissions of each good, per tonne of it and per functional unit contained.

Implementing Regulation (EU) 2025/2547, Article 4 and Annex III, B, equations 64 to 66. Emissions of a process
follow what its goods contain: SEE per functional unit is the same for all of them, and a good carries as much
as it contains. Goods without a functional unit of their own carry the mean of their process.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

import yaml

from verification.accounting.categories import DATA
from verification.accounting.gaps import Gap, Log
from verification.accounting.model import InstallationReport, Process, Product
from verification.accounting.results import PerFunctionalUnit, ProcessResult, ProductResult
from verification.accounting.rules import AccountingRules
from verification.accounting.tree import Node, given
from verification.kernel.errors import MissingReference
from verification.kernel.quantities import exact

NEEDED_FOR = "the embedded emissions of this good by its composition"
Goods = list[tuple[int, Product]]


@dataclass(frozen=True)
class ContentRule:
    """How a parameter becomes the content of one tonne of good, in ``unit``."""

    parameter: str
    unit: str
    per_tonne: Decimal
    parts: tuple[str, ...]
    reference: str

    def content(self, product: Product) -> Decimal | None:
        """Functional units in one tonne of the good; ``None`` where its composition is not wholly stated."""
        share = product.parameters.get(self.parameter)
        if share is None and self.parts and all(part in product.parameters for part in self.parts):
            with exact():
                share = sum((product.parameters[part] for part in self.parts), Decimal(0))
        if share is None or share <= 0:
            return None
        with exact():
            return share * self.per_tonne


@cache
def content_rules() -> dict[str, ContentRule]:
    """By the name of the parameter."""
    rows = yaml.safe_load((DATA / "functional_units.yaml").read_text(encoding="utf-8"))
    return {
        name: ContentRule(name, row["unit"], Decimal(row["per_tonne"]), tuple(row.get("parts", ())), row["reference"])
        for name, row in rows.items()
    }


def product_results(
    report: InstallationReport, processes: Sequence[ProcessResult], rules: AccountingRules, log: Log
) -> tuple[ProductResult, ...]:
    """One result a good, in the report's order; goods of no known process have none of the values."""
    by_process = {item.process: item for item in processes}
    made: dict[str, Goods] = {process.id: [] for process in report.processes}
    for index, product in enumerate(report.products):
        if product.process in made:
            made[product.process].append((index, product))
    means = {process.id: _mean_content(process, made[process.id], rules, log) for process in report.processes}
    for index, process in enumerate(report.processes):
        _check_quantities(index, process, made[process.id], log)
    return tuple(
        _result(product, by_process.get(product.process), means.get(product.process)) for product in report.products
    )


@dataclass(frozen=True)
class _Mean:
    """Content of the mean tonne of a process; ``None`` where the goods' compositions do not give one."""

    rule: ContentRule
    content: Node | None
    is_composition_stated: bool


def _mean_content(process: Process, goods: Goods, rules: AccountingRules, log: Log) -> _Mean | None:
    parameter = rules.content_parameter(process.category)
    if not parameter or not goods:
        return None
    rule = content_rules().get(parameter)
    if rule is None:
        raise MissingReference(f"No functional unit is known that the parameter {parameter!r} would make.")
    contents = {index: rule.content(product) for index, product in goods}
    missing = [index for index, content in contents.items() if content is None]
    if missing:
        log.lack(*(Gap(f"products.{index}.parameters.{parameter}", NEEDED_FOR) for index in missing))
        return _Mean(rule, None, len(missing) < len(contents))
    distinct = {content for content in contents.values() if content is not None}
    unit = f"{rule.unit}/t"
    if len(distinct) == 1:
        return _Mean(rule, given("mean content", distinct.pop(), unit), True)
    unweighted = [index for index, product in goods if product.quantity is None]
    if unweighted:
        log.lack(*(Gap(f"products.{index}.quantity", NEEDED_FOR) for index in unweighted))
        return _Mean(rule, None, True)
    with exact():
        pairs = [(product.quantity or Decimal(0), contents[index] or Decimal(0)) for index, product in goods]
        whole = sum((quantity for quantity, _ in pairs), Decimal(0))
        if whole <= 0:
            log.lack(*(Gap(f"products.{index}.quantity", NEEDED_FOR) for index, _ in goods))
            return _Mean(rule, None, True)
        value = sum((quantity * content for quantity, content in pairs), Decimal(0)) / whole
    inputs = tuple(
        node
        for (_, product), (quantity, content) in zip(goods, pairs, strict=True)
        for node in (given(f"M {product.name or product.cn}", quantity, process.unit), given("content", content, unit))
    )
    return _Mean(rule, Node("mean content", value, unit, "Σ M × content / Σ M", rule.reference, inputs=inputs), True)


def _check_quantities(index: int, process: Process, goods: Goods, log: Log) -> None:
    """Goods sold cannot be more than the process made."""
    amounts = [product.quantity for _, product in goods if product.quantity is not None]
    if not goods or len(amounts) < len(goods) or process.activity_level is None:
        return
    with exact():
        whole = sum(amounts, Decimal(0))
    if whole > process.activity_level:
        found, most = f"{whole} {process.unit}", f"at most {process.activity_level} {process.unit}"
        log.contradict(f"processes.{index}.production", f"goods of {found}", most)


def _result(product: Product, process: ProcessResult | None, mean: _Mean | None) -> ProductResult:
    if process is None:
        return ProductResult(product.id, product.process, "", None, None, None, None, None, None)
    if mean is None or not mean.is_composition_stated:
        return _as_process(product, process)
    content = mean.rule.content(product)
    if mean.content is None or content is None:
        return ProductResult(product.id, process.process, process.unit, None, None, None, None, None, None)
    per_unit = PerFunctionalUnit(
        mean.rule.unit,
        content,
        _per_functional_unit(process.see_direct, mean),
        _per_functional_unit(process.see_indirect, mean),
        _per_functional_unit(process.see_indirect_in_scope, mean),
    )
    electricity = process.electricity_mwh_per_unit
    if electricity is not None:
        with exact():
            electricity = electricity / mean.content.value * content
    return ProductResult(
        product=product.id,
        process=process.process,
        unit=process.unit,
        see_direct=_per_tonne(process.see_direct, per_unit.see_direct, mean, content),
        see_indirect=_per_tonne(process.see_indirect, per_unit.see_indirect, mean, content),
        see_indirect_in_scope=_per_tonne(process.see_indirect_in_scope, per_unit.see_indirect_in_scope, mean, content),
        electricity_mwh_per_unit=electricity,
        default_share=process.default_share,
        default_share_indirect=process.default_share_indirect,
        per_functional_unit=per_unit,
    )


def _as_process(product: Product, process: ProcessResult) -> ProductResult:
    return ProductResult(
        product=product.id,
        process=process.process,
        unit=process.unit,
        see_direct=process.see_direct,
        see_indirect=process.see_indirect,
        see_indirect_in_scope=process.see_indirect_in_scope,
        electricity_mwh_per_unit=process.electricity_mwh_per_unit,
        default_share=process.default_share,
        default_share_indirect=process.default_share_indirect,
    )


def _per_functional_unit(see: Node | None, mean: _Mean) -> Node | None:
    """t CO2e per unit contained: what a mean tonne carries over what it contains."""
    if see is None or mean.content is None:
        return None
    with exact():
        value = see.value / mean.content.value
    unit = f"t CO2e/{mean.rule.unit}"
    return Node(
        "SEE per functional unit", value, unit, "SEE / mean content", mean.rule.reference, inputs=(see, mean.content)
    )


def _per_tonne(see: Node | None, per_unit: Node | None, mean: _Mean, content: Decimal) -> Node | None:
    """t CO2e per tonne of this good; of the mean composition it is the process's own, digit by digit."""
    if see is None or per_unit is None or mean.content is None:
        return None
    with exact():
        value = see.value if content == mean.content.value else per_unit.value * content
    inputs = (per_unit, given("content", content, f"{mean.rule.unit}/t"))
    return Node(
        "SEE of the good", value, see.unit, "SEE per functional unit × content", mean.rule.reference, inputs=inputs
    )
