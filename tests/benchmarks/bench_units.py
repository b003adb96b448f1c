"""Serials of reduction units read for each second, against the goal and beside the bare patterns.

The bare patterns tell only whether a line is a serial; the portal also normalises, takes the fields apart, finds
every problem and builds the records. Rounds are short and many, so that one of them meets a quiet machine.
"""

from __future__ import annotations

import gc
import random
import re

from tests.benchmarks.result import Result, best_seconds_of_two
from verification.units.blocks import Block, overlaps_within
from verification.units.serials import GRAMMARS, parse_serials

SERIALS = 2_000
ROUNDS = 100
GOAL_PER_SECOND = 50_000
FORMS = (
    "19309-{start}-{end}-VCS-VCU-1491-VER-RW-3-{project}-01102024-31122024-1",
    "GS1-1-KE-GS{project}-16-2025-30256-{start}-{end}",
    "ACR-US-{project}-2022-2145-{start} to {end}",
    "CAR-1-US-{project}-31-983-KS-2025-9659-{start} to {end}",
    "ART-GY-{project}-2021-11-{start} to {end}",
    "RW-5-{start}-2-2-0-{project} - RW-5-{end}-2-2-0-{project}",
    "CDC_{project}_3_1_323_14_CO_1_2_2019, {start}-{end}",
)


def run() -> list[Result]:
    """Needs no database. The mix is the same in every run."""
    chance = random.Random(20260422)
    lines = [_line(chance) for _ in range(SERIALS)]
    text = "\n".join(lines)
    parsed = parse_serials(text)
    if any(each.problems for each in parsed):
        raise RuntimeError("A line of the benchmark is not a clean serial; the measurement would not be of serials.")
    # Group names of the grammars repeat, so they are left out of the combined pattern.
    patterns = (re.sub(r"\?P<\w+>", "", grammar.pattern.pattern) for grammar in GRAMMARS)
    combined = re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)
    blocks = [each.serial.block for each in parsed if each.serial and each.serial.block]
    sparse = [Block(str(place % 50), block.start, block.end) for place, block in enumerate(blocks)]

    # What was loaded before is no part of the measurement; collecting garbage of the parser's own is.
    gc.collect()
    gc.freeze()

    def match_all() -> None:
        for line in lines:
            combined.fullmatch(line)

    reading, matching = best_seconds_of_two(lambda: parse_serials(text), match_all, ROUNDS)
    sweeping, _ = best_seconds_of_two(lambda: overlaps_within(sparse), lambda: None, ROUNDS)
    each_second = SERIALS / reading
    return [
        Result("serials read", "a second", each_second, GOAL_PER_SECOND, "the goal", "at least", 1.0),
        Result("serials read", "a second", each_second, SERIALS / matching, "the bare patterns", "at least", 0.05),
        Result(
            "blocks searched for overlaps", "a second", SERIALS / sweeping, GOAL_PER_SECOND, "the goal of reading",
            "at least", 1.0,
        ),
    ]  # fmt: skip


def _line(chance: random.Random) -> str:
    start = chance.randrange(1, 900_000_000)
    form = chance.choice(FORMS)
    return form.format(start=start, end=start + chance.randrange(100), project=chance.randrange(1, 5000))
