"""The rules for reduction units of a release, as one plain record."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Model

from verification.kernel.quantities import plain
from verification.reference.models import HostAgreement, Release, UnitEligibility, UnitLimit, UnitProgramme, UnitType
from verification.reference.selectors.releases import published_release

_TABLES: dict[str, type[Model]] = {
    "programmes": UnitProgramme,
    "types": UnitType,
    "eligibility": UnitEligibility,
    "agreements": HostAgreement,
    "limits": UnitLimit,
}


def unit_rules_record(scheme: str, known_at: datetime | None = None) -> dict[str, Any]:
    """Channels, switches and every row of the unit tables, whatever day it holds: fit for JSON, days as ISO text.

    Numbers are decimal text. The rules of a legal day are picked from it by ``verification.units.rules``. A scheme
    without a section ``units`` has no channel and empty tables. Raises ``MissingReference`` where no release of the
    scheme had been published at the instant.
    """
    return rules_record_of(published_release(scheme, known_at), scheme)


def rules_record_of(release: Release, scheme: str) -> dict[str, Any]:
    """The same of a release that was found already."""
    section = release.definition.get("units", {})
    return {
        "scheme": scheme,
        "release": release.number,
        "content_sha256": release.content_sha256,
        "channels": [_channel(channel) for channel in section.get("channels", ())],
        "switches": {
            name: {"value": switch["value"], "certainty": switch["certainty"], "reference": switch["reference"],
                   "note": switch.get("note", "")}
            for name, switch in section.get("switches", {}).items()
        },
        **{
            name: [_plain_row(row) for row in model._default_manager.filter(release=release)]
            for name, model in _TABLES.items()
        },
    }  # fmt: skip


def _channel(channel: dict[str, Any]) -> dict[str, Any]:
    return {"valid_to": None, "note": "", **channel}


def _plain_row(row: Model) -> dict[str, Any]:
    return {
        field.name: _plain(getattr(row, field.name))
        for field in row._meta.fields
        if field.name not in ("id", "release")
    }


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return plain(value) if isinstance(value, Decimal) else value
