"""Certificates of units and of carbon prices as files: what stands on them, for one range and for many."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
import pytest

from tests.factories.unit_certificates import block, many_units, price_record, taken, unit_record
from verification.certificates.fitting import words_of
from verification.certificates.presentation_price import printed_price
from verification.certificates.presentation_units import MOST_TABLE_ROWS, printed_units
from verification.certificates.render import render_certificate
from verification.kernel.canonical import canonical_bytes

pytestmark = pytest.mark.unit

BLOCKS = [block(1, 936487628, 3644), block(2, 100, 5354), block(3, 70_000, 1000)]
CUT = [taken(BLOCKS[0], 3496), taken(BLOCKS[1])]


def pages_of(pdf: bytes) -> int:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return len(document.pages)


def attached(pdf: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        (name,) = document.attachments
        return document.attachments[name].get_file().read_bytes()


def test_a_record_holds_exact_text_and_is_canonical() -> None:
    record = unit_record(BLOCKS, CUT)
    assert canonical_bytes(record)
    assert (record["accepted"], record["returned"], record["offered"]) == ("8850", "148", "9998")
    assert record["units"][0]["returned"] == [["936491124", "936491271"]]
    assert (record["units"][0]["first"], record["units"][0]["last"]) == ("936487628", "936491123")
    assert record["not_accepted"] == [{"position": 3, "serial": BLOCKS[2]["serial"], "quantity": "1000"}]
    assert record["limit"]["base_tco2e"] == "197000.125"


@pytest.mark.parametrize("wrong", [taken(BLOCKS[0]) | {"position": 9}, taken(BLOCKS[0]) | {"quantity": 1}])
def test_what_was_not_sealed_is_not_certified(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="Block"):
        unit_record(BLOCKS, [wrong])


def test_a_scheme_without_limit_prints_none() -> None:
    assert unit_record(BLOCKS, CUT, limit={})["limit"] is None
    assert [row["step"] for row in printed_units(unit_record(BLOCKS, CUT, limit={}), "0" * 64)["steps"]] == [
        "Offered in the claim",
        "Accepted",
    ]


def test_a_cut_block_says_what_counts_and_what_returns() -> None:
    first, second = printed_units(unit_record(BLOCKS, CUT), "0" * 64)["rows"]
    assert (first["range"], first["returned"]) == ("936487628 – 936491123", "936491124 – 936491271")
    assert second["is_cut"] is False
    assert words_of(first["authorisation"]) == "letter REMA/A6/2025/017; CA first transferred"


@pytest.mark.parametrize(
    ("count", "is_short", "has_groups"),
    [(1, True, False), (3, True, False), (6, False, False), (MOST_TABLE_ROWS, False, False), (61, False, True)],
)
def test_few_ranges_stand_on_page_one_and_many_as_lines(count: int, is_short: bool, has_groups: bool) -> None:
    printed = printed_units(many_units(count), "0" * 64)
    assert (printed["is_first_page_enough"], bool(printed["groups"])) == (is_short, has_groups)


def test_every_one_of_many_ranges_is_printed_once() -> None:
    (group,) = printed_units(many_units(1234), "0" * 64)["groups"]
    lines = "\n".join(group["chunks"]).split("\n")
    assert len(lines) == 1234
    assert lines[-1].startswith("G1234 · 19309-6170000-6170999-VCS")


def test_few_ranges_make_two_pages_with_the_record_inside() -> None:
    record = unit_record(BLOCKS, [taken(each) for each in BLOCKS])
    pdf = render_certificate(record)
    assert pages_of(pdf) == 2
    assert attached(pdf) == canonical_bytes(record)
    assert pdf == render_certificate(record)


def test_a_price_certificate_makes_two_pages_with_the_record_inside() -> None:
    record = price_record()
    pdf = render_certificate(record)
    assert pages_of(pdf) == 2
    assert attached(pdf) == canonical_bytes(record)


def test_a_price_certificate_prints_how_the_price_was_found() -> None:
    printed = printed_price(price_record(), "0" * 64)
    figures = {row["step"]: row["figure"].replace("\u202f", " ") for row in printed["steps"]}
    assert figures["Price effectively paid"] == "8.91250"
    assert figures["Credits not counted"] == "400"
    assert figures["Effectively paid"] == "71 300.00"
    (good,) = printed["goods"]
    assert (good["per_t"], good["per_tco2e"], good["see"]) == ("7.13000", "4.45625", "1.60000")


def test_a_price_without_credits_speaks_of_no_draft() -> None:
    assert price_record()["draft"]
    assert price_record(blocks=[])["draft"] == ""


def test_another_kind_is_not_drawn() -> None:
    with pytest.raises(KeyError):
        render_certificate(price_record() | {"kind": "unknown"})
