"""Seals at issue and after the night: their levels, what changes of the file they show, and later years."""

from __future__ import annotations

import asyncio
import io
import random
import shutil
import subprocess
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.core.management import call_command
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESPassed
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.signers import PdfTimeStamper
from pyhanko.sign.validation import EmbeddedPdfSignature, validate_pdf_signature
from pyhanko.sign.validation.ades import ades_lta_validation
from pyhanko.sign.validation.policy_decl import PdfSignatureValidationSpec, SignatureValidationSpec
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.context import CertValidationPolicySpec
from pyhanko_certvalidator.ltv.types import ValidationTimingInfo
from pyhanko_certvalidator.policy_decl import CertRevTrustPolicy, RevocationCheckingPolicy
from pyhanko_certvalidator.registry import SimpleTrustManager

from tests.factories.papers import small_paper
from verification.certificates.inspection import SealVerdict, inspect_file
from verification.certificates.seal import extend, seal
from verification.kernel import clock
from verification.kernel.clock import wall_now
from verification.signing.editions import SealLevel
from verification.signing.errors import StampUnavailable
from verification.signing.making import make_keys, rotate_keys
from verification.signing.stamping import time_stamper
from verification.signing.trust import trusted_roots

pytestmark = pytest.mark.unit
YEARS_LATER = timedelta(days=5 * 366)


@pytest.fixture(scope="module")
def sealed(_sealing_keys: None) -> bytes:
    return seal(small_paper(), reason="Certificate")


@pytest.fixture(scope="module")
def extended(sealed: bytes) -> bytes:
    return extend(sealed)


def test_stamp_tells_the_wall_clock(sealed: bytes) -> None:
    assert clock.demonstration() is not None
    status = validate_pdf_signature(_seal_of(sealed), ValidationContext(trust_roots=trusted_roots()))
    assert status.timestamp_validity is not None
    assert status.timestamp_validity.trusted
    assert timedelta() <= wall_now() - status.timestamp_validity.timestamp < timedelta(minutes=10)
    found = inspect_file(sealed)
    assert (found.seal, found.level) == (SealVerdict.VALID, SealLevel.B_T)


def test_extending_only_appends_and_both_files_hold(sealed: bytes, extended: bytes, tmp_path: Path) -> None:
    assert extended.startswith(sealed)
    found = inspect_file(extended)
    assert (found.seal, found.level, found.record) == (SealVerdict.VALID, SealLevel.B_LTA, inspect_file(sealed).record)
    status = validate_pdf_signature(_seal_of(extended), ValidationContext(trust_roots=trusted_roots()))
    assert (status.bottom_line, status.docmdp_ok) == (True, True)
    assert status.modification_level == ModificationLevel.LTA_UPDATES
    (tmp_path / "extended.pdf").write_bytes(extended)
    said = _said("pdfsig", "-nocert", str(tmp_path / "extended.pdf"))
    assert said.count("Signature is Valid") == 1
    assert said.count("Signature Field Name") == 2
    assert "No syntax or stream encoding errors found" in _said("qpdf", "--check", str(tmp_path / "extended.pdf"))


def test_five_years_later_only_the_extended_file_proves_itself(sealed: bytes, extended: bytes) -> None:
    later = wall_now() + YEARS_LATER
    assert _seal_of(sealed).signer_cert.not_valid_after < later
    assert inspect_file(sealed, at=later).seal is SealVerdict.EXPIRED
    assert inspect_file(extended, at=later).level is SealLevel.B_LTA
    assert _ades_verdict(extended, later) == AdESPassed.OK
    assert _ades_verdict(sealed, later) != AdESPassed.OK


def test_no_byte_changes_unnoticed(sealed: bytes, extended: bytes) -> None:
    chance = random.Random(20270315)
    for content in (sealed, extended):
        places = [chance.randrange(len(content)) for _ in range(25)]
        for signature in PdfFileReader(io.BytesIO(content)).embedded_signatures:
            start, end = signature.byte_range[1], signature.byte_range[2]
            places += [chance.randrange(start, end) for _ in range(25)] + [start, start + 1, end - 2, end - 1]
        if content is extended:
            places += [chance.randrange(len(sealed), len(extended)) for _ in range(25)]
        for place in places:
            altered = content[:place] + bytes([content[place] ^ (1 << chance.randrange(8))]) + content[place + 1 :]
            assert inspect_file(altered).seal is not SealVerdict.VALID, place


def test_what_others_add_is_told(sealed: bytes, extended: bytes) -> None:
    for content in (sealed, extended):
        assert inspect_file(content + b"\n% added").seal is SealVerdict.ALTERED
        writer = IncrementalPdfFileWriter(io.BytesIO(content))
        writer.root["/Lang"] = writer.root["/Type"]
        writer.update_root()
        target = io.BytesIO()
        writer.write(target)
        assert inspect_file(target.getvalue()).seal is SealVerdict.ALTERED
        with pikepdf.open(io.BytesIO(content)) as document:
            document.save(target := io.BytesIO())
        assert inspect_file(target.getvalue()).seal is not SealVerdict.VALID


def test_stamp_of_somebody_else_is_not_ours(sealed: bytes, settings: Any, tmp_path: Path) -> None:
    ours = settings.SIGNING_KEY_DIR
    settings.SIGNING_KEY_DIR = str(tmp_path / "others")
    make_keys()
    stamper, foreign = time_stamper(), seal(small_paper(), reason="Certificate")
    settings.SIGNING_KEY_DIR = ours
    stamped = PdfTimeStamper(stamper).timestamp_pdf(IncrementalPdfFileWriter(io.BytesIO(sealed)), "sha256")
    assert inspect_file(stamped.getvalue()).seal is SealVerdict.NOT_OURS
    assert inspect_file(foreign).seal is SealVerdict.NOT_OURS


def test_page_changed_under_a_true_stamp_is_told(sealed: bytes) -> None:
    """Whoever gets the authority to stamp an altered file gets nothing: the comparison of revisions finds it."""
    writer = IncrementalPdfFileWriter(io.BytesIO(sealed))
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    page["/MediaBox"][2] = page["/MediaBox"][3]
    writer.update_container(page)
    stamped = PdfTimeStamper(time_stamper()).timestamp_pdf(writer, "sha256").getvalue()
    assert stamped.startswith(sealed)
    assert inspect_file(stamped).seal is not SealVerdict.VALID


def test_unreachable_authority_leaves_nothing_sealed(sealed: bytes, settings: Any) -> None:
    settings.TSA_URL = "http://127.0.0.1:9/"
    with pytest.raises(StampUnavailable):
        seal(small_paper(), reason="Certificate")
    with pytest.raises(StampUnavailable):
        extend(sealed)


@pytest.mark.parametrize("with_root", [False, True])
def test_seal_made_before_a_rotation_holds_after_it(
    keys: Path, tmp_path: Path, with_root: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    make_keys()
    before = seal(small_paper(), reason="Certificate")
    rotate_keys(with_root=with_root)
    after = seal(small_paper(), reason="Certificate")
    assert _seal_of(before).signer_cert.sha256 != _seal_of(after).signer_cert.sha256
    for number, content in enumerate((before, after)):
        assert inspect_file(content).seal is SealVerdict.VALID
        status = validate_pdf_signature(_seal_of(content), ValidationContext(trust_roots=trusted_roots()))
        assert status.bottom_line
        path = tmp_path / f"{number}.pdf"
        path.write_bytes(content)
        call_command("check_certificate", str(path), "--offline", "--json")
        assert '"signature_level": "B-T"' in capsys.readouterr().out


def _seal_of(content: bytes) -> EmbeddedPdfSignature:
    return PdfFileReader(io.BytesIO(content)).embedded_regular_signatures[0]


def _ades_verdict(content: bytes, at: datetime) -> object:
    """What pyHanko's own validation says to whoever trusts nothing but the root, without any network."""
    trusted = SimpleTrustManager.build(trust_roots=trusted_roots())
    checked, tolerant = (
        CertValidationPolicySpec(trusted, CertRevTrustPolicy(RevocationCheckingPolicy.from_legacy(mode)))
        for mode in ("require", "soft-fail")
    )
    specification = PdfSignatureValidationSpec(SignatureValidationSpec(checked, ts_cert_validation_policy=tolerant))
    timing = ValidationTimingInfo(validation_time=at, best_signature_time=at, point_in_time_validation=True)
    return asyncio.run(ades_lta_validation(_seal_of(content), specification, timing_info=timing)).ades_subindic


def _said(tool: str, *arguments: str) -> str:
    found = shutil.which(tool)
    assert found, f"{tool} is needed for this test; `make test` installs it"
    return subprocess.run([found, *arguments], capture_output=True, text=True, check=True).stdout
