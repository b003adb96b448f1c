"""The rules of PDF/A-3a and PDF/UA-1 that can be checked without a validator. Each yields what breaks it."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from tempfile import NamedTemporaryFile

import pikepdf

from tests.documents.papers import COVER, Paper
from verification.certificates.typography import html_language

PDFUA = "{http://www.aiim.org/pdfua/ns/id/}part"
ACTIVE = ("/JavaScript", "/Launch", "/URI", "/GoToR", "/SubmitForm", "/ImportData")


def metadata_names_both_standards(paper: Paper) -> Iterator[str]:
    with paper.opened.open_metadata() as metadata:
        claimed = metadata["pdfaid:part"], metadata["pdfaid:conformance"], metadata[PDFUA]
    if claimed != ("3", "A", "1"):
        yield f"the metadata claims {claimed}"
    xmp = paper.opened.Root.Metadata.read_bytes().decode()
    if xmp.count("<rdf:RDF") != 1 or "pdfaExtension:schemas" not in xmp:
        yield "the metadata does not declare the schema of PDF/UA in its one description"


def information_equals_metadata(paper: Paper) -> Iterator[str]:
    information = paper.opened.docinfo
    with paper.opened.open_metadata() as metadata:
        pairs = {
            "title": (metadata["dc:title"], str(information["/Title"])),
            "author": (metadata["dc:creator"], [str(information["/Author"])]),
            "creation": (_digits(metadata["xmp:CreateDate"]), _digits(str(information["/CreationDate"]))),
            "change": (_digits(metadata["xmp:ModifyDate"]), _digits(str(information["/ModDate"]))),
        }
    yield from (f"{name}: {said} and {also}" for name, (said, also) in pairs.items() if said != also)
    if paper.number not in str(information["/Title"]):
        yield "the title does not name the document"


def _digits(moment: str) -> str:
    """To the second, as both ways of writing have it."""
    return "".join(char for char in moment if char.isdigit())[:14]


def colours_have_a_profile(paper: Paper) -> Iterator[str]:
    intents = list(paper.opened.Root.OutputIntents)
    if [str(each.S) for each in intents] != ["/GTS_PDFA1"] or len(intents[0].DestOutputProfile.read_bytes()) < 300:
        yield "there is not one output intent with a profile"


def fonts_are_embedded_and_readable(paper: Paper) -> Iterator[str]:
    fonts = [item for item in paper.dictionaries if item.get("/Type") == "/Font"]
    if not any(font.Subtype == "/Type0" for font in fonts):
        yield "there is no font"
    for font in fonts:
        if font.Subtype == "/Type0" and "/ToUnicode" not in font:
            yield f"{font.BaseFont} does not say its letters"
        own = font.get("/FontDescriptor")
        if font.Subtype == "/Type0":
            own = font.DescendantFonts[0].FontDescriptor
        elif str(font.Subtype).startswith("/CIDFont"):
            continue
        if own is None or not {"/FontFile2", "/FontFile3"} & set(own.keys()):
            yield f"{font.get('/BaseFont')} is not embedded"


def document_is_tagged_titled_and_has_a_language(paper: Paper) -> Iterator[str]:
    root = paper.opened.Root
    if not bool(root.MarkInfo.Marked) or "/K" not in root.StructTreeRoot:
        yield "the document is not tagged"
    if not bool(root.ViewerPreferences.DisplayDocTitle):
        yield "the title is not displayed"
    if str(root.Lang) != html_language(paper.language):
        yield f"the document speaks {root.Lang}"
    tags = [str(item.get("/S")) for item in paper.dictionaries if item.get("/Type") == "/StructElem"]
    headings = {tag: tags.count(tag) for tag in ("/H1", "/H2")}
    parts = 2 if paper.is_letter and paper.language != "en" else 1
    if headings["/H1"] != parts or not headings["/H2"]:
        yield f"the headings are {headings}"
    english = [each for each in _elements(paper) if str(each.get("/Lang", "")) == "en"]
    if paper.language != "en" and not english:
        yield "nothing is tagged as English"


def figures_have_alternatives(paper: Paper) -> Iterator[str]:
    figures = [each for each in _elements(paper) if each.S == "/Figure"]
    wanted = {True: 0, False: 2 + paper.has_offline_code - (paper.kind == COVER)}[paper.is_letter]
    if len(figures) != wanted or not all(str(each.get("/Alt", "")) for each in figures):
        yield f"{len(figures)} figures, with {[str(each.get('/Alt', '')) for each in figures]}"


def tables_have_headers(paper: Paper) -> Iterator[str]:
    """Every cell names its column's header and that of its own row, or of the row above it in its group; no other."""
    listed = set(pikepdf.NameTree(paper.opened.Root.StructTreeRoot.IDTree))
    for table in (each for each in _elements(paper) if each.S == "/Table"):
        columns = [_id(cell) for part in _kids(table) if part.S == "/THead" for cell in _below(part) if cell.S == "/TH"]
        if unlisted := {_id(cell) for cell in _below(table) if cell.S == "/TH"} - listed:
            yield f"the tree of identifiers lacks {sorted(unlisted)[:3]}"
        for body in (part for part in _kids(table) if part.S == "/TBody"):
            yield from _ill_headed(body, columns)


def _ill_headed(body: pikepdf.Object, columns: list[str]) -> Iterator[str]:
    rows: list[str] = []
    for row in _kids(body):
        cells = _kids(row)
        rows = [_id(cell) for cell in cells if cell.S == "/TH"] or rows
        if not columns and not rows:
            yield "a row has no header"
        place = 0
        for cell in cells:
            wanted = [*columns[place : place + 1], *rows]
            named = [str(name) for name in _attribute(cell, "/Headers") or []]
            if cell.S == "/TD" and sorted(named) != sorted(wanted):
                yield f"a cell in column {place + 1} is headed by {named}, not by {wanted}"
            place += int(_attribute(cell, "/ColSpan") or 1)
        if columns and place != len(columns):
            yield f"a row has {place} columns of {len(columns)}"


def one_file_is_attached(paper: Paper) -> Iterator[str]:
    attached = list(paper.opened.Root.AF)
    if len(attached) != 1:
        yield f"{len(attached)} files are associated"
        return
    stream = attached[0].EF.F
    relationship, media_type, expected = paper.attached
    if (str(attached[0].AFRelationship), str(stream.Subtype)) != (relationship, media_type):
        yield f"the associated file is {attached[0].AFRelationship} {stream.Subtype}"
    if "/ModDate" not in stream.Params:
        yield "the associated file has no date"
    if stream.read_bytes() != expected:
        yield "the associated file is not what it should be"
    if not paper.is_letter and paper.record_sha256 not in "".join(paper.text.split()):
        yield "the hash of the record is not printed"


def nothing_is_active_or_encrypted(paper: Paper) -> Iterator[str]:
    if len(paper.opened.trailer.ID) != 2:
        yield "the file has no identifier"
    if paper.opened.is_encrypted:
        yield "the file is encrypted"
    for item in paper.dictionaries:
        if item.get("/S") in ACTIVE or "/JS" in item or item.get("/Subtype") == "/Link":
            yield f"something is active: {item.get('/S')}"


def syntax_is_clean(paper: Paper) -> Iterator[str]:
    with NamedTemporaryFile(suffix=".pdf") as file:
        file.write(paper.pdf)
        file.flush()
        said = subprocess.run(["qpdf", "--check", file.name], capture_output=True, check=False)
    if said.returncode:
        yield said.stdout.decode() + said.stderr.decode()


def _elements(paper: Paper) -> list[pikepdf.Dictionary]:
    return [item for item in paper.dictionaries if item.get("/Type") == "/StructElem"]


def _kids(node: pikepdf.Object) -> list[pikepdf.Object]:
    kids = node.get("/K", [])
    return [
        kid
        for kid in (kids if isinstance(kids, pikepdf.Array) else [kids])
        if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/StructElem"
    ]


def _below(node: pikepdf.Object) -> Iterator[pikepdf.Object]:
    for kid in _kids(node):
        yield kid
        yield from _below(kid)


def _attribute(cell: pikepdf.Object, name: str) -> pikepdf.Object | None:
    given = cell.get("/A", [])
    for each in given if isinstance(given, pikepdf.Array) else [given]:
        if isinstance(each, pikepdf.Dictionary) and name in each:
            return each[name]
    return None


def _id(cell: pikepdf.Object) -> str:
    return str(cell.get("/ID", ""))


RULES = (
    metadata_names_both_standards,
    information_equals_metadata,
    colours_have_a_profile,
    fonts_are_embedded_and_readable,
    document_is_tagged_titled_and_has_a_language,
    figures_have_alternatives,
    tables_have_headers,
    one_file_is_attached,
    nothing_is_active_or_encrypted,
    syntax_is_clean,
)
