"""The rules, one module a topic; importing them fills the catalogue."""

from verification.checks.rules import (
    carbon_price,
    completeness,
    dates,
    electricity,
    evidence,
    heat,
    identity,
    plausibility,
    precursor_supplies,
    precursors,
    statement,
    streams,
    streams_physics,
    sums,
    verifier,
)

__all__ = [
    "carbon_price",
    "completeness",
    "dates",
    "electricity",
    "evidence",
    "heat",
    "identity",
    "plausibility",
    "precursor_supplies",
    "precursors",
    "statement",
    "streams",
    "streams_physics",
    "sums",
    "verifier",
]
