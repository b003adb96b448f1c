"""One paper of every kind, language and size, drawn once, with what the rules ask of it."""

from __future__ import annotations

import io
import re
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, cached_property
from html import unescape
from itertools import cycle
from tempfile import TemporaryDirectory
from typing import Any

import pikepdf

from tests.factories.certificates import GOOD, certificate_record
from tests.factories.documents import assessment_record, revocation_record
from tests.factories.issuer import MemorySigner
from tests.factories.unit_certificates import block, many_units, price_record, taken, unit_record
from verification.certificates.cover import Ending, render_cover
from verification.certificates.render import render_certificate
from verification.credentials.offline import offline_code
from verification.kernel.canonical import canonical_bytes, sha256_of
from verification.letters.enums import LetterKind
from verification.letters.record import LetterFacts, Sender, Value, build_record
from verification.letters.render import render_letter

MANY = 80
TALLEST_WORD = 40.0
WIDTH_MM = 210
USUAL, NAMES, OVERFLOW = "usual", "names", "overflow"
SIZES = (USUAL, NAMES, OVERFLOW)
FOUR_SCRIPTS = "Çelik 河北燕海型钢 الدلتا للأسمدة हिन्द इस्पात"
LAST_WORD = "ZEBRAFISH"
SPACED = ("Flat-rolled products of an uncommonly long description " * 6)[:290] + f" {LAST_WORD}"
UNBROKEN = ("Warmgewalztesflacherzeugnis" * 12)[:291] + LAST_WORD
MIXED = (f"{FOUR_SCRIPTS} " * 8)[:290] + f" {LAST_WORD}"
LONG_NAMES = (SPACED, UNBROKEN, MIXED)
"""300 characters: with spaces, without one, in four scripts."""
NAMED = {
    "operator": ("name",),
    "installation": ("name", "address", "city"),
    "holder": ("name", "registration"),
    "importer": ("name", "registration"),
    "goods": ("description", "route", "process"),
    "lines": ("description",),
    "precursors": ("name",),
    "indirect": ("process",),
    "verification": ("name", "accreditation", "lead", "independent"),
    "certifier": ("name", "accreditation", "body"),
    "instrument": ("name", "law", "authority"),
    "addressee": ("name", "address"),
    "values": ("what",),
}
"""What people name, by the part of the record that it stands in."""
BLOCKS = [block(1, 936487628, 3644), block(2, 100, 5354), block(3, 70_000, 1000)]
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
SENDER = Sender(
    number="L-2027-000416",
    authority="Border Carbon Office",
    contact="help@verify.example.org",
    written_at=datetime(2027, 3, 18, 9, 42, 17, tzinfo=UTC),
    is_specimen=True,
)
ENDING, SEALED = Ending(number="R-2027-000016", start="2026-09-15"), b"%PDF-1.7 the sealed file"
CLAIM = {
    "number": "EC-2027-000042",
    "kind": "emissions",
    "scheme": "eu-cbam",
    "scheme_name": "Carbon Border Adjustment Mechanism",
    "year": "2026",
    "place": "Körfez Melt Shop and Rolling Mill",
    "addressee": {
        "name": "Körfez Çelik Sanayi ve Ticaret A.Ş.",
        "local_name": "",
        "address": "Dilovası Organize Sanayi Bölgesi\nKocaeli",
        "country": "TR",
    },
}
SAID = {
    "decision": "D-2027-001187",
    "values_from": "2026-01-01",
    "values_to": "2026-12-31",
    "certificate": "EU-CBAM-2027-004182",
    "host": "verify.example.org",
    "appeal_until": "2027-04-18",
    "accepted": "9850",
    "offered": "9998",
    "returned": "148",
}


def emissions(count: int = 0) -> dict[str, Any]:
    """``count`` goods, or the two of the usual case, with the trace of their values."""
    values = [f"0.3{index:03d}852464" for index in range(count)]
    goods = [
        GOOD | {"cn": f"7208{index:04d}", "see_direct": value, "see_applicable": value}
        for index, value in enumerate(values)
    ]
    record = certificate_record(goods=goods or None)
    return record | {"determination": [{"cn_code": row["cn_code"], "steps": STEPS} for row in record["goods"]]}


def letter(count: int, language: str, kind: LetterKind = LetterKind.APPROVAL) -> dict[str, Any]:
    """A decision on a claim for ``count`` goods, or two."""
    facts = LetterFacts(
        subject="D-2027-001187",
        reasons="Sound.\nThe meters were calibrated in March 2026.",
        legal_ground="Regulation (EU) 2023/956, Article 8",
        reviewer_number="R-0172",
        approver_number="A-0039",
        snapshot_sha256="5d" * 32,
        said=SAID,
        values=[
            Value(f"CN {72142000 + index} Bars and rods", f"0.3{index:03d}9", "t CO₂e/t") for index in range(count or 2)
        ],
    )
    return build_record(kind, facts, sender=SENDER, claim=CLAIM, language=language)


def units(count: int) -> dict[str, Any]:
    """``count`` ranges, or three blocks, of which one is cut and one refused."""
    return many_units(count) if count else unit_record(BLOCKS, [taken(BLOCKS[0], 3496), taken(BLOCKS[1])])


MAKERS: dict[str, Callable[[int], dict[str, Any]]] = {
    "emissions": emissions,
    "units": units,
    "price": lambda count: price_record(count or 1),
    "revocation": lambda count: revocation_record(emissions(count)),
    "revoked-units": lambda count: revocation_record(units(count)),
    "revoked-price": lambda count: revocation_record(price_record(count or 1)),
    "assessment": lambda count: assessment_record(count or 2),
}
LETTERS = {"letter": LetterKind.APPROVAL, "refusal": LetterKind.REFUSAL}
CERTIFICATES = ("emissions", "units", "price")
COVER = "cover"
KINDS = (*MAKERS, *LETTERS, COVER)


def with_long_names(record: dict[str, Any]) -> dict[str, Any]:
    """Every name of people, places and goods with 300 characters, of the three sorts in turn."""
    sorts = cycle(LONG_NAMES)

    def grown(part: Any, names: tuple[str, ...]) -> Any:
        if isinstance(part, list):
            return [grown(each, names) for each in part]
        if isinstance(part, dict):
            return {
                key: next(sorts)
                if key in names and value
                else FOUR_SCRIPTS
                if key == "local_name"
                else grown(value, NAMED.get(key, ()))
                for key, value in part.items()
            }
        return part

    return dict(grown(record, ()))


@cache
def signer() -> MemorySigner:
    return MemorySigner.new()


@dataclass(frozen=True)
class Word:
    """Where a word stands, in points from the upper left corner."""

    left: float
    top: float
    right: float
    bottom: float
    text: str


@dataclass(frozen=True)
class Paper:
    kind: str
    language: str
    size: str
    many: int = MANY

    def __str__(self) -> str:
        return f"{self.kind}-{self.language}-{self.size}"

    @property
    def is_letter(self) -> bool:
        return self.kind in LETTERS

    @property
    def has_offline_code(self) -> bool:
        return self.kind in CERTIFICATES

    @cached_property
    def record(self) -> dict[str, Any]:
        count = self.many if self.size == OVERFLOW else 0
        if self.is_letter:
            record = letter(count, self.language, LETTERS[self.kind])
        else:
            record = MAKERS["emissions" if self.kind == COVER else self.kind](count) | {"language": self.language}
        return record if self.size == USUAL else with_long_names(record)

    @property
    def number(self) -> str:
        names = ("document_no", "letter_no", "certificate_no")
        return next(self.record[name] for name in names if self.record.get(name))

    @cached_property
    def record_sha256(self) -> str:
        return sha256_of(self.record)

    @cached_property
    def offline_code(self) -> str | None:
        return offline_code(self.record, signer()) if self.has_offline_code else None

    @cached_property
    def pdf(self) -> bytes:
        if self.kind == COVER:
            return render_cover(self.record, ENDING, SEALED, SENDER.written_at)
        return render_letter(self.record) if self.is_letter else render_certificate(self.record, self.offline_code)

    @property
    def attached(self) -> tuple[str, str, bytes]:
        """Relationship, media type and content of what is attached."""
        if self.kind == COVER:
            return "/Unspecified", "/application/pdf", SEALED
        return "/Data", "/application/json", canonical_bytes(self.record)

    @cached_property
    def opened(self) -> pikepdf.Pdf:
        return pikepdf.open(io.BytesIO(self.pdf))

    @cached_property
    def dictionaries(self) -> list[pikepdf.Dictionary]:
        return [item for item in self.opened.objects if isinstance(item, pikepdf.Dictionary)]

    @cached_property
    def pages(self) -> list[str]:
        """The text of each page in reading order."""
        return run("pdftotext", "-raw", "-", "-", given=self.pdf).decode().split("\f")[:-1]

    @cached_property
    def text(self) -> str:
        return "\n".join(self.pages)

    @cached_property
    def words(self) -> list[list[Word]]:
        """Of each page, from top to bottom; the word across the page is no text."""
        pages = run("pdftotext", "-bbox", "-", "-", given=self.pdf).decode().split("<page ")[1:]
        return [sorted(_words(page), key=lambda word: word.top) for page in pages]

    def codes_on(self, page: int, dpi: int, top_mm: int = 0) -> list[str]:
        """The QR codes that are read from the picture of a page, or of its uppermost ``top_mm``."""
        with TemporaryDirectory() as folder:
            picture = f"{folder}/page.pgm"
            pages = ["-f", str(page), "-singlefile"]
            pages += ["-W", str(WIDTH_MM * dpi // 25), "-H", str(top_mm * dpi // 25)] if top_mm else []
            run("pdftoppm", "-r", str(dpi), "-gray", *pages, "-", picture.removesuffix(".pgm"), given=self.pdf)
            # it ends with another code where there is nothing to read
            found = subprocess.run(["zbarimg", "-q", "--raw", picture], capture_output=True, check=False)
        return found.stdout.decode().splitlines()


def run(*command: str, given: bytes) -> bytes:
    return subprocess.run(command, input=given, capture_output=True, check=True).stdout


def _words(page: str) -> Iterator[Word]:
    for left, top, right, bottom, text in re.findall(
        r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>', page
    ):
        word = Word(float(left), float(top), float(right), float(bottom), unescape(text))
        if word.bottom - word.top < TALLEST_WORD:
            yield word
