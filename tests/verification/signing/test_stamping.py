"""A time-stamping authority at an address, under a root of its own."""

from __future__ import annotations

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from asn1crypto import tsp

from tests.factories.papers import small_paper
from verification.certificates.inspection import SealVerdict, inspect_file
from verification.certificates.seal import _room, extend, seal
from verification.signing import folder
from verification.signing.editions import SealLevel
from verification.signing.errors import SealingError, StampUnavailable
from verification.signing.making import make_keys
from verification.signing.stamping import time_stamper

pytestmark = pytest.mark.unit


class _Authority(BaseHTTPRequestHandler):
    """Answers requests of RFC 3161, 3.4, or with what it is told to say instead."""

    stamper: Any
    says_instead: bytes | None = None
    asked = 0

    def do_POST(self) -> None:
        type(self).asked += 1
        request = tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
        body = type(self).says_instead or self.stamper.request_tsa_response(request).dump()
        self.send_response(200)
        self.send_header("Content-Type", "application/timestamp-reply")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:
        """Nothing on the screen."""


@pytest.fixture
def authority(keys: Path, settings: Any, tmp_path: Path) -> Iterator[Path]:
    """The folder of an authority that answers; the portal stamps nothing itself and does not trust it yet."""
    settings.SIGNING_KEY_DIR = str(tmp_path / "authority")
    make_keys()
    _Authority.stamper, _Authority.says_instead = time_stamper(), None
    settings.SIGNING_KEY_DIR = str(keys)
    make_keys()
    for name in (folder.STAMP_CERTIFICATE, folder.STAMP_KEY):
        (keys / name).unlink()
    with ThreadingHTTPServer(("127.0.0.1", 0), _Authority) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        settings.TSA_URL = f"http://127.0.0.1:{server.server_port}/"
        yield tmp_path / "authority"
        server.shutdown()


def test_authority_stamps_and_the_file_is_extended_under_its_root(authority: Path, keys: Path) -> None:
    assert folder.missing_key_files() == []
    with pytest.raises(SealingError, match="does not hold"):
        seal(small_paper(), reason="Stamped by somebody who is not trusted")
    (keys / "roots").mkdir()
    (keys / "roots" / "authority.pem").write_bytes((authority / "root.pem").read_bytes())
    sealed = seal(small_paper(), reason="Certificate")
    assert inspect_file(sealed).level is SealLevel.B_T
    with pytest.raises(SealingError, match="cannot be extended"):
        extend(sealed)
    (keys / "authority.crl").write_bytes((authority / "root.crl").read_bytes())
    found = inspect_file(extend(sealed))
    assert (found.seal, found.level) == (SealVerdict.VALID, SealLevel.B_LTA)


@pytest.mark.parametrize("answer", [b"no answer", bytes.fromhex("30053003020102")], ids=["nonsense", "rejection"])
def test_refusal_and_nonsense_are_no_stamp(authority: Path, answer: bytes) -> None:
    _Authority.says_instead = answer
    with pytest.raises(StampUnavailable):
        seal(small_paper(), reason="Certificate")


def test_room_for_the_container_is_measured_once_and_anew_when_outgrown(
    authority: Path, keys: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (keys / "roots").mkdir()
    (keys / "roots" / "authority.pem").write_bytes((authority / "root.pem").read_bytes())
    seal(small_paper(), reason="Certificate")
    asked = _Authority.asked
    seal(small_paper(), reason="Certificate")
    assert _Authority.asked == asked + 1
    monkeypatch.setattr("verification.certificates.seal._room", dict.fromkeys(_room, 4096))
    with pytest.raises(SealingError, match="larger than expected"):
        seal(small_paper(), reason="Certificate")
    assert inspect_file(seal(small_paper(), reason="Certificate")).level is SealLevel.B_T
    assert _Authority.asked == asked + 4
