"""A reading as the fixed JSON that ``read_template --json`` and the API give out."""

from __future__ import annotations

from typing import Any

from verification.accounting.calculation import ProcessResult
from verification.accounting.model import InstallationReport, Product
from verification.accounting.record import as_record
from verification.accounting.template.reading import TemplateReading
from verification.accounting.tree import shown
from verification.kernel.quantities import exact

COMPARED = ("see_direct", "see_indirect", "see_total", "default_share", "electricity_mwh_per_unit")


def reading_as_contract(reading: TemplateReading) -> dict[str, Any]:
    """Names are fixed; numbers are text, at most twelve decimals; ``None`` is a missing value.

    ``quantity`` is the production for the market of the good's process in the period: the
    template states quantities by process, so goods of one process share it, and
    ``quantity_shared_by`` counts them.
    """
    report = reading.report or InstallationReport()
    template, record = reading.template, report.as_record()
    return {
        "template": {
            "name": template.name,
            "version": template.version,
            "issued_on": template.issued_on.isoformat() if template.issued_on else None,
            "language": template.language,
        },
        "installation": record["installation"],
        "period": record["period"],
        "verifier": record["verifier"],
        "processes": [_process(reading, index, item) for index, item in enumerate(record["processes"])],
        "precursors": record["precursors"],
        "totals": _totals(reading),
        "goods": [_good(reading, report, index, item) for index, item in enumerate(report.products)],
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
            for item in reading.problems
        ],
    }


def _process(reading: TemplateReading, index: int, record: dict[str, Any]) -> dict[str, Any]:
    result = reading.result.processes[index] if reading.result else None
    level = result.activity_level if result else None
    return {
        **record,
        "unit": result.unit if result else "",
        "activity_level": None if level is None else shown(level),
        "attributed_direct_tco2e": _value(result, "attributed_direct"),
        "attributed_indirect_tco2e": _value(result, "attributed_indirect"),
        "see_direct": _value(result, "see_direct"),
        "see_indirect": _value(result, "see_indirect"),
    }


def _totals(reading: TemplateReading) -> dict[str, Any]:
    if reading.result is None:
        return {}
    totals = reading.result.totals
    computed = {name: shown(value) for name, value in vars(totals).items()}
    return {**computed, "direct_tco2e": shown(totals.direct_tco2e), "stated": _stated_under(reading, "totals.")}


def _good(reading: TemplateReading, report: InstallationReport, index: int, product: Product) -> dict[str, Any]:
    process = report.process(product.process)
    result = reading.result.process(product.process) if reading.result else None
    quantity = process.produced_for_market if process else None
    return {
        "cn": product.cn,
        "name": product.name,
        "process": product.process,
        "category": process.category if process else "",
        "route": "; ".join(process.routes_in_use) if process else "",
        "unit": process.unit if process else "",
        "quantity": None if quantity is None else shown(quantity),
        "quantity_shared_by": sum(1 for item in report.products if item.process == product.process),
        "see_unit": f"t CO2e/{process.unit}" if process else "",
        **{name: _value(result, name) for name in COMPARED},
        "stated": _stated_under(reading, f"products.{index}."),
        "difference": _differences(reading, result, index),
        "parameters": as_record(product.parameters),
        "carbon_price": as_record(product.carbon_price),
    }


def _value(result: ProcessResult | None, name: str) -> str | None:
    found = getattr(result, name) if result else None
    value = getattr(found, "value", found)
    return None if value is None else shown(value)


def _stated_under(reading: TemplateReading, prefix: str) -> dict[str, str]:
    return {
        path.removeprefix(prefix): shown(value)
        for path, value in reading.stated.values.items()
        if path.startswith(prefix)
    }


def _differences(reading: TemplateReading, result: ProcessResult | None, index: int) -> dict[str, str]:
    """Stated minus recomputed, where both are there."""
    found = {}
    for name in COMPARED:
        stated = reading.stated.values.get(f"products.{index}.{name}")
        computed = getattr(result, name) if result else None
        computed = getattr(computed, "value", computed)
        if stated is not None and computed is not None:
            with exact():
                found[name] = shown(stated - computed)
    return found
