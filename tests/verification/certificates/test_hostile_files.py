"""Files at the public check that were made to harm: each is refused, and none is unpacked whole."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from tests.factories.papers import small_paper
from verification.certificates.inspection import SealVerdict, inspect_file
from verification.signing.making import make_keys

pytestmark = pytest.mark.unit
MEGABYTE = 1024 * 1024
UNPACKED, ALLOWED = 400 * MEGABYTE, 100 * MEGABYTE
HEAD = b"1 0 "
START = HEAD + b"<</Type/Catalog/Pages 2 0 R/AcroForm 5 0 R>>"
"""An object stream that holds the catalog as object 1."""


def _packed(size: int, start: bytes = b"") -> bytes:
    packer = zlib.compressobj(1)
    parts = [packer.compress(start), *(packer.compress(b" " * MEGABYTE) for _ in range(size // MEGABYTE))]
    return b"".join([*parts, packer.flush()])


def _lzw(content: bytes) -> bytes:
    """Every byte after a clearing of the table, then the end: nine bits each."""
    codes = [code for byte in content for code in (256, byte)] + [257]
    bits = "".join(f"{code:09b}" for code in codes)
    return int(bits.ljust(-(-len(bits) // 8) * 8, "0"), 2).to_bytes(-(-len(bits) // 8))


def _paper(stream: bytes, filters: bytes) -> bytes:
    """A PDF whose catalog lies in the object stream ``stream``."""
    out = io.BytesIO(b"%PDF-1.7\n")
    out.seek(0, io.SEEK_END)
    places = {}

    def put(number: int, body: bytes) -> None:
        places[number] = out.tell()
        out.write(b"%d 0 obj\n" % number + body + b"\nendobj\n")

    put(2, b"<</Type/Pages/Kids[3 0 R]/Count 1>>")
    put(3, b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>")
    put(5, b"<</Fields[]>>")
    words = b"<</Type/ObjStm/N 1/First %d/Filter%s/Length %d>>stream\n" % (len(HEAD), filters, len(stream))
    put(4, words + stream + b"\nendstream")
    table = out.tell()
    rows = [(0, 0, 255), (2, 4, 0), *((1, places[number], 0) for number in (2, 3, 4, 5)), (1, table, 0)]
    raw = b"".join(kind.to_bytes(1) + place.to_bytes(4) + last.to_bytes(1) for kind, place, last in rows)
    out.write(b"6 0 obj\n<</Type/XRef/Size 7/W[1 4 1]/Root 1 0 R/Length %d>>stream\n" % len(raw) + raw)
    out.write(b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % table)
    return out.getvalue()


def _encrypted() -> bytes:
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(small_paper())) as document:
        document.save(target, encryption=pikepdf.Encryption(owner="owner", user="user"))
    return target.getvalue()


def _with_a_page_that_is_never_drawn() -> bytes:
    """The page unpacks to much."""
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(small_paper())) as document:
        bomb = document.make_stream(b"")
        bomb.write(_packed(UNPACKED), filter=pikepdf.Name.FlateDecode)
        document.pages[0].Contents = bomb
        document.save(target, compress_streams=False)
    return target.getvalue()


def test_files_like_the_bombs_can_be_read(keys: Path) -> None:
    """Else the refusals below would prove nothing."""
    make_keys()
    assert inspect_file(_paper(_packed(0, START), b"/FlateDecode")).seal is SealVerdict.NONE
    with pikepdf.open(io.BytesIO(_paper(_lzw(START), b"/LZWDecode"))) as document:
        assert document.Root.Type == "/Catalog"


@pytest.mark.parametrize("times", [1, 2])
def test_object_stream_that_unpacks_to_much_is_refused(keys: Path, times: int) -> None:
    make_keys()
    stream = _packed(UNPACKED, START)
    if times > 1:
        stream = zlib.compress(stream)
    assert _judged_within_bounds(_paper(stream, b"[" + b"/FlateDecode" * times + b"]")) is SealVerdict.UNREADABLE


@pytest.mark.parametrize("spelled", [b"/LZWDecode", b"/#4cZ#57Decode", b"/LZW"])
def test_packing_without_bounds_is_refused_by_its_name(
    keys: Path, spelled: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_keys()
    content = _paper(_lzw(START), spelled)
    monkeypatch.setattr(pikepdf, "open", lambda *_: pytest.fail("It was opened."))
    assert inspect_file(content).seal is SealVerdict.UNREADABLE


@pytest.mark.parametrize(
    ("content", "verdict"),
    [
        (_encrypted, SealVerdict.UNREADABLE),
        (_with_a_page_that_is_never_drawn, SealVerdict.NONE),
        (lambda: b"%PDF-" + bytes(range(256)) * 4000, SealVerdict.UNREADABLE),
        (lambda: b"%PDF-1.7\n", SealVerdict.UNREADABLE),
    ],
    ids=["encrypted", "page", "noise", "nothing"],
)
def test_what_cannot_be_read_or_bears_no_seal_says_so(
    keys: Path, content: Callable[[], bytes], verdict: SealVerdict
) -> None:
    make_keys()
    assert _judged_within_bounds(content()) is verdict


def _judged_within_bounds(content: bytes) -> SealVerdict:
    """The verdict, which is reached without ever holding what the file unpacks to."""
    Path("/proc/self/clear_refs").write_text("5")
    before = _most_held()
    found = inspect_file(content)
    assert _most_held() - before < ALLOWED
    return found.seal


def _most_held() -> int:
    """Bytes of memory at most since the count was set back."""
    (line,) = [line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")]
    return int(line.split()[1]) * 1024
