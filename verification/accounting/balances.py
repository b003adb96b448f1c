"""Heat, waste gas and electricity of the installation: what is supplied, and what its processes use.

Implementing Regulation (EU) 2025/2547, Annex IV, 1.1, item 17. A side that nobody states, or not wholly,
is ``None``. More may be supplied than used: the rest is lost, sold or used for other goods.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from verification.accounting.model import InstallationReport
from verification.accounting.tree import shown
from verification.kernel.quantities import exact


@dataclass(frozen=True)
class Balance:
    supplied: Decimal | None
    used: Decimal | None

    def as_record(self) -> dict[str, str | None]:
        return {name: None if value is None else shown(value) for name, value in vars(self).items()}


def balances_of(report: InstallationReport) -> Mapping[str, Balance]:
    """By ``heat_tj``, ``waste_gas_tj`` and ``electricity_mwh``."""
    return {
        "heat_tj": Balance(_heat_supplied(report), _stated(item.heat.imported_tj for item in report.processes)),
        "waste_gas_tj": Balance(
            _stated(item.waste_gas.exported_tj for item in report.processes),
            _stated(item.waste_gas.imported_tj for item in report.processes),
        ),
        "electricity_mwh": Balance(
            _electricity_supplied(report), _stated(item.electricity_mwh for item in report.processes)
        ),
    }


def _heat_supplied(report: InstallationReport) -> Decimal | None:
    """Sources and units; what processes give counts where it is not the heat of a source listed."""
    listed = [item.amount_tj for item in report.heat_sources] + [item.heat_tj for item in report.chp_units]
    given_off = [item.heat.exported_tj for item in report.processes if not item.heat.export_source]
    return _whole([*listed, *(amount for amount in given_off if amount is not None)])


def _electricity_supplied(report: InstallationReport) -> Decimal | None:
    """Sources, and the units that no source names."""
    named = {item.chp_unit for item in report.electricity_sources}
    units = [item.electricity_mwh for item in report.chp_units if item.id not in named]
    return _whole([*(item.amount_mwh for item in report.electricity_sources), *units])


def _whole(amounts: list[Decimal | None]) -> Decimal | None:
    """The sum where there is something and all of it is stated."""
    return None if not amounts or None in amounts else _stated(amounts)


def _stated(amounts: Iterable[Decimal | None]) -> Decimal | None:
    """The sum of what is stated; ``None`` where nothing is."""
    known = [amount for amount in amounts if amount is not None]
    if not known:
        return None
    with exact():
        return sum(known, Decimal(0))
