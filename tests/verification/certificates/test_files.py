"""The structural rules of PDF/A-3a and PDF/UA-1 that can be checked without a validator, and the seal.

Each asserts what a rule of the validators' profiles demands of the file.
"""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
from pathlib import Path

import pikepdf
import pytest
from pyhanko.keys import load_cert_from_pemder
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from tests.factories.certificates import GOOD, certificate_record
from verification.certificates.inspection import SealVerdict, inspect_file
from verification.certificates.render import render_certificate
from verification.certificates.seal import seal
from verification.kernel.canonical import canonical_bytes
from verification.signing.folder import ROOT_CERTIFICATE, key_folder

pytestmark = pytest.mark.unit
XMP = "http://ns.adobe.com/xap/1.0/"


@pytest.fixture(scope="module")
def sealed(_sealing_keys: None) -> bytes:
    return seal(render_certificate(certificate_record()), reason="Certificate EU-CBAM-2027-004182")


@pytest.fixture
def document(sealed: bytes):
    with pikepdf.open(io.BytesIO(sealed)) as opened:
        yield opened


def test_metadata_claims_both_standards(document: pikepdf.Pdf) -> None:
    with document.open_metadata() as metadata:
        assert metadata["pdfaid:part"] == "3"
        assert metadata["pdfaid:conformance"] == "A"
        assert metadata["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"
    xmp = document.Root.Metadata.read_bytes().decode()
    assert "pdfaExtension:schemas" in xmp
    assert xmp.count("<rdf:RDF") == 1


def test_information_dictionary_equals_metadata(document: pikepdf.Pdf) -> None:
    with document.open_metadata() as metadata:
        assert metadata["dc:title"] == str(document.docinfo["/Title"])
        assert metadata["dc:creator"] == [str(document.docinfo["/Author"])]
        assert metadata["xmp:CreateDate"].startswith("2027-03-18T09:42:17")
    assert str(document.docinfo["/CreationDate"]).startswith("D:20270318094217")


def test_output_intent_has_a_colour_profile(document: pikepdf.Pdf) -> None:
    (intent,) = document.Root.OutputIntents
    assert intent.S == "/GTS_PDFA1"
    assert len(intent.DestOutputProfile.read_bytes()) > 300


def test_every_font_is_embedded_and_maps_to_unicode(document: pikepdf.Pdf) -> None:
    fonts = [item for item in document.objects if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/Font"]
    assert fonts
    for font in fonts:
        if font.Subtype == "/Type0":
            assert "/ToUnicode" in font
            descriptor = font.DescendantFonts[0].FontDescriptor
            assert "/FontFile2" in descriptor or "/FontFile3" in descriptor


def test_document_is_tagged_titled_and_has_a_language(document: pikepdf.Pdf) -> None:
    assert bool(document.Root.MarkInfo.Marked) is True
    assert document.Root.StructTreeRoot.K is not None
    assert str(document.Root.Lang) == "en"
    assert bool(document.Root.ViewerPreferences.DisplayDocTitle) is True


def test_every_figure_has_an_alternative_text(document: pikepdf.Pdf) -> None:
    figures = [
        item for item in document.objects if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Figure"
    ]
    assert len(figures) == 2
    assert all(str(figure.Alt) for figure in figures)


def test_headers_of_tables_are_tagged(document: pikepdf.Pdf) -> None:
    kinds = [item.get("/S") for item in document.objects if isinstance(item, pikepdf.Dictionary) and "/S" in item]
    assert kinds.count("/TH") >= 20
    assert "/H1" in kinds
    assert "/H2" in kinds


def test_exactly_one_record_is_attached(document: pikepdf.Pdf) -> None:
    (attached,) = document.Root.AF
    assert attached.AFRelationship == "/Data"
    stream = attached.EF.F
    assert stream.Subtype == "/application/json"
    assert "/ModDate" in stream.Params
    assert stream.read_bytes() == canonical_bytes(certificate_record())


def test_file_has_an_id_and_nothing_active(document: pikepdf.Pdf) -> None:
    assert len(document.trailer.ID) == 2
    assert not document.is_encrypted
    for item in document.objects:
        if isinstance(item, pikepdf.Dictionary):
            assert item.get("/S") not in ("/JavaScript", "/Launch", "/URI")
            assert "/JS" not in item


def test_same_record_gives_the_same_bytes() -> None:
    assert render_certificate(certificate_record()) == render_certificate(certificate_record())


def test_seal_is_valid_trusted_and_covers_the_whole_file(sealed: bytes) -> None:
    reader = PdfFileReader(io.BytesIO(sealed))
    (signature,) = reader.embedded_signatures
    root = load_cert_from_pemder(str(key_folder() / ROOT_CERTIFICATE))
    status = validate_pdf_signature(signature, ValidationContext(trust_roots=[root]))
    assert status.bottom_line
    assert status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    assert "/Rect" not in signature.sig_field or [int(edge) for edge in signature.sig_field["/Rect"]] == [0, 0, 0, 0]
    assert inspect_file(sealed).seal is SealVerdict.VALID


def test_pdfsig_and_qpdf_agree(sealed: bytes, tmp_path: Path) -> None:
    path = tmp_path / "certificate.pdf"
    path.write_bytes(sealed)
    said = _said("pdfsig", "-nocert", str(path))
    assert "Signature is Valid" in said
    assert "Total document signed" in said
    assert "No syntax or stream encoding errors found" in _said("qpdf", "--check", str(path))


@pytest.mark.parametrize("share", [0.05, 0.3, 0.6, 0.9, 0.95, 0.97, 0.999])
def test_one_changed_byte_breaks_the_seal(sealed: bytes, share: float) -> None:
    position = int(len(sealed) * share)
    altered = sealed[:position] + bytes([sealed[position] ^ 1]) + sealed[position + 1 :]
    assert inspect_file(altered).seal is not SealVerdict.VALID


def test_added_and_resaved_files_are_not_valid(sealed: bytes) -> None:
    assert inspect_file(sealed + b"\n% added").seal is SealVerdict.ALTERED
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(sealed)) as document:
        document.save(target)
    assert inspect_file(target.getvalue()).seal is not SealVerdict.VALID


@pytest.mark.parametrize("content", [b"", b"not a pdf", b"%PDF-1.7\nnothing", b"%PDF-1.7\n" + b"x" * 5000])
def test_what_is_no_certificate_is_unreadable(content: bytes) -> None:
    assert inspect_file(content).seal is SealVerdict.UNREADABLE


def test_qr_code_decodes_to_the_check_address(sealed: bytes, tmp_path: Path) -> None:
    path = tmp_path / "certificate.pdf"
    path.write_bytes(sealed)
    for dpi in ("75", "150"):
        _said("pdftoppm", "-r", dpi, "-png", "-f", "1", "-l", "1", str(path), str(tmp_path / dpi))
        picture = next(tmp_path.glob(f"{dpi}-*.png"))
        assert _said("zbarimg", "-q", "--raw", str(picture)).strip() == "https://verify.example.org/check/7Q4MX2KD9HTC/"


def test_printed_numbers_are_those_of_the_record(sealed: bytes, tmp_path: Path) -> None:
    text = _text(sealed, tmp_path)
    assert "0.31219" in text
    assert "0.07133" in text
    assert "0.24086" in text
    assert "2.541" in text
    assert re.search(r"412\s600", text)
    assert "below default" in text
    assert "above default" in text
    assert "SPECIMEN" in text


def test_long_names_are_never_cut_and_move_the_table_to_page_two(tmp_path: Path) -> None:
    name = "Flat-rolled products of an uncommonly long description " * 5 + "and the very last word ZEBRAFISH"
    goods = [GOOD | {"cn": f"7208{index:04d}", "description": name} for index in range(8)]
    text = _text(render_certificate(certificate_record(goods=goods)), tmp_path)
    assert text.count("ZEBRAFISH") == 8
    assert "Goods in short" in text
    assert "C8" in text
    summary = text[text.index("Goods in short") : text.index("Decision and seal")]
    assert re.search(r"412\s600", summary), "goods of one process share one quantity"


def test_real_certificates_bear_no_specimen(tmp_path: Path) -> None:
    pdf = render_certificate(certificate_record(is_specimen=False))
    assert "SPECIMEN" not in _text(pdf, tmp_path)
    assert json.loads(canonical_bytes(certificate_record(is_specimen=False)))["specimen"] is False


def test_hostile_names_stay_text(tmp_path: Path) -> None:
    hostile = '<img src="file:///etc/passwd"><link rel=attachment href="file:///etc/passwd">'
    pdf = render_certificate(certificate_record(goods=[GOOD | {"description": hostile}]))
    assert "<img src" in _text(pdf, tmp_path)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert len(document.attachments) == 1


def test_letters_that_nobody_can_see_are_named(tmp_path: Path) -> None:
    pdf = render_certificate(certificate_record(goods=[GOOD | {"description": "Slab\x0b\x1f\ufffe end"}]))
    assert "Slab[U+000B][U+001F][U+FFFE] end" in _text(pdf, tmp_path)


def _text(pdf: bytes, folder: Path) -> str:
    path = folder / "text.pdf"
    path.write_bytes(pdf)
    return _said("pdftotext", "-layout", str(path), "-")


def _said(tool: str, *arguments: str) -> str:
    """Standard output of a tool that must be there and must succeed."""
    found = shutil.which(tool)
    assert found, f"{tool} is needed for this test; `make test` installs it"
    return subprocess.run([found, *arguments], capture_output=True, text=True, check=True).stdout
