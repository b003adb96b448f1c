"""Choices that a report makes; the value is what sealed records carry."""

from __future__ import annotations

from enum import StrEnum


class StreamMethod(StrEnum):
    """How a source stream is calculated (2025/2547 Annex II, B.3)."""

    COMBUSTION = "combustion"
    PROCESS = "process"
    MASS_BALANCE = "mass_balance"


class PfcMethod(StrEnum):
    """Perfluorocarbon methods (2025/2547 Annex II, B.7)."""

    SLOPE = "slope"
    OVERVOLTAGE = "overvoltage"


class MeasuredGas(StrEnum):
    """Gases that a continuous measurement may report (2025/2547 Annex II, B.6)."""

    CO2 = "co2"
    N2O = "n2o"


class ValueSource(StrEnum):
    """Where the embedded emissions of a bought precursor come from."""

    MEASURED = "measured"
    DEFAULT = "default"
    UNKNOWN = "unknown"
