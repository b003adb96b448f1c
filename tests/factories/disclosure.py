"""Contents of claims without a database, from the invented reports; and sealed numbers with an addendum."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

from verification.accounting.calculation import calculate
from verification.accounting.examples import example_report
from verification.accounting.model import InstallationReport
from verification.accounting.rules import AccountingRules
from verification.accounting.template import report_as_contract
from verification.claims.models import Snapshot
from verification.disclosure.documents.source import FreeAllocation, Source
from verification.kernel import clock
from verification.kernel.canonical import canonical_bytes, sha256_of

RULES = AccountingRules(
    indirect_scope={"Cement": True, "Mixed fertilisers": True, "Crude steel": False, "Iron or steel products": False,
                    "Hydrogen": False, "Electricity (export to EU)": False},
    functional_unit={"Cement": "clinker_factor"},
)  # fmt: skip


def content_with(report: InstallationReport, rules: AccountingRules = RULES) -> dict[str, Any]:
    """What a claim with this report would hold; each good in the scope of its category."""
    result = calculate(report, rules=rules)
    reading = report_as_contract(report, result)
    for row in reading["goods"]:
        counts = rules.has_indirect_in_scope(row["category"])
        row["scope"] = "" if counts is None else "direct_and_indirect" if counts else "direct"
        row["share_default"] = row["default_share"]
    reading["report"] = report.as_record()
    end = report.period.ends_on
    assert report.period.starts_on is not None
    assert end is not None
    return {
        "schema": "emissions-claim/1",
        "claim": "EC-2027-000001",
        "scheme": "eu-cbam",
        "period": {
            "start": report.period.starts_on.isoformat(),
            "end_exclusive": (end + timedelta(days=1)).isoformat(),
        },
        "operator": {"name": "Test Works", "registration": "1-2-3", "address": "1 Test Road", "country": "IN"},
        "installation": {
            "code": "IN-0001",
            "name": "Test Works, Pune",
            "address": "1 Test Road",
            "city": "Pune",
            "country": "IN",
            "country_name": "India",
            "unlocode": "INPNQ",
            "latitude": "18.520000",
            "longitude": "73.850000",
        },
        "workbook_sha256": None,
        "reading": reading,
    }


def source_with(report: InstallationReport, *allocations: FreeAllocation, rules: AccountingRules = RULES) -> Source:
    return Source(content_with(report, rules), rules, allocations)


def example_source(name: str, **changes: object) -> Source:
    """The invented report ``name`` with some of its parts replaced."""
    return source_with(replace(example_report(name), **changes))  # type: ignore[arg-type]


def addendum_of(sealed: Snapshot, eori: str = "DE123456789012345") -> Snapshot:
    """The same numbers sealed again, with an addendum for a declarant."""
    content = json.loads(sealed.content)
    content["reading"]["report"]["electricity_addenda"] = [
        {
            "id": "A1",
            "declarant_eori": eori,
            "amount_mwh": "500",
            "contract_confirmed": True,
            "congestion_confirmed": None,
            "capacity_confirmed": True,
        }
    ]
    return sealed.claim.snapshots.create(
        number=9,
        content=canonical_bytes(content).decode(),
        sha256=sha256_of(content),
        sealed_at=clock.now(),
        sealed_by=sealed.sealed_by,
    )
