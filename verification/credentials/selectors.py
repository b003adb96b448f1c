"""What this room hands out. The public part of it: anyone may ask for a list, or has the certificate's code."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings

from verification.credentials.did import did_document, did_of
from verification.credentials.models import OfflineCode, SignedCredential, SignedList, StatusEntry
from verification.credentials.offline import read_offline_code
from verification.signing.issuer import issuer_keys


def issuer_document() -> dict[str, Any]:
    """The did document of this portal."""
    return did_document(did_of(settings.SITE_ADDRESS), issuer_keys())


def current_key_id() -> str:
    """The key that signs now, known without its private part. Raises ``LookupError`` where there is none."""
    for key in issuer_keys():
        if key.is_current:
            return key.key_id
    raise LookupError("None of the issuer's keys is the current one.")


def signed_list(purpose: str, number: int) -> SignedList | None:
    return SignedList.objects.filter(purpose=purpose, list__number=number).first()


def signed_credential_of(subject: uuid.UUID) -> SignedCredential | None:
    """The newest, or ``None`` while it is being signed."""
    return SignedCredential.objects.filter(subject=subject).order_by("-signed_at").first()


def offline_code_of(subject: uuid.UUID) -> str:
    """Empty while it is not signed, and for certificates from before there were offline codes."""
    return OfflineCode.objects.filter(subject=subject).values_list("text", flat=True).first() or ""


def offline_content_of(code: str) -> dict[str, Any]:
    """What a genuine code of this portal says. Raises ``NotGenuine`` and ``UnknownKey``."""
    return read_offline_code(code, issuer_keys())


def is_suspended(subject: uuid.UUID) -> bool:
    """Whether its place in the list of suspensions is marked now; never for certificates from before the lists."""
    return StatusEntry.objects.filter(subject=subject, suspended_at__isnull=False).exists()
