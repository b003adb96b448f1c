"""Unit claims in the shapes of others: documented names only, nothing invented, nothing lost."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from typing import Any

import pytest

from tests.factories.unit_certificates import LETTER, block
from verification.units.exports import (
    ExportBlock,
    ExportLetter,
    actions_csv,
    blocks_of,
    cad_trust_units,
    cdop_credits,
    holdings_csv,
)

pytestmark = pytest.mark.unit

CAD_TRUST_NAMES = {
    "unit_serial_id", "unit_start_block", "unit_end_block", "unit_count", "unit_type", "unit_vintage_year",
    "unit_status", "unit_status_reason", "unit_status_date", "unit_retirement_detail", "unit_retirement_beneficiary",
    "unit_retirement_beneficiary_id", "unit_link", "unit_metric", "unit_current_owner", "unit_itmos_reference_id",
}  # fmt: skip
BARE = ExportBlock("ACR-1", "ACR-1", "acr", 5, 9, 5)
FULL = blocks_of(
    {
        "blocks": [block(1, first=936487628, quantity=3644) | {"facts": {"event_reason": "Compliance"}}],
        "authorisations": [LETTER | {"first_transfer_trigger": "use or cancellation"}],
    }
)[0]


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_a_sealed_claim_is_read_block_by_block() -> None:
    assert (FULL.first, FULL.last, FULL.quantity, FULL.vintage_year) == (936487628, 936491271, 3644, "2024")
    assert FULL.letter == ExportLetter("RW", "REMA/A6/2025/017", "2025-06-02", ("OIMP",), "use or cancellation")


def test_a_range_that_does_not_count_is_refused() -> None:
    with pytest.raises(ValueError, match="are not 6 units"):
        replace(BARE, quantity=6)


def test_cad_trust_record_has_documented_names_and_text() -> None:
    (unit,) = cad_trust_units([FULL])
    assert set(unit) <= CAD_TRUST_NAMES
    assert unit == {
        "unit_serial_id": "19309-936487628-936491271-VCS-VCU-1491-VER-RW-3-4150-01102024-31122024-1",
        "unit_start_block": "936487628",
        "unit_end_block": "936491271",
        "unit_count": "3644",
        "unit_metric": "tCO2e",
        "unit_vintage_year": "2024",
        "unit_status": "Retired",
        "unit_status_reason": "Compliance",
        "unit_status_date": "2027-02-26",
        "unit_retirement_beneficiary": "Nordhavn Stålimport A/S",
        "unit_retirement_detail": "Model BCA 2026",
    }


def test_what_is_not_known_is_left_out() -> None:
    assert set(cad_trust_units([BARE])[0]) == {
        "unit_serial_id", "unit_start_block", "unit_end_block", "unit_count", "unit_metric",
    }  # fmt: skip
    assert cdop_credits([BARE]) == [
        {
            "unit": {
                "descriptor": [{"metric": "tCO2e"}],
                "reference": [{"serial_number": "ACR-1"}],
                "credit_block": [{"block_start": 5, "block_end": 9, "quantity": 5}],
            }
        }
    ]


def test_cdop_record_counts_in_whole_numbers_and_keeps_the_status() -> None:
    (credit,) = cdop_credits([FULL])
    assert credit["unit"]["credit_block"] == [{"block_start": 936487628, "block_end": 936491271, "quantity": 3644}]
    assert credit["unit"]["status"] == [{"status": "Retired", "status_reason": "Compliance", "is_current": True}]
    assert credit["unit"]["descriptor"] == [{"metric": "tCO2e", "type": "VCU"}]
    assert credit["project"] == {"current_registry_project_id": "4150"}
    assert credit["vintage"] == {"vintage": "2024-10-01"}
    assert "owner_account_id" not in credit["unit"]


@pytest.mark.parametrize(("event", "status"), [("retirement", "Retired"), ("cancellation", "Cancelled")])
def test_both_ends_of_a_unit_have_their_word(event: str, status: str) -> None:
    ended = replace(BARE, event=event, event_on="2027-01-02")
    assert cad_trust_units([ended])[0]["unit_status"] == status
    assert cdop_credits([ended])[0]["unit"]["status"][0]["status"] == status


def test_actions_have_the_columns_of_the_agreed_format() -> None:
    text = actions_csv([FULL])
    assert text.splitlines()[0] == (
        "Article 6 database record ID,Cooperative approach,First unique identifier,Last unique identifier,"
        "Underlying unit block start ID,Underlying unit block last ID,Metric,Quantity (in metric),Quantity (t CO2 eq),"
        "Conversion factor (reporting Party),First transferring participating Party,Vintage,Sector(s),Activity type(s),"
        "Date of authorization,Authorization ID,Purposes for authorization,OIMP authorized by the Party,"
        "First transfer definition,Action date,Action type,Transferring participating Party,"
        "Acquiring participating Party,Purposes for cancellation,Using participating Party or authorized entity,"
        "First transfer"
    )
    (row,) = rows_of(text)
    said: dict[str, Any] = {name: value for name, value in row.items() if value}
    assert said == {
        "Underlying unit block start ID": "936487628",
        "Underlying unit block last ID": "936491271",
        "Metric": "GHG",
        "Quantity (t CO2 eq)": "3644",
        "First transferring participating Party": "RW",
        "Vintage": "2024",
        "Date of authorization": "2025-06-02",
        "Authorization ID": "REMA/A6/2025/017",
        "Purposes for authorization": "OIMP",
        "First transfer definition": "use or cancellation",
        "Action date": "2027-02-26",
        "Action type": "Use",
        "Using participating Party or authorized entity": "Nordhavn Stålimport A/S",
    }


def test_holdings_end_before_the_details_of_actions() -> None:
    held = replace(FULL, event="not_yet", event_on="")
    assert holdings_csv([]).strip().split(",")[-1] == "First transfer definition"
    assert [row["Quantity (t CO2 eq)"] for row in rows_of(holdings_csv([held, FULL]))] == ["3644"]
    assert rows_of(actions_csv([held])) == []


def test_only_units_under_article_6_are_rows() -> None:
    assert rows_of(holdings_csv([BARE])) == []
    itmo = ExportBlock("CA0004-VU-CH-356-1-3000-2023", "CA0004-VU-CH-356-1-3000-2023", "itmo", 1, 3000, 3000)
    (row,) = rows_of(holdings_csv([itmo]))
    assert (row["Cooperative approach"], row["First unique identifier"]) == ("CA0004", itmo.serial)
    assert row["Underlying unit block start ID"] == ""


def test_text_is_no_formula() -> None:
    (row,) = rows_of(actions_csv([replace(FULL, beneficiary="=HYPERLINK(1)")]))
    assert row["Using participating Party or authorized entity"] == "'=HYPERLINK(1)"
