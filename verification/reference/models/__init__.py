"""Dated law as data: releases, the editions in them, and their rows."""

from verification.reference.models.releases import Edition, Release, Scheme
from verification.reference.models.tables import (
    Benchmark,
    Country,
    DefaultValue,
    Good,
    GoodsCategory,
    Parameter,
)
from verification.reference.models.units import HostAgreement, UnitEligibility, UnitLimit, UnitProgramme, UnitType

__all__ = [
    "Benchmark",
    "Country",
    "DefaultValue",
    "Edition",
    "Good",
    "GoodsCategory",
    "HostAgreement",
    "Parameter",
    "Release",
    "Scheme",
    "UnitEligibility",
    "UnitLimit",
    "UnitProgramme",
    "UnitType",
]
