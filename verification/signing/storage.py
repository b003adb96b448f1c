"""Keeping sealed files: on the disk before a row names them, and nothing left behind by a worker that died."""

from __future__ import annotations

import os
from collections.abc import Collection
from datetime import timedelta

from django.conf import settings
from django.db.models.fields.files import FieldFile

from verification.kernel.clock import wall_now


def flush(stored: FieldFile) -> None:
    """The bytes are on the disk before the row says so."""
    with stored.storage.open(stored_name(stored), "rb") as opened:
        os.fsync(opened.fileno())


def stored_name(stored: FieldFile) -> str:
    if not stored.name:
        raise ValueError("The file was not kept yet.")
    return stored.name


def remove_orphans(stored: FieldFile, *, known: Collection[str]) -> None:
    """Delete what a worker left beside the file that died before its row; never what one may still be writing, and
    never what a row names (``known``)."""
    folder = stored_name(stored).rpartition("/")[0]
    settled = wall_now() - timedelta(seconds=settings.JOB_LEASE_SECONDS / 2)
    for name in stored.storage.listdir(folder)[1]:
        path = f"{folder}/{name}"
        if path not in known and stored.storage.get_modified_time(path) < settled:
            stored.storage.delete(path)
