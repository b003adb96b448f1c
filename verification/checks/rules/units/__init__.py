"""Rules about unit claims, one module a group; importing them fills the catalogue."""

from verification.checks.rules.units import (
    authorisation,
    beneficiary,
    doubles,
    eligibility,
    evidence,
    limits,
    methodology,
    retirement,
    serials,
)

__all__ = [
    "authorisation",
    "beneficiary",
    "doubles",
    "eligibility",
    "evidence",
    "limits",
    "methodology",
    "retirement",
    "serials",
]
