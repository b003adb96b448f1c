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

__all__ = [
    "Benchmark",
    "Country",
    "DefaultValue",
    "Edition",
    "Good",
    "GoodsCategory",
    "Parameter",
    "Release",
    "Scheme",
]
