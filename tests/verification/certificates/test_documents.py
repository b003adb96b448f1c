"""What a document has to look like: the words and tags that were looked at, what page 1 holds, the same bytes again.

The rules that every document keeps are in ``tests/documents``.
"""

from __future__ import annotations

import ctypes
import hashlib
import io
import json
import os
import subprocess
import sys
import zlib
from ctypes.util import find_library
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from weasyprint.text.ffi import pango

from tests.documents.papers import USUAL, Paper
from tests.factories.certificates import GOOD, certificate_record
from verification.certificates.presentation_emissions import printed
from verification.certificates.render import render_certificate
from verification.letters.render import render_letter

pytestmark = pytest.mark.unit
GOLDEN = Path(__file__).parents[2] / "golden" / "certificates"
DIGESTS = GOLDEN / "bytes.json"
LONG = "Flat-rolled products of an uncommonly long description " * 5 + "and the last word ZEBRAFISH"
OFFLINE = "6BFOXN%TS3DH" * 28
GOLDEN_CASES = [("emissions", "en"), ("emissions", "fr"), ("emissions", "ar"), ("revocation", "en")]
OTHER_PROCESS_CASES = [
    ("emissions", "ar"), ("revocation", "en"), ("units", "tr"), ("price", "hi"),
    ("assessment", "zh-hans"), ("letter", "es"),
]  # fmt: skip
"""Every kind once."""


@cache
def file_of(kind: str, language: str) -> bytes:
    record = Paper(kind, language, USUAL).record
    return render_letter(record) if kind == "letter" else render_certificate(record, code_of(kind))


def code_of(kind: str) -> str | None:
    """Not a signed one: no two signatures are alike, and these files are compared."""
    return OFFLINE if kind == "emissions" else None


@cache
def text_of(kind: str, language: str, page: int = 0) -> str:
    pages = ["-f", str(page), "-l", str(page)] if page else []
    said = subprocess.run(
        ["pdftotext", "-layout", *pages, "-", "-"], input=file_of(kind, language), capture_output=True, check=True
    )
    return said.stdout.decode()


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
    """Other seeds of hashing, other time zone, other language of the machine."""
    cases = OTHER_PROCESS_CASES
    records = [[Paper(*case, USUAL).record, code_of(case[0])] for case in cases]
    (tmp_path / "records.json").write_text(json.dumps(records))
    settings = {"PYTHONHASHSEED": "4711", "TZ": "Pacific/Kiritimati", "LANG": "tr_TR.UTF-8"}
    said = subprocess.run(
        [sys.executable, "-c", _OTHER_PROCESS, str(tmp_path / "records.json")],
        capture_output=True, text=True, check=True, env=os.environ | settings,
    )  # fmt: skip
    assert said.stdout.split() == [_sha256(file_of(*case)) for case in cases]


def test_another_machine_draws_the_same_bytes() -> None:
    """As the one did on which ``GOLDEN=write`` was run last, where what they depend on is the same here.

    With another Pango, HarfBuzz or zlib of the system the same record gives other bytes; nothing is compared then.
    """
    found = {f"{kind}-{language}": _sha256(file_of(kind, language)) for kind, language in OTHER_PROCESS_CASES}
    if os.environ.get("GOLDEN") == "write":
        DIGESTS.write_text(json.dumps({"drawn_with": _drawn_with(), "sha256": found}, indent=2) + "\n")
    kept = json.loads(DIGESTS.read_text())
    assert kept["sha256"].keys() == found.keys()
    if kept["drawn_with"] == _drawn_with():
        assert kept["sha256"] == found


def _drawn_with() -> dict[str, str]:
    """Beside the record and the project's own files."""
    shaping = ctypes.CDLL(find_library("harfbuzz"))
    shaping.hb_version_string.restype = ctypes.c_char_p
    return {name: version(name) for name in ("weasyprint", "pydyf", "fonttools", "pikepdf", "zxing-cpp", "django")} | {
        "pango": str(pango.pango_version()),
        "harfbuzz": shaping.hb_version_string().decode(),
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
    }


_OTHER_PROCESS = """
import hashlib, json, sys
import django
django.setup()
from verification.certificates.render import render_certificate
from verification.letters.render import render_letter
for record, code in json.load(open(sys.argv[1])):
    file = render_letter(record) if "letter_no" in record else render_certificate(record, code)
    print(hashlib.sha256(file).hexdigest())
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


def test_hindi_is_read_as_it_was_written():
    """A glyph is part of many syllables; what was written stands beside the glyphs."""
    assert "सत्यापित अंतर्निहित उत्सर्जन का प्रमाणपत्र" in text_of("emissions", "hi")
