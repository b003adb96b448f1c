"""The shipped packs, compiled once for a test module and never left behind in the database."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

from django.db import transaction

import verification.reference
from verification.audit.actors import Actor
from verification.determination.snapshot import Snapshot, snapshot_of
from verification.reference.selectors import unit_rules_record
from verification.reference.services import load_pack
from verification.units.rules import UnitRules

PACKS = Path(verification.reference.__file__).parent / "packs"


class Compiled(NamedTuple):
    """What the engine and the rules for units read of one pack."""

    snapshot: Snapshot
    unit_rules: UnitRules


@cache
def compiled_pack(name: str) -> Compiled:
    """Load, publish and compile; then roll back. The caller has unblocked the database."""
    with transaction.atomic():
        release = load_pack(PACKS / name, actor=Actor.system(), publish_with=("O-1", "O-2")).release
        compiled = Compiled(snapshot_of(release), UnitRules.from_record(unit_rules_record(name)))
        transaction.set_rollback(True)
    return compiled


def snapshot_of_pack(name: str) -> Snapshot:
    """What the engine reads of the pack. The caller has unblocked the database."""
    return compiled_pack(name).snapshot
