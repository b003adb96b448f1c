"""The family of documents as files: every kind, every language, few and many goods, long names, four scripts.

Each file is drawn once. What is demanded are the rules of PDF/A-3a and PDF/UA-1 that can be checked without a
validator, and that nothing stands on the paper that the record does not say.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from tests.factories.certificates import GOOD, certificate_record
from tests.factories.documents import assessment_record, revocation_record
from tests.factories.unit_certificates import block, many_units, price_record, taken, unit_record
from verification.certificates.figures import published, see
from verification.certificates.presentation_emissions import printed
from verification.certificates.render import render_certificate
from verification.kernel.canonical import canonical_bytes
from verification.wording.enums import Language

pytestmark = pytest.mark.unit
GOLDEN = Path(__file__).parents[2] / "golden" / "certificates"
FOUR_SCRIPTS = "Çelik 河北燕海型钢 الدلتا للأسمدة हिन्द इस्पात"
LONG = "Flat-rolled products of an uncommonly long description " * 5 + "and the last word ZEBRAFISH"
OFFLINE = "6BFOXN%TS3DH" * 28
BLOCKS = [block(1, 936487628, 3644), block(2, 100, 5354), block(3, 70_000, 1000)]


def _emissions(**changes: Any) -> dict[str, Any]:
    record = certificate_record(**changes)
    return record | {"determination": [{"cn_code": row["cn_code"], "steps": STEPS} for row in record["goods"]]}


STEPS = [
    {
        "rung": "exemption",
        "found": "",
        "why": "Türkiye is a third country inside the scheme.",
        "reference": "Regulation (EU) 2023/956, Annex III",
        "value": None,
    },
    {
        "rung": "override",
        "found": "1",
        "why": "Approved value.",
        "reference": "Regulation (EU) 2023/956, Article 8",
        "value": "0.3121852464",
    },
    {
        "rung": "country_default",
        "found": "row",
        "why": "Row.",
        "reference": "Implementing Regulation (EU) 2025/2621, Annex I",
        "value": "2.541",
    },
]


def _long_names(count: int = 80) -> dict[str, Any]:
    goods = [GOOD | {"cn": f"7208{index:04d}", "description": LONG} for index in range(count)]
    record = _emissions(goods=goods)
    operator = record["operator"] | {"name": f"{FOUR_SCRIPTS} {'x' * 40} " * 3, "local_name": FOUR_SCRIPTS}
    return record | {"operator": operator}


KINDS: dict[str, Callable[[], dict[str, Any]]] = {
    "emissions": _emissions,
    "units": lambda: unit_record(BLOCKS, [taken(BLOCKS[0], 3496), taken(BLOCKS[1])]),
    "price": price_record,
    "revocation": revocation_record,
    "assessment": assessment_record,
    "long": _long_names,
    "long-arabic": lambda: _long_names(20),
    "many-units": lambda: many_units(70),
    "long-revocation": lambda: revocation_record(_long_names(20)),
}
CASES = [
    *[(kind, "en") for kind in KINDS if kind != "long-arabic"],
    *[("emissions", language) for language in Language.values if language != "en"],
    ("units", "ar"), ("units", "zh-hans"), ("price", "hi"), ("price", "fr"), ("revocation", "ar"), ("revocation", "tr"),
    ("assessment", "es"), ("assessment", "zh-hans"), ("long-arabic", "ar"), ("long-revocation", "fr"),
]  # fmt: skip
SHORT = [case for case in CASES if "long" not in case[0] and "many" not in case[0]]
GOLDEN_CASES = [("emissions", "en"), ("emissions", "fr"), ("emissions", "ar"), ("revocation", "en")]
each = pytest.mark.parametrize(("kind", "language"), CASES)


@cache
def record_of(kind: str, language: str) -> dict[str, Any]:
    return KINDS[kind]() | {"language": language}


@cache
def file_of(kind: str, language: str) -> bytes:
    return render_certificate(record_of(kind, language), OFFLINE if kind == "emissions" else None)


@cache
def text_of(kind: str, language: str, page: int = 0) -> str:
    pages = ["-f", str(page), "-l", str(page)] if page else []
    said = subprocess.run(
        ["pdftotext", "-layout", *pages, "-", "-"], input=file_of(kind, language), capture_output=True, check=True
    )
    return said.stdout.decode()


@each
def test_a_document_keeps_the_rules_of_its_formats(kind: str, language: str) -> None:
    record = record_of(kind, language)
    with pikepdf.open(io.BytesIO(file_of(kind, language))) as document:
        root = document.Root
        with document.open_metadata() as metadata:
            assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "A")
            assert metadata["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"
            assert metadata["dc:title"] == str(document.docinfo["/Title"])
        (intent,) = root.OutputIntents
        assert intent.S == "/GTS_PDFA1"
        assert bool(root.MarkInfo.Marked)
        assert str(root.Lang) == {"zh-hans": "zh-Hans"}.get(language, language)
        assert bool(root.ViewerPreferences.DisplayDocTitle)
        (attached,) = root.AF
        assert attached.AFRelationship == "/Data"
        assert attached.EF.F.read_bytes() == canonical_bytes(record)
        assert len(document.trailer.ID) == 2
        dictionaries = [item for item in document.objects if isinstance(item, pikepdf.Dictionary)]
    assert not [item for item in dictionaries if item.get("/S") in ("/JavaScript", "/Launch", "/URI", "/Link")]
    fonts = [item for item in dictionaries if item.get("/Type") == "/Font" and item.get("/Subtype") == "/Type0"]
    assert fonts
    assert all("/ToUnicode" in font for font in fonts)
    assert all({"/FontFile2", "/FontFile3"} & set(font.DescendantFonts[0].FontDescriptor.keys()) for font in fonts), (
        "a font is not embedded"
    )
    figures = [item for item in dictionaries if item.get("/S") == "/Figure"]
    assert len(figures) == (3 if kind == "emissions" else 2)
    assert all(str(figure.Alt) for figure in figures)
    kinds = [item.get("/S") for item in dictionaries if item.get("/Type") == "/StructElem"]
    assert kinds.count("/H1") == 1
    assert "/H2" in kinds
    assert kinds.count("/TH") >= 10
    english = [item for item in dictionaries if item.get("/S") == "/Span" and str(item.get("/Lang", "")) == "en"]
    assert bool(english) is (language != "en")


@each
def test_no_page_is_nearly_empty_and_none_begins_with_a_lone_box(kind: str, language: str) -> None:
    count = _pages(kind, language)
    for page in range(1, count + 1):
        lines = [line for line in text_of(kind, language, page).splitlines() if line.strip()]
        assert len(lines) >= 12, f"page {page} of {count}"


@each
def test_the_last_page_holds_more_than_hashes_and_how_to_check(kind: str, language: str) -> None:
    last = text_of(kind, language, _pages(kind, language))
    assert "How to check this document" in last
    assert "Scope and limits" in last or "Printed as the official wrote it" in last


@pytest.mark.parametrize(("kind", "language"), SHORT)
def test_the_usual_case_has_two_pages_or_three_in_two_languages(kind: str, language: str) -> None:
    is_certificate = kind in ("emissions", "units", "price")
    assert _pages(kind, language) == (3 if is_certificate and language != "en" else 2)


@pytest.mark.parametrize("language", Language.values)
def test_two_goods_stand_on_page_one_in_every_language(language: str) -> None:
    assert {"0.31219", "2.80000"} <= set(text_of("emissions", language, 1).split())


@each
def test_nothing_on_page_one_is_drawn_over_other_words(kind: str, language: str) -> None:
    words = _words_on_page_one(file_of(kind, language))
    assert len(words) > 60
    for index, (left, top, right, bottom, word) in enumerate(words):
        for other_left, other_top, other_right, other_bottom, other in words[index + 1 :]:
            if other_top >= bottom:
                break
            width = min(right, other_right) - max(left, other_left)
            height = min(bottom, other_bottom) - max(top, other_top)
            is_over = width > 2 and height > 0.5 * min(bottom - top, other_bottom - other_top)
            assert not is_over, f"{word} and {other}"


def _words_on_page_one(pdf: bytes) -> list[tuple[float, float, float, float, str]]:
    """Left, top, right, bottom in points, from the top of the page; the word across the page is no text."""
    said = subprocess.run(["pdftotext", "-bbox", "-l", "1", "-", "-"], input=pdf, capture_output=True, check=True)
    found = re.findall(
        r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>', said.stdout.decode()
    )
    return sorted(
        ((float(a), float(b), float(c), float(d), word) for a, b, c, d, word in found if float(d) - float(b) < 40),
        key=lambda each: each[1],
    )


def _pages(kind: str, language: str) -> int:
    with pikepdf.open(io.BytesIO(file_of(kind, language))) as document:
        return len(document.pages)


@pytest.mark.parametrize("language", Language.values)
def test_every_number_is_that_of_the_record(language: str) -> None:
    """With the printed rounding; sums recompute from what is not rounded."""
    record, text = record_of("emissions", language), text_of("emissions", language)
    for good in record["goods"]:
        parts = [good["see_direct"], good["see_precursors"], good["see_indirect"] or "0"]
        assert sum(map(Decimal, parts)) == Decimal(good["see_total"])
        for number in (good["see_direct"], good["see_precursors"], good["see_total"]):
            assert see(number) in text
        assert published(good["default"]["value"]) in text
    names = ("see_direct", "see_precursors", "see_total")
    found = set(re.findall(r"(?<![\d.])\d+\.\d{5}(?!\d)", text))
    assert found == {see(row[name]) for row in record["goods"] for name in names} | {
        see(row["see_direct"]) for row in record["precursors"]
    }
    for day in (record["valid_from"], record["valid_to"], record["decision"]["approved_on"]):
        assert day in text
    assert record["certificate_no"] in text


def test_the_amounts_of_an_assessment_recompute() -> None:
    totals, text = record_of("assessment", "en")["totals"], text_of("assessment", "en").replace("\u202f", " ")
    lines = record_of("assessment", "en")["lines"]
    assert Decimal(totals["gross"]) == sum(Decimal(line["mass_t"]) * Decimal(line["see"]) for line in lines)
    assert Decimal(totals["due"]) == sum(Decimal(line["obligation"]) for line in lines) - Decimal(totals["units_t"])
    assert Decimal(totals["gross"]) - Decimal(totals["allocated"]) == Decimal(totals["obligation"])
    assert f"{round(Decimal(totals['due']), 3):,}".replace(",", " ") in text
    assert Decimal(totals["by_default"]) > Decimal(totals["gross"])


@pytest.mark.parametrize(("kind", "language"), [("emissions", "en"), ("emissions", "ar"), ("revocation", "en")])
@pytest.mark.parametrize("dpi", ["75", "150"])
def test_the_codes_on_the_paper_lead_to_the_check_page(kind: str, language: str, dpi: str, tmp_path: Path) -> None:
    path = tmp_path / "file.pdf"
    path.write_bytes(file_of(kind, language))
    picture = tmp_path / "page"
    subprocess.run(["pdftoppm", "-r", dpi, "-png", "-singlefile", str(path), str(picture)], check=True)
    said = subprocess.run(["zbarimg", "-q", "--raw", f"{picture}.png"], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == record_of(kind, language)["check_address"]


def test_the_offline_code_is_read_from_the_last_page(tmp_path: Path) -> None:
    path = tmp_path / "file.pdf"
    path.write_bytes(file_of("emissions", "en"))
    last = str(_pages("emissions", "en"))
    subprocess.run(
        ["pdftoppm", "-r", "150", "-png", "-f", last, "-l", last, str(path), str(tmp_path / "p")], check=True
    )
    (picture,) = tmp_path.glob("p-*.png")
    said = subprocess.run(["zbarimg", "-q", "--raw", str(picture)], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == OFFLINE


def test_long_names_and_four_scripts_are_printed_whole() -> None:
    text = text_of("long", "en")
    assert text.count("ZEBRAFISH") == 80
    assert "C80" in text
    assert "[U+" not in text
    assert "河北燕海型钢" in re.sub(r"\s", "", text)


@pytest.mark.parametrize("count", range(1, 6))
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_what_stands_on_page_one_is_reckoned_before_it_is_drawn(count: int, language: str) -> None:
    """More goods never fit better, and a name of 300 letters takes the table to page 2."""
    fits = []
    for names in ("Bars", LONG):
        goods = [GOOD | {"cn": f"7208{index:04d}", "description": names} for index in range(count)]
        fits.append(printed(certificate_record(goods=goods) | {"language": language}, "0" * 64)["is_first_page_enough"])
    assert fits[0] >= fits[1]
    assert fits[0] is (count <= {"en": 4, "zh-hans": 2}[language])


def test_a_table_on_page_one_ends_above_the_decision() -> None:
    """Read from the drawn page: the last note of table C, then the heading of block I."""
    text = text_of("emissions", "en", 1)
    assert text.index("C2") < text.index("Direct + precursors") < text.index("Decision and seal")


@pytest.mark.parametrize(("kind", "language"), GOLDEN_CASES)
def test_words_and_structure_are_those_that_were_looked_at(kind: str, language: str) -> None:
    """Run with ``GOLDEN=write`` after a change that was looked at."""
    for name, found in (("txt", text_of(kind, language)), ("tags", _tags(file_of(kind, language)))):
        path = GOLDEN / f"{kind}-{language}.{name}"
        if os.environ.get("GOLDEN") == "write":
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(found, encoding="utf-8")
        assert found == path.read_text(encoding="utf-8")


def test_another_process_draws_the_same_bytes(tmp_path: Path) -> None:
    """Other seeds of hashing, other time zone, other language of the machine: each kind and every language once."""
    cases = [
        ("emissions", "en"), ("price", "fr"), ("units", "ar"), ("price", "hi"), ("revocation", "tr"),
        ("assessment", "es"), ("assessment", "zh-hans"),
    ]  # fmt: skip
    records = [[record_of(*case), OFFLINE if case[0] == "emissions" else None] for case in cases]
    (tmp_path / "records.json").write_text(json.dumps(records))
    settings = {"PYTHONHASHSEED": "4711", "TZ": "Pacific/Kiritimati", "LANG": "tr_TR.UTF-8"}
    said = subprocess.run(
        [sys.executable, "-c", _OTHER_PROCESS, str(tmp_path / "records.json")],
        capture_output=True, text=True, check=True, env=os.environ | settings,
    )  # fmt: skip
    assert said.stdout.split() == [_sha256(file_of(*case)) for case in cases]


_OTHER_PROCESS = """
import hashlib, json, sys
import django
django.setup()
from verification.certificates.render import render_certificate
for record, code in json.load(open(sys.argv[1])):
    print(hashlib.sha256(render_certificate(record, code)).hexdigest())
"""


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _tags(pdf: bytes) -> str:
    """The tree of tags, one a line, with the languages that differ from the document's."""
    lines: list[str] = []

    def walk(node: Any, depth: int) -> None:
        kids = node.get("/K", [])
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/StructElem":
                tag = str(kid.S)[1:]
                if tag != "NonStruct":
                    lines.append(f"{' ' * depth}{tag}{' ' + str(kid.Lang) if '/Lang' in kid else ''}")
                walk(kid, depth + (tag != "NonStruct"))

    with pikepdf.open(io.BytesIO(pdf)) as document:
        walk(document.Root.StructTreeRoot, 0)
    return "\n".join(lines) + "\n"
