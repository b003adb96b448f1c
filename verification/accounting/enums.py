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


class BiomassProof(StrEnum):
    """Whether biomass may be rated zero (2025/2547 Annex II, B.3.3)."""

    PROVEN = "proven"
    UNPROVEN = "unproven"


class TransferDirection(StrEnum):
    """Which way CO2 crosses the boundary of the installation (2025/2547 Annex II, B.8)."""

    IN = "in"
    OUT = "out"


class TransferPurpose(StrEnum):
    """What becomes of transferred CO2 (2025/2547 Annex II, B.8)."""

    STORAGE = "geological_storage"
    BINDING = "permanent_binding"
    OTHER = "other_use"


class HeatKind(StrEnum):
    """Where measurable heat comes from (2025/2547 Annex III, A.2.1)."""

    BOILER = "boiler"
    BOUGHT_VERIFIED = "bought_verified"
    BOUGHT_UNVERIFIED = "bought_unverified"
    EXOTHERMIC = "exothermic"
    ELECTRIC = "electric"


class ElectricityKind(StrEnum):
    """Where electricity comes from (2025/2547 Annex II, D.4)."""

    GRID = "grid"
    DIRECT_LINE = "direct_line"
    POWER_PURCHASE_AGREEMENT = "power_purchase_agreement"
    OWN_CHP = "own_chp"
    OWN_SEPARATE = "own_separate"
