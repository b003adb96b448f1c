"""The electronic seal: an invisible PAdES certification signature that permits no change."""

from __future__ import annotations

import io

from django.conf import settings
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers

from verification.signing.signers import sealing_signer

FIELD_NAME = "Seal"


def seal(pdf: bytes, *, reason: str) -> bytes:
    """``pdf`` with the seal appended. Raises ``FileNotFoundError`` when the key is missing.

    The root stays out of the container: whoever checks brings the root that it trusts, and nothing
    would notice a changed byte in a copy.
    """
    metadata = signers.PdfSignatureMetadata(
        field_name=FIELD_NAME,
        md_algorithm="sha256",
        subfilter=fields.SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=fields.MDPPerm.NO_CHANGES,
        reason=reason,
        name=settings.AUTHORITY_NAME,
    )
    with sealing_signer() as signer:
        return signers.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)), metadata, signer=signer).getvalue()
