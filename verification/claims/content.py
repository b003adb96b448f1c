"""What a claim says: the shape of a reading, and of the snapshot that is sealed from it.

A *reading* is what became of an uploaded workbook, or of answers, as plain JSON with decimals as text::

    template      name, version
    installation  name, country, latitude, longitude, … as the workbook gives them
    period        start, end (both days belong to it)
    processes     as read, with attributed emissions
    precursors    as read
    goods         cn, variant, category, sector, scope, process, route, unit, quantity,
                  quantity_shared_by, see_direct, see_indirect, see_total, see_indirect_in_scope,
                  see_in_scope, see_applicable, per_functional_unit, share_default,
                  default_share_indirect, stated, difference,
                  default (value, base, mark_up, edition, reference, warning; or null)
    reconciliation  installation_direct_tco2e, processes_direct_tco2e, factor, is_applied
    balances      heat_tj, waste_gas_tj, electricity_mwh: supplied, used
    precursor_certificates  by number: status, scheme, period_start, period_end, verifier_problem
    problems      severity, code, sheet, cell, field, found, expected, message, mend
    report        the typed content, from which everything else can be computed again

Specific embedded emissions are tCO2e per ``unit``; ``see_applicable`` is the part in the scheme's
scope for the good, precursors by their own scope (2025/2547 Annex I, 3.1). Readings sealed before lack
the later keys.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from verification.claims.models import Claim
from verification.reference.selectors import country_names

SCHEMA = "emissions-claim/1"
IN_SHORT = ("cn", "category", "process", "quantity", "see_direct", "see_applicable")


def emissions_content(claim: Claim) -> dict[str, Any]:
    """The record to seal and to verify: who, where, when, the numbers, the workbook behind them.

    Other evidence may join until the claim is sent; its manifest is recorded with the sending.
    """
    return {
        "schema": SCHEMA,
        "claim": claim.number,
        "scheme": claim.scheme,
        "period": {"start": claim.period_start.isoformat(), "end_exclusive": claim.period_end.isoformat()},
        "operator": operator_content(claim),
        "installation": installation_content(claim),
        "workbook_sha256": claim.template_file.sha256 if claim.template_file else None,
        "reading": claim.reading,
    }


def goods_in_short(reading: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Of each good what other claims are compared with; a reading is a hundred times as large."""
    return [{name: row.get(name) for name in IN_SHORT} for row in reading["goods"]]


def operator_content(claim: Claim) -> dict[str, Any]:
    """The party whose claim it is, as every sealed claim names it."""
    organisation = claim.organisation
    return {
        "name": organisation.name,
        "local_name": organisation.local_name,
        "local_language": organisation.local_language,
        "registration": organisation.registration_number,
        "address": organisation.address,
        "country": organisation.country,
    }


def installation_content(claim: Claim) -> dict[str, Any]:
    """The installation of a claim that is about one."""
    installation = claim.site
    return {
        "code": installation.code,
        "name": installation.name,
        "address": installation.address,
        "city": installation.city,
        "country": installation.country,
        "country_name": country_names(claim.scheme).get(installation.country, installation.country),
        "unlocode": installation.unlocode,
        "latitude": str(installation.latitude),
        "longitude": str(installation.longitude),
        "economic_activity": installation.economic_activity,
    }


def evidence_manifest(claim: Claim) -> list[dict[str, str]]:
    """Purpose, name and SHA-256 of every file that stands in the claim now."""
    return [
        {"purpose": use.purpose, "name": use.file.name, "sha256": use.file.sha256}
        for use in claim.evidence.filter(removed_at=None).select_related("file")
    ]


def decimal_or_none(text: str | None) -> Decimal | None:
    return None if text in (None, "") else Decimal(text)
