"""The shipped packs, compiled once for a test module and never left behind in the database."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.db import transaction

import verification.reference
from verification.audit.actors import Actor
from verification.determination.snapshot import Snapshot, snapshot_of
from verification.reference.services import load_pack

PACKS = Path(verification.reference.__file__).parent / "packs"


@cache
def snapshot_of_pack(name: str) -> Snapshot:
    """Load, publish and compile; then roll back. The caller has unblocked the database."""
    with transaction.atomic():
        release = load_pack(PACKS / name, actor=Actor.system(), publish_with=("O-1", "O-2")).release
        snapshot = snapshot_of(release)
        transaction.set_rollback(True)
    return snapshot
