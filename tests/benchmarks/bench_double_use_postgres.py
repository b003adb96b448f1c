"""Whose serials are these? On PostgreSQL, where 200,000 blocks are held by claims already.

The beside-value is the time that the product allows: a millisecond for one block, ten seconds for an upload of
10,000 blocks that is read, kept and put through every check.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from contextlib import redirect_stdout

from django.db import connection

from tests.benchmarks.result import Result
from tests.clock import set_test_clock
from tests.factories.units import cer, ready_with
from verification.claims.double_use import shared_with_active
from verification.claims.findings import findings_on_draft
from verification.claims.models import Claim, UnitBlock
from verification.claims.services.units import add_blocks, start_unit_claim
from verification.claims.unit_entry import read_paste
from verification.registry.models import Organisation
from verification.registry.selectors import actor_for
from verification.units.blocks import Block

HELD, WIDTH, SPACING = 200_000, 500, 1_000
LOOK_UPS = 1_000
UPLOADED = 10_000
ALLOWED_LOOK_UP, ALLOWED_UPLOAD = 0.001, 10.0
SEED = """INSERT INTO claims_unitblock (claim_id, position, raw_serial, serial, family, family_key, first, last,
  quantity, unit_type, programme, project, country, event, beneficiary, purpose, facts, acceptance_reason, state,
  is_active, adjustment_state)
SELECT claim_id, position, raw_serial, serial, family, family_key, first, last, quantity, unit_type, programme, project,
  country, event, beneficiary, purpose, facts, acceptance_reason, 'reserved', true, adjustment_state
FROM (SELECT claim_id, n + 2 AS position, raw_serial, serial, family, family_key, n * %(spacing)s AS first,
  n * %(spacing)s + %(width)s - 1 AS last, %(width)s AS quantity, unit_type, programme, project, country, event,
  beneficiary, purpose, facts, acceptance_reason, adjustment_state
  FROM claims_unitblock, generate_series(1, %(held)s) AS n WHERE id = %(model)s) AS made"""


def run() -> list[Result]:
    """Needs PostgreSQL; makes the demonstration and the blocks."""
    from django.core.management import call_command

    if connection.vendor != "postgresql":
        raise RuntimeError("This benchmark is about PostgreSQL; start it with make bench.")
    set_test_clock()
    with redirect_stdout(sys.stderr):
        call_command("demo", verbosity=0)
    party = Organisation.objects.get(is_importer=True)
    actor = actor_for(party.memberships.get().user)
    _hold(ready_with([cer(1, 1, party="KE")], actor=actor, organisation=party))
    return [_look_up(), _upload(party, actor)]


def _hold(claim: Claim) -> None:
    """The constraint is put back once all rows are there: it then judges them all at once."""
    model = claim.blocks.get().pk
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = 'unit_block_no_double_use'")
        definition = cursor.fetchone()[0]
        cursor.execute("ALTER TABLE claims_unitblock DROP CONSTRAINT unit_block_no_double_use")
        cursor.execute(SEED, {"held": HELD, "spacing": SPACING, "width": WIDTH, "model": model})
        cursor.execute(f"ALTER TABLE claims_unitblock ADD CONSTRAINT unit_block_no_double_use {definition}")
        cursor.execute("ANALYZE claims_unitblock")


def _look_up() -> Result:
    """The median of single look-ups, half of which find something."""
    family = UnitBlock.objects.filter(is_active=True, quantity=WIDTH).values_list("family_key", flat=True)[0]
    chance = random.Random(20260422)
    starts = [chance.randrange(1, HELD) * SPACING + (number % 2) * (WIDTH + 10) for number in range(LOOK_UPS)]
    times, found = [], 0
    for start in starts:
        begun = time.perf_counter()
        found += len(shared_with_active([Block(family, start, start + 99)]))
        times.append(time.perf_counter() - begun)
    if found != LOOK_UPS // 2:
        raise AssertionError(f"{found} of {LOOK_UPS} look-ups found an overlap.")
    name = f"overlap looked up among {HELD:,} blocks"
    return Result(name, "seconds", statistics.median(times), ALLOWED_LOOK_UP, "what is allowed", "at most", 1.0)


def _upload(party: Organisation, actor: object) -> Result:
    text = "\n".join(cer(n * SPACING + WIDTH, n * SPACING + WIDTH + 99, party="KE") for n in range(1, UPLOADED + 1))
    claim = start_unit_claim(party, scheme="allowance-requirement", year=2026, actor=actor)
    begun = time.perf_counter()
    reading = read_paste(text)
    add_blocks(claim, actor=actor, entries=reading.entries)
    findings = findings_on_draft(claim)
    taken = time.perf_counter() - begun
    if claim.blocks.count() != UPLOADED or not findings or any(item.code == "D-CROSS" for item in findings):
        raise AssertionError("The upload was not read and checked as it should be.")
    name = f"upload of {UPLOADED:,} blocks, every check"
    return Result(name, "seconds", taken, ALLOWED_UPLOAD, "what is allowed", "at most", 1.0)
