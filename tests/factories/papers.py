"""A small PDF with a record attached, for tests of seals that need no drawing."""

from __future__ import annotations

import io
from functools import cache

import pikepdf

from tests.factories.certificates import certificate_record
from verification.kernel.canonical import canonical_bytes


@cache
def small_paper() -> bytes:
    with pikepdf.new() as document:
        document.add_blank_page()
        record = pikepdf.AttachedFileSpec(document, canonical_bytes(certificate_record()), filename="record.json")
        document.attachments["record.json"] = record
        target = io.BytesIO()
        document.save(target, deterministic_id=True)
    return target.getvalue()
