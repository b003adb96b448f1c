"""Files of reports: the PDF keeps the structural rules, says what it is on every page and carries the data."""

from __future__ import annotations

import io
import json
import subprocess
from dataclasses import replace

import pikepdf
import pytest

from tests.factories.disclosure import example_source
from verification.disclosure.documents.shape import Kind
from verification.disclosure.documents.summary import summary_report
from verification.disclosure.presentation import printed, shown_value
from verification.disclosure.render import file_stem, render_json, render_pdf

pytestmark = pytest.mark.unit
SEALED = {"snapshot": 2, "sha256": "ab" * 32, "sealed_at": "2027-03-01T10:00:00Z"}


def sealed_report(**changes):
    source = example_source("cement")
    return summary_report(replace(source, **(SEALED | changes)))


@pytest.fixture(scope="module")
def sealed_pdf() -> bytes:
    return render_pdf(sealed_report())


@pytest.fixture(scope="module")
def draft_pdf() -> bytes:
    return render_pdf(summary_report(example_source("cement")))


def pages(pdf: bytes) -> list[str]:
    text = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True).stdout
    return text.decode().split("\f")[:-1]


def test_sealed_report_says_on_every_page_what_it_rests_on(sealed_pdf):
    told = pages(sealed_pdf)
    assert len(told) > 1
    assert all("Snapshot 2 · abababababababab" in page for page in told)
    assert "abababab abababab abababab abababab" in told[0]
    assert not any("DRAFT" in page for page in told)


def test_draft_says_so_on_every_page(draft_pdf):
    told = pages(draft_pdf)
    assert len(told) > 1
    assert all("DRAFT, numbers not sealed" in page for page in told)


def test_pdf_is_tagged_and_has_language_and_title(sealed_pdf):
    with pikepdf.open(io.BytesIO(sealed_pdf)) as document:
        assert bool(document.Root.MarkInfo.Marked)
        assert str(document.Root.Lang) == "en"
        metadata = document.open_metadata()
        assert metadata["pdfaid:part"] == "3"
        assert metadata["pdfuaid:part"] == "1"
        assert "summary emissions report" in str(metadata["dc:title"])


def test_pdf_carries_the_record(sealed_pdf):
    with pikepdf.open(io.BytesIO(sealed_pdf)) as document:
        ((name, attached),) = document.attachments.items()
        assert name == "EC-2027-000001_operator-summary-report_snapshot-2.json"
        assert json.loads(attached.get_file().read_bytes()) == sealed_report().as_record()


def test_sealed_report_gives_the_same_bytes_every_time(sealed_pdf):
    assert render_pdf(sealed_report()) == sealed_pdf


def test_json_is_the_record():
    assert json.loads(render_json(sealed_report())) == sealed_report().as_record()


def test_file_names_tell_draft_from_sealed():
    assert file_stem(sealed_report()) == "EC-2027-000001_operator-summary-report_snapshot-2"
    assert file_stem(summary_report(example_source("cement"))) == "EC-2027-000001_operator-summary-report_draft"


@pytest.mark.parametrize(
    ("value", "kind", "decimals", "shown"),
    [
        (None, Kind.NUMBER, 0, "–"),
        ("0", Kind.NUMBER, 0, "0"),
        ("1234567.5", Kind.NUMBER, 0, "1\u202f234\u202f568"),
        ("-0.000005", Kind.NUMBER, 5, "−0.00001"),
        ("0.1234567", Kind.NUMBER, None, "0.123457"),
        ("0.035209", Kind.SHARE, None, "3.5\u202f%"),
        ("2026-12-31", Kind.DATE, None, "31\u00a0Dec\u00a02026"),
        (False, Kind.YES_NO, None, "No"),
        ("E1", Kind.CODE, None, "E1"),
    ],
)
def test_values_are_shown_rounded_half_up_and_missing_ones_as_missing(value, kind, decimals, shown):
    assert shown_value(value, kind, decimals=decimals) == shown


def test_customs_codes_are_grouped():
    shown = printed(sealed_report())
    (table,) = [each for each in shown["items"][3].tables if each.title == "Direct embedded emissions"]
    assert table.rows[0][0].text == "2523 29 00"


def test_template_escapes_what_people_typed():
    source = example_source("cement")
    source.content["operator"]["name"] = "<img src=file:///etc/passwd>"
    told = "".join(pages(render_pdf(summary_report(source))))
    assert "<img src=file:///etc/passwd>" in told
