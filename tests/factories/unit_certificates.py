"""Complete records of unit and carbon price certificates, as their approvals would make them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from tests.factories.certificates import CONTENT, CREDENTIAL, DECISION
from verification.certificates.price_record import build_price_record
from verification.certificates.record import Identity
from verification.certificates.unit_record import build_unit_record

IDENTITY = Identity(
    number="MODEL-BCA-2027-000317",
    code="XW502JFPM8NA",
    check_address="https://verify.example.org/check/XW502JFPM8NA/",
    issued_at=datetime(2027, 3, 18, 9, 42, 17, tzinfo=UTC),
    valid_from=date(2026, 1, 1),
    valid_to=date(2027, 1, 1),
    replaces=None,
    authority="Border Carbon Office",
    scheme="model-bca",
    scheme_name="Model border carbon adjustment after Mehling and others (2019)",
    legal_basis="Model rule of this pack; Carbon Pricing Act 2018 (Singapore), section 33B",
    is_specimen=True,
    credential=CREDENTIAL,
)
PERIOD = {"start": "2026-01-01", "end_exclusive": "2027-01-01"}
HOLDER = {
    "name": "Nordhavn Stålimport A/S",
    "local_name": "",
    "registration": "DK 10000319",
    "address": "Havnegade 1, København",
    "country": "DK",
}
LETTER = {
    "host_country": "RW",
    "reference": "REMA/A6/2025/017",
    "issued_on": "2025-06-02",
    "version": "",
    "purposes": ["OIMP"],
    "project": "4150",
    "quantity": 50_000,
    "status": "valid",
    "document_sha256": "d" * 64,
}
LIMIT: dict[str, Any] = {
    "policy": "icc-5-percent",
    "reference": "Carbon Pricing Act 2018 (Singapore), section 33B",
    "percent": Decimal(5),
    "base": "taxable",
    "base_tco2e": Decimal("197000.125"),
    "adjustable_tco2e": Decimal("197000.125"),
    "own_t": 9850,
    "carry_t": 0,
    "limit_t": 9850,
    "used_t": 0,
    "remaining_t": 9850,
    "classes": [
        {"unit_class": "A6", "claimed": 9998, "accepted": 9850, "excess": 148, "sublimit_t": None, "credit_t": 9850}
    ],
}


def block(position: int, first: int = 1, quantity: int = 1000) -> dict[str, Any]:
    """A block of a sealed unit claim."""
    last = first + quantity - 1
    return {
        "position": position,
        "raw_serial": f"19309-{first}-{last}-VCS-VCU-1491-VER-RW-3-4150-01102024-31122024-1",
        "serial": f"19309-{first}-{last}-VCS-VCU-1491-VER-RW-3-4150-01102024-31122024-1",
        "family": "verra",
        "first": first,
        "last": last,
        "quantity": quantity,
        "unit_type": "VCU",
        "programme": "verra",
        "project": "4150",
        "country": "RW",
        "vintage_from": "2024-10-01",
        "vintage_to": "2024-12-31",
        "event": "retirement",
        "event_on": "2027-02-26",
        "beneficiary": HOLDER["name"],
        "purpose": "Model BCA 2026",
        "authorisation": LETTER["reference"],
        "adjustment_state": "first_transferred",
    }


def taken(offered: dict[str, Any], quantity: int | None = None) -> dict[str, Any]:
    """What is accepted of a block: all of it, or its first units."""
    count = offered["quantity"] if quantity is None else quantity
    last = offered["first"] + count - 1
    return {
        "position": offered["position"],
        "serial": offered["serial"],
        "first": offered["first"],
        "last": last,
        "quantity": count,
        "returned": [] if count == offered["quantity"] else [[last + 1, offered["last"]]],
    }


def unit_record(blocks: list[dict[str, Any]], accepted: list[dict[str, Any]], **values: Any) -> dict[str, Any]:
    content = {
        "claim": "UC-2027-000042",
        "claimant": HOLDER,
        "period": PERIOD,
        "channel": "surrender_with_limit",
        "blocks": blocks,
        "authorisations": [LETTER],
    }
    given: dict[str, Any] = {
        "content": content,
        "decision": DECISION,
        "accepted": accepted,
        "limit": LIMIT,
        "evidence_sha256": "7c" * 32,
        "snapshot_sha256": "5d" * 32,
    }
    return build_unit_record(IDENTITY, **(given | values))


def many_units(count: int) -> dict[str, Any]:
    """A record of ``count`` ranges, each accepted whole."""
    blocks = [block(position, first=position * 5000) for position in range(1, count + 1)]
    return unit_record(blocks, [taken(each) for each in blocks])


def price_content(goods: int = 1) -> dict[str, Any]:
    """A sealed carbon price claim with its result: the seventh vector."""
    codes = [f"{72142000 + number}" for number in range(goods)]
    rows = enumerate(codes, start=1)
    return {
        "claim": "PC-2027-000007",
        "period": PERIOD,
        "operator": CONTENT["operator"],
        "installation": CONTENT["installation"],
        "instrument": {
            "kind": "national_ets",
            "name": "Turkish emissions trading system",
            "law": "Climate Law No. 7552, Article 9",
            "authority": "Directorate of Climate Change",
            "country": "TR",
            "is_binding": True,
        },
        "free_allocation_tco2e": "0",
        "rates": [
            {"position": 1, "currency": "TRY", "per_unit": "0.0213", "year": 2026, "is_yearly_average": True,
             "source": "European Central Bank"},
        ],
        "surrenders": [{"position": 3, "kind": "article_6_credit"}],
        "goods": [
            {"position": position, "code": code, "description": "Bars and rods, hot-rolled",
             "certificate_number": "EU-CBAM-2027-004182"}
            for position, code in rows
        ],
        "blocks": [block(1, first=9_970_001, quantity=1200) | {"surrender": 3}],
        "certifier": {
            "name": "Deniz Aksoy",
            "body": "Turkish Accreditation Agency",
            "accreditation": "AB-0042-P",
            "accredited_from": "2026-01-01",
            "accredited_to": "2028-12-31",
            "certified_on": "2027-03-05",
            "certification_sha256": "c" * 64,
        },
        "terms": {
            "credit_cap_share": "0.10",
            "draft": "Draft implementing act on Article 9 of Regulation (EU) 2023/956, 13 May 2026",
        },
        "result": {
            "currency": "EUR",
            "obligation_tco2e": "8000",
            "paid": "0",
            "surrendered_cost": "71300",
            "surrendered_cost_uncapped": "76100",
            "credit_cap_t": "800",
            "credits_counted_t": "800",
            "credits_not_counted_t": "400",
            "rebated": "0",
            "is_void": False,
            "net": "71300",
            "per_tco2e": "8.9125",
            "goods": [
                {"position": position, "code": code, "own_per_t": "7.13", "precursors_per_t": "0", "per_t": "7.13",
                 "see_tco2e_per_t": "1.6", "per_tco2e": "4.45625", "share_priced": "0.5"}
                for position, code in enumerate(codes, start=1)
            ],
        },
    }  # fmt: skip


def price_record(goods: int = 1, **changes: Any) -> dict[str, Any]:
    return build_price_record(
        replace(IDENTITY, number="EU-CBAM-2027-000318"),
        content=price_content(goods) | changes,
        decision=DECISION,
        evidence_sha256="7c" * 32,
        snapshot_sha256="5d" * 32,
    )
