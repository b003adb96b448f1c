"""The electronic seal: an invisible PAdES certification signature that permits no change."""

from __future__ import annotations

import io

from django.conf import settings
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers

from verification.certificates.keys import SEAL_CERTIFICATE, SEAL_KEY, key_folder

FIELD_NAME = "Seal"


def seal(pdf: bytes, *, reason: str) -> bytes:
    """``pdf`` with the seal appended. Raises ``FileNotFoundError`` when the key is missing.

    The root stays out of the container: whoever checks brings the root that it trusts, and nothing
    would notice a changed byte in a copy.
    """
    signer = signers.SimpleSigner.load(str(key_folder() / SEAL_KEY), str(key_folder() / SEAL_CERTIFICATE))
    if signer is None:
        raise FileNotFoundError(f"The sealing key in {key_folder()} cannot be loaded.")
    metadata = signers.PdfSignatureMetadata(
        field_name=FIELD_NAME,
        md_algorithm="sha256",
        subfilter=fields.SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=fields.MDPPerm.NO_CHANGES,
        reason=reason,
        name=settings.AUTHORITY_NAME,
    )
    return signers.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)), metadata, signer=signer).getvalue()
