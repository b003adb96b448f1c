"""The typed content of an installation's emissions report.

Numbers are exact decimals in the unit that the field name carries; ``None`` is a number that
was not given, never zero. Per-unit values are per ``Process.unit``, the template's own unit of
the goods category: tonne of good (also for cement and fertilisers), MWh for electricity.
``sources`` tells the workbook cell ("Sheet!L54") behind each value by its path in the record
("processes.0.direct_emissions_tco2e").
"""

from verification.accounting.model.energy import (
    ChpUnit,
    ElectricityAddendum,
    ElectricitySource,
    EnteredTotals,
    HeatSource,
)
from verification.accounting.model.precursors import Precursor, Supply
from verification.accounting.model.processes import (
    CarbonPrice,
    Consumption,
    CoProduct,
    EnergyFlow,
    GoodsCategory,
    Process,
    Product,
    RouteAmount,
)
from verification.accounting.model.report import InstallationReport
from verification.accounting.model.site import DataQuality, Installation, MonitoringPlan, OtherGood, Period, Verifier
from verification.accounting.model.streams import Co2Transfer, DataGap, MeasuredSource, PfcStream, Share, SourceStream

__all__ = [
    "CarbonPrice",
    "ChpUnit",
    "Co2Transfer",
    "CoProduct",
    "Consumption",
    "DataGap",
    "DataQuality",
    "ElectricityAddendum",
    "ElectricitySource",
    "EnergyFlow",
    "EnteredTotals",
    "GoodsCategory",
    "HeatSource",
    "Installation",
    "InstallationReport",
    "MeasuredSource",
    "MonitoringPlan",
    "OtherGood",
    "Period",
    "PfcStream",
    "Precursor",
    "Process",
    "Product",
    "RouteAmount",
    "Share",
    "SourceStream",
    "Supply",
    "Verifier",
]
