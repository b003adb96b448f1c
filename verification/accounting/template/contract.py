"""A report and what it gives as the fixed JSON that ``read_template --json`` and the claims carry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from verification.accounting.calculation import InstallationResult, ProcessResult, ProductResult
from verification.accounting.model import InstallationReport, Product
from verification.accounting.record import as_record
from verification.accounting.template.reading import TemplateIdentity, TemplateReading
from verification.accounting.tree import Node, shown
from verification.kernel.errors import Problem
from verification.kernel.quantities import exact

COMPARED = ("see_direct", "see_indirect", "see_total", "default_share", "electricity_mwh_per_unit")
OF_SCHEME = ("see_indirect_in_scope", "see_in_scope", "default_share_indirect")
TOTALS = ("co2_tco2e", "n2o_tco2e", "pfc_tco2e", "biomass_tco2e", "fuel_tj", "data_gaps_tco2e", "not_emitted_tco2")


def reading_as_contract(reading: TemplateReading) -> dict[str, Any]:
    """``report_as_contract`` of what a template gave; a file that could not be read has an empty report."""
    report = reading.report or InstallationReport()
    return report_as_contract(report, reading.result, reading.problems, reading.stated.values, reading.template)


def report_as_contract(
    report: InstallationReport,
    result: InstallationResult | None,
    problems: Sequence[Problem] = (),
    stated: Mapping[str, Decimal] | None = None,
    template: TemplateIdentity | None = None,
) -> dict[str, Any]:
    """Names are fixed; numbers are text, at most twelve decimals; ``None`` is a missing value.

    ``stated`` are results that the source itself carries, by path (``products.0.see_direct``). A good's
    ``quantity`` is its own; where the source gives none, it is the production for the market of the good's
    process, which all goods of the process share: ``quantity_shared_by`` counts them.
    """
    identity, values, record = template or TemplateIdentity(), stated or {}, report.as_record()
    return {
        "template": {
            "name": identity.name,
            "version": identity.version,
            "issued_on": identity.issued_on.isoformat() if identity.issued_on else None,
            "language": identity.language,
        },
        "installation": record["installation"],
        "period": record["period"],
        "verifier": record["verifier"],
        "processes": [_process(result, index, item) for index, item in enumerate(record["processes"])],
        "precursors": record["precursors"],
        "totals": _totals(result, values),
        "reconciliation": _reconciliation(result),
        "balances": {name: item.as_record() for name, item in result.balances.items()} if result else {},
        "goods": [_good(report, result, values, index, item) for index, item in enumerate(report.products)],
        "problems": [
            {
                "severity": item.severity,
                "code": item.code,
                "sheet": item.sheet,
                "cell": item.cell,
                "field": item.field,
                "found": item.found,
                "expected": item.expected,
                "message": item.message,
                "mend": item.mend,
                "reference": item.reference,
            }
            for item in problems
        ],
    }


def _process(result: InstallationResult | None, index: int, record: dict[str, Any]) -> dict[str, Any]:
    found = result.processes[index] if result else None
    return {
        **record,
        "unit": found.unit if found else "",
        "activity_level": _value(found, "activity_level"),
        "attributed_direct_tco2e": _value(found, "attributed_direct"),
        "attributed_indirect_tco2e": _value(found, "attributed_indirect"),
        "see_direct": _value(found, "see_direct"),
        "see_indirect": _value(found, "see_indirect"),
        "see_indirect_in_scope": _value(found, "see_indirect_in_scope"),
        "see_in_scope": _value(found, "see_in_scope"),
    }


def _totals(result: InstallationResult | None, stated: Mapping[str, Decimal]) -> dict[str, Any]:
    if result is None:
        return {}
    totals = result.totals
    return {
        **{name: shown(getattr(totals, name)) for name in TOTALS},
        "direct_tco2e": shown(totals.direct_tco2e),
        "is_complete": totals.is_complete,
        "stated": _stated_under(stated, "totals."),
    }


def _reconciliation(result: InstallationResult | None) -> dict[str, Any]:
    found = result.reconciliation if result else None
    names = ("installation_direct_tco2e", "energy_units_direct_tco2e", "processes_direct_tco2e", "rest_tco2e", "factor")
    return {**{name: _value(found, name) for name in names}, "is_applied": bool(found and found.is_applied)}


def _good(
    report: InstallationReport,
    result: InstallationResult | None,
    stated: Mapping[str, Decimal],
    index: int,
    product: Product,
) -> dict[str, Any]:
    process = report.process(product.process)
    found = result.products[index] if result else None
    quantity, shared_by = product.quantity, 1
    if quantity is None:
        quantity = process.produced_for_market if process else None
        shared_by = sum(1 for item in report.products if item.process == product.process)
    return {
        "cn": product.cn,
        "name": product.name,
        "variant": product.variant,
        "process": product.process,
        "category": process.category if process else "",
        "route": "; ".join(process.routes_in_use) if process else "",
        "unit": process.unit if process else "",
        "quantity": None if quantity is None else shown(quantity),
        "quantity_shared_by": shared_by,
        "see_unit": f"t CO2e/{process.unit}" if process else "",
        **{name: _value(found, name) for name in (*COMPARED, *OF_SCHEME)},
        "per_functional_unit": _per_functional_unit(found),
        "stated": _stated_under(stated, f"products.{index}."),
        "difference": _differences(stated, result.process(product.process) if result else None, index),
        "parameters": as_record(product.parameters),
        "carbon_price": as_record(product.carbon_price),
    }


def _per_functional_unit(found: ProductResult | None) -> dict[str, str | None] | None:
    per_unit = found.per_functional_unit if found else None
    if per_unit is None:
        return None
    names = ("content", "see_direct", "see_indirect", "see_in_scope")
    return {"unit": per_unit.unit, **{name: _value(per_unit, name) for name in names}}


def _number(found: object, name: str) -> Decimal | None:
    value = getattr(found, name) if found is not None else None
    return value.value if isinstance(value, Node) else value


def _value(found: object, name: str) -> str | None:
    value = _number(found, name)
    return None if value is None else shown(value)


def _stated_under(stated: Mapping[str, Decimal], prefix: str) -> dict[str, str]:
    return {path.removeprefix(prefix): shown(value) for path, value in stated.items() if path.startswith(prefix)}


def _differences(stated: Mapping[str, Decimal], result: ProcessResult | None, index: int) -> dict[str, str]:
    """Stated minus recomputed, where both are there; a source states the mean of the good's process."""
    found = {}
    for name in COMPARED:
        value, computed = stated.get(f"products.{index}.{name}"), _number(result, name)
        if value is not None and computed is not None:
            with exact():
                found[name] = shown(value - computed)
    return found
