"""The assessments of a certificate of a carbon price: one for each good. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from verification.credentials.dcc_terms import PERCENT, assessment, facility, metric, party, product


def price_assessments(record: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Amounts of money are in words: Recommendation 20 has no code for a currency.

    Whoever certified the payment has not identified product or site; nothing says that it did.
    """
    return [_assessment(record, str(position), row) for position, row in enumerate(record["goods"], start=1)]


def _assessment(record: Mapping[str, Any], key: str, row: Mapping[str, Any]) -> dict[str, Any]:
    price = record["carbon_price"]
    found = assessment(
        record,
        f"good-{key}",
        name=f"Carbon price effectively paid on {row['cn_code']}",
        description=(
            f"{row['description']}. {row['per_t']} {price['currency']} per t of the good, "
            f"{row['per_tco2e']} {price['currency']} per tCO2e, net of rebates; {price['instrument']['name']}."
        ),
    )
    return found | {
        "declaredValue": [
            metric("Specific embedded emissions (tCO2e per t)", row["see_tco2e_per_t"]),
            metric("Share of them on which a price was paid", str(Decimal(row["share_priced"]) * 100), PERCENT),
        ],
        "assessedProduct": [product(record, key, row)],
        "assessedFacility": [facility(record)],
        "auditor": party(f"{record['credential']['id']}#certifier", record["certifier"]["name"]),
    }
