"""The scheme's rules for units that a claim is judged by: those known when it was sealed, else those of now."""

from __future__ import annotations

from functools import lru_cache

from verification.claims.models import Claim
from verification.reference.models import Release
from verification.reference.selectors import published_release
from verification.reference.selectors.units import rules_record_of
from verification.units.rules import UnitRules


def rules_for(claim: Claim) -> UnitRules:
    """Rules of the release that is in force for the claim: a sent claim keeps those of the day it was sent."""
    release = published_release(claim.scheme, claim.submitted_at)
    return _rules_of(release, claim.scheme, release.content_sha256)


@lru_cache(maxsize=64)
def _rules_of(release: Release, scheme: str, _content_sha256: str) -> UnitRules:
    """Read once in a process: what a release says never changes."""
    return UnitRules.from_record(rules_record_of(release, scheme))


def programme_of(rules: UnitRules, family: str, unit_type: str) -> str:
    """Code of the programme that issues the unit: by its type, else the only one with such serials; else empty."""
    by_type = {row.programme for row in rules.types if row.code == unit_type and row.programme}
    found = by_type or {row.code for row in rules.programmes if row.serial_family == family}
    return found.pop() if len(found) == 1 else ""


def class_of(rules: UnitRules, unit_type: str) -> str:
    """The class that sub-limits and factors speak of; the type itself where the scheme names none."""
    found = {row.unit_class for row in rules.types if row.code == unit_type}
    return found.pop() if len(found) == 1 else unit_type
