"""Keeping a sealed file and its row together, any number of times with one effect."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import TypeVar

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from verification.kernel.crash import crash_point
from verification.signing.editions import SealedEdition
from verification.signing.errors import SealingError
from verification.signing.storage import flush, remove_orphans, stored_name

Edition = TypeVar("Edition", bound=SealedEdition)


def keep_edition(edition: Edition, content: bytes, *, told: Callable[[Edition], None], dies_at: str) -> Edition:
    """The edition that stands: this one, or that of a worker that was faster; the loser's file is removed.

    ``told`` records the edition in the transaction of its row. ``dies_at`` names the point between file and row.
    """
    edition.size_bytes, edition.sha256 = len(content), hashlib.sha256(content).hexdigest()
    owner = getattr(edition, edition.OWNER)
    edition.file.save(f"{owner.pk.hex}/{edition.sha256[:16]}.pdf", ContentFile(content), save=False)
    flush(edition.file)
    crash_point(dies_at)
    try:
        with transaction.atomic():
            edition.save(force_insert=True)
            told(edition)
    except IntegrityError:
        edition.file.storage.delete(stored_name(edition.file))
        return edition.siblings().get(level=edition.level)
    remove_orphans(edition.file, known=set(edition.siblings().values_list("file", flat=True)))
    return edition


def content_of(edition: SealedEdition) -> bytes:
    """The bytes of the file. Raises ``SealingError`` where they are not those that were issued."""
    with edition.file.open("rb") as stored:
        content: bytes = stored.read()
    if hashlib.sha256(content).hexdigest() != edition.sha256:
        raise SealingError(f"The file of {edition} is not the one that was issued.")
    return content
