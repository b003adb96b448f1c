"""What a carbon price claim says, as the snapshot that is sealed from it.

Plain JSON, decimals and days as text, files by their digest::

    operator, installation   as in a claim of emissions
    instrument               kind, name, law, authority, country, is_binding
    obligation_tco2e         emissions of the year under the instrument; free_allocation_tco2e is part of them
    rates                    yearly averages, in the scheme's currency for one unit
    payments, surrenders, rebates, goods, precursors    rows by position
    blocks                   serials of the credits, each with the position of its surrender
    certifier                the independent person and the certification
    terms                    what the scheme says, see ``price_terms``
    result                   what follows, see ``price_computation``; null with ``gaps`` while something is missing
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Model, QuerySet

from verification.claims.content import installation_content, operator_content
from verification.claims.models import Claim, PriceDetails, UnitBlock
from verification.claims.price_computation import NotCounted, result_record, work_out
from verification.claims.price_terms import PriceTerms, terms_for, terms_record
from verification.claims.unit_content import offered_blocks
from verification.evidence.models import EvidenceFile
from verification.kernel.errors import Problem
from verification.kernel.quantities import plain

PRICE_SCHEMA = "price-claim/1"
SURRENDER = "surrender"
_ROWS = {
    "rates": "pricerate_rows",
    "payments": "pricepayment_rows",
    "surrenders": "pricesurrender_rows",
    "rebates": "pricerebate_rows",
    "goods": "pricedgood_rows",
    "precursors": "priceprecursor_rows",
}
_NOT_SAID = {"id", "claim"}


def price_content(claim: Claim) -> dict[str, Any]:
    """The record to seal, with what follows from it."""
    return _with_result(claim, terms_for(claim))[0]


def price_gaps(claim: Claim) -> list[Problem]:
    """What keeps the price from being worked out; empty when it can be."""
    return _with_result(claim, terms_for(claim))[1]


def _with_result(claim: Claim, terms: PriceTerms) -> tuple[dict[str, Any], list[Problem]]:
    content = _stated(claim) | {"terms": terms_record(terms)}
    try:
        result, problems = result_record(work_out(content, terms)), []
    except NotCounted as reason:
        result, problems = None, [reason.problem]
    return content | {"result": result, "gaps": [problem.message for problem in problems]}, problems


def _stated(claim: Claim) -> dict[str, Any]:
    details: PriceDetails = claim.price_details
    return {
        "schema": PRICE_SCHEMA,
        "claim": claim.number,
        "kind": claim.kind,
        "scheme": claim.scheme,
        "period": {"start": claim.period_start.isoformat(), "end_exclusive": claim.period_end.isoformat()},
        "operator": operator_content(claim),
        "installation": installation_content(claim),
        "instrument": {
            "kind": details.instrument_kind,
            "name": details.instrument_name,
            "law": details.law,
            "authority": details.authority,
            "country": details.country,
            "is_binding": details.is_binding,
        },
        "obligation_tco2e": _said(details.obligation_tco2e),
        "free_allocation_tco2e": _said(details.free_allocation_tco2e),
        **{name: [_row(row) for row in _rows(claim, related)] for name, related in _ROWS.items()},
        "blocks": [_block(block) for block in offered_blocks(claim)],
        "certifier": {
            "name": details.certifier_name,
            "body": details.certifier_body,
            "accreditation": details.certifier_accreditation,
            "accredited_from": _said(details.certifier_accredited_from),
            "accredited_to": _said(details.certifier_accredited_to),
            "certified_on": _said(details.certified_on),
            "statement": details.certification_statement,
            "certification_sha256": details.certification.sha256 if details.certification else None,
        },
        "statement": details.statement,
    }


def _rows(claim: Claim, related: str) -> QuerySet[Any]:
    rows: QuerySet[Any] = getattr(claim, related).all()
    names = [field.name for field in rows.model._meta.fields if field.is_relation and field.name != "claim"]
    return rows.select_related(*names) if names else rows


def _row(row: Model) -> dict[str, Any]:
    """Every field of a row: files by digest, other rows by position."""
    said: dict[str, Any] = {}
    for field in row._meta.fields:
        if field.name in _NOT_SAID:
            continue
        value = getattr(row, field.name)
        if field.is_relation and field.related_model is EvidenceFile:
            said[f"{field.name}_sha256"] = value.sha256 if value else None
        elif field.is_relation:
            said[field.name] = value.position if value else None
        else:
            said[field.name] = _said(value)
    return said


def _block(block: UnitBlock) -> dict[str, Any]:
    return {
        "position": block.position,
        "surrender": block.facts.get(SURRENDER),
        "raw_serial": block.raw_serial,
        "serial": block.serial,
        "family": block.family,
        "family_key": block.family_key,
        "first": block.first,
        "last": block.last,
        "quantity": block.quantity,
        "unit_type": block.unit_type,
        "programme": block.programme,
        "project": block.project,
        "country": block.country,
        "vintage_from": _said(block.vintage_from),
        "vintage_to": _said(block.vintage_to),
    }


def _said(value: Any) -> Any:
    if isinstance(value, Decimal):
        return plain(value)
    return value.isoformat() if isinstance(value, date) else value
