"""What a sealed paper must stand: others trust it too, and no change of it passes. Each yields what breaks it."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from verification.certificates.inspection import SealVerdict, inspect_file
from verification.signing.editions import SealLevel
from verification.signing.trust import trusted_roots

SHARES = (0.02, 0.5, 0.8)
"""Where a byte is changed, of what the seal covers before its container."""


@dataclass(frozen=True)
class SealedPaper:
    content: bytes
    folder: Path
    """Of one's own, to put files into."""
    root: Path
    """The authority's root, PEM."""
    trusting: Path
    """A certificate store of NSS that trusts that root and nothing else."""


def the_portal_accepts_it(paper: SealedPaper) -> Iterator[str]:
    found = inspect_file(paper.content)
    if (found.seal, found.level) != (SealVerdict.VALID, SealLevel.B_T):
        yield f"{found.seal}, {found.level}: {found.explanation}"


def pyhanko_trusts_it(paper: SealedPaper) -> Iterator[str]:
    (seal,) = PdfFileReader(io.BytesIO(paper.content)).embedded_signatures
    status = validate_pdf_signature(seal, ValidationContext(trust_roots=trusted_roots()))
    found = (status.intact, status.trusted, status.bottom_line, status.coverage, status.modification_level)
    if found != (True, True, True, SignatureCoverageLevel.ENTIRE_FILE, ModificationLevel.NONE):
        yield f"intact, trusted, bottom line, coverage, change: {found}"


def pdfsig_trusts_it(paper: SealedPaper) -> Iterator[str]:
    path = paper.folder / "sealed.pdf"
    path.write_bytes(paper.content)
    said = _said("pdfsig", "-nssdir", f"sql:{paper.trusting}", str(path))
    for wanted in ("Signature is Valid.", "Certificate is Trusted.", "Total document signed"):
        if said.count(wanted) != 1:
            yield f"pdfsig says {said}"


def openssl_trusts_it(paper: SealedPaper) -> Iterator[str]:
    """The container apart from the file: CMS (RFC 5652) with the attributes of CAdES (RFC 5035)."""
    (seal,) = PdfFileReader(io.BytesIO(paper.content)).embedded_signatures
    first, length, second, rest = (int(each) for each in seal.byte_range)
    covered = paper.content[first : first + length] + paper.content[second : second + rest]
    (paper.folder / "covered").write_bytes(covered)
    (paper.folder / "container").write_bytes(seal.pkcs7_content)
    asked = ["openssl", "cms", "-verify", "-cades", "-binary", "-inform", "DER", "-purpose", "any", "-out", "/dev/null"]
    files = ["-in", str(paper.folder / "container"), "-content", str(paper.folder / "covered")]
    said = _said(*asked, *files, "-CAfile", str(paper.root))
    if "Verification successful" not in said:
        yield f"openssl says {said}"


def no_change_passes(paper: SealedPaper) -> Iterator[str]:
    (seal,) = PdfFileReader(io.BytesIO(paper.content)).embedded_signatures
    changes = {f"a byte at {share:.0%}": _flipped(paper.content, int(seal.byte_range[1] * share)) for share in SHARES}
    changes |= {"saved anew": _saved_anew(paper.content), "a page turned": _page_turned(paper.content)}
    for name, content in changes.items():
        if inspect_file(content).seal is SealVerdict.VALID:
            yield f"{name}: still valid"


def _flipped(content: bytes, place: int) -> bytes:
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]


def _saved_anew(content: bytes) -> bytes:
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as document:
        document.save(target)
    return target.getvalue()


def _page_turned(content: bytes) -> bytes:
    """As a further revision, which leaves every sealed byte where it is."""
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    page["/MediaBox"][2] = page["/MediaBox"][3]
    writer.update_container(page)
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def _said(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


RULES = (the_portal_accepts_it, pyhanko_trusts_it, pdfsig_trusts_it, openssl_trusts_it, no_change_passes)
