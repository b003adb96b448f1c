"""What of a file the viewer shows, and that nothing of the file itself reaches the page."""

from __future__ import annotations

import io
import json
from collections.abc import Callable

import pytest
from PIL import Image

from portal.ui.viewer import kept
from portal.ui.viewer.shown import Shown, shown
from tests.factories.evidence import document_of, pdf_of, picture_of, stored, workbook_of
from tests.factories.files import archive
from verification.evidence.models import EvidenceFile
from verification.kernel.confined import Limits

pytestmark = [pytest.mark.db, pytest.mark.django_db]
Store = Callable[[bytes, str], EvidenceFile]


@pytest.fixture
def store(acting, settings, tmp_path) -> Store:
    settings.VAR_DIR = tmp_path
    return lambda content, name: stored(content, name, actor=acting("producer"))


def _texts(view: Shown) -> dict[str, str]:
    return {cell.address: cell.words for _row, cells in view.content["rows"] for cell in cells if cell.words}


def test_page_of_a_pdf_with_its_words_and_the_pages_around_it(store):
    view = shown(store(pdf_of("First page", "Second page", "Third page"), "report.pdf"), "2")
    assert (view.said, view.previous, view.next, view.content["text"]) == ("Page 2 of 3", "1", "3", "Second page")


@pytest.mark.parametrize(("at", "page"), [("", 1), ("0", 1), ("x", 1), ("-1", 1), ("99", 2)])
def test_page_that_is_none_is_the_nearest(at, page, store):
    view = shown(store(pdf_of("First page", "Second page"), "report.pdf"), at)
    assert view.content["page"] == page


def test_picture_of_a_page_is_a_new_picture_of_bounded_size(store):
    drawn = kept.picture(store(pdf_of("Words"), "report.pdf"), "page_picture", {"page": 1})
    with Image.open(io.BytesIO(drawn)) as picture:
        assert (picture.format, picture.size) == ("WEBP", (1200, 1600))
        assert picture.convert("L").getextrema()[0] < 100, "the words are on it"


def test_picture_is_drawn_anew_without_what_was_hidden_in_it(store):
    content = picture_of(4000, 1000, "JPEG", comment=b"<script>alert(1)</script>")
    drawn = kept.picture(store(content, "photo.jpg"), "picture", {})
    with Image.open(io.BytesIO(drawn)) as picture:
        assert (picture.format, picture.size) == ("WEBP", (1600, 400))
    assert b"script" not in drawn


def test_cell_that_was_asked_for_is_marked_among_its_neighbours(store):
    content = workbook_of({"Cover": {"A1": "Title"}, "E_PurchPrec": {"B2": "Pig iron", "L130": 1.625}})
    view = shown(store(content, "template.xlsx"), "E_PurchPrec!L130")
    assert (_texts(view), view.content["sheet"]) == ({"L130": "1.625"}, "E_PurchPrec")
    assert [cell.address for _row, cells in view.content["rows"] for cell in cells if cell.is_marked] == ["L130"]
    assert (view.said, view.previous, view.next) == ("Rows 121 to 130 of 130", "E_PurchPrec!A61", "")


def test_empty_cell_that_was_asked_for_is_shown(store):
    content = workbook_of({"Data": {"A1": "Name", "C9": "last"}})
    view = shown(store(content, "data.xlsx"), "Data!B4")
    assert view.content["columns"] == ["A", "B", "C"]
    assert [number for number, _cells in view.content["rows"]] == [1, 4, 9]


def test_workbook_opens_on_its_first_visible_sheet(store):
    content = workbook_of({"Lists": {"A1": "x"}, "Data": {"A1": "y"}}, hidden=("Lists",))
    view = shown(store(content, "data.xlsx"), "Nowhere!B4")
    assert view.content["sheet"] == "Data"
    assert view.content["sheets"] == [{"name": "Lists", "is_hidden": True}, {"name": "Data", "is_hidden": False}]


def test_wide_sheet_is_shown_in_parts(store):
    content = workbook_of({"Data": {"A1": "left", "BA1": "right"}})
    file = store(content, "data.xlsx")
    view = shown(file, "Data!A1")
    assert (_texts(view), view.content["right"]) == ({"A1": "left"}, "Data!AO1")
    assert _texts(shown(file, view.content["right"])) == {"BA1": "right"}


def test_lines_of_a_text_with_their_numbers(store):
    content = "\n".join(f"row {number};x" for number in range(1, 702)).encode()
    view = shown(store(content, "meter.csv"), "650")
    assert (view.said, view.previous, view.next) == ("Lines 601 to 701 of 701", "301", "")
    assert view.content["lines"][0] == (601, "row 601;x")


def test_data_in_one_line_is_shown_part_by_part(store):
    view = shown(store(json.dumps({"site": {"name": "Aliağa"}}).encode(), "data.json"), "")
    assert [line for _number, line in view.content["lines"]] == [
        "{", '  "site": {', '    "name": "Aliağa"', "  }", "}",
    ]  # fmt: skip


def test_words_of_a_document(store):
    view = shown(store(document_of("Purchase contract", "Price: 12 EUR"), "contract.docx"), "")
    assert view.content["lines"] == [(1, "Purchase contract"), (2, "Price: 12 EUR")]


def test_document_that_points_elsewhere_is_not_read(store):
    file = store(document_of("x"), "contract.docx")
    entity = b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY e SYSTEM "file:///etc/passwd">]><w>&e;</w>'
    with file.file.open("wb") as target:
        target.write(archive({"word/document.xml": entity}))
    assert shown(file, "").part == "components/viewer_failed.html"


def test_damaged_picture_is_told(store):
    file = store(b"\x89PNG\r\n\x1a\n" + b"\x00" * 200, "damaged.png")
    with pytest.raises(kept.CannotBeShown):
        kept.picture(file, "picture", {})


def test_picture_of_too_many_points_is_not_drawn(store):
    with pytest.raises(kept.CannotBeShown):
        kept.picture(store(picture_of(9000, 9000), "huge.png"), "picture", {})


def test_reading_that_takes_too_long_is_stopped_and_remembered(store, monkeypatch):
    file = store(pdf_of("Words"), "report.pdf")
    monkeypatch.setattr(kept, "LIMITS", Limits(memory_bytes=1024**3, processor_seconds=15, wall_seconds=0))
    assert shown(file, "").part == "components/viewer_failed.html"
    monkeypatch.undo()
    assert shown(file, "").part == "components/viewer_failed.html"


def test_second_look_reads_what_was_kept(store):
    file = store(pdf_of("Words"), "report.pdf")
    first = shown(file, "1")
    file.file.delete(save=False)
    assert shown(file, "1").content == first.content
