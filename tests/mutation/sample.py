"""A random sample of a room's mutants, stratified by module and repeatable by its seed."""

from __future__ import annotations

import random

from tests.mutation.mutants import Mutant, modules, mutants_of

AT_LEAST = 5


def population(room: str) -> tuple[dict[str, list[Mutant]], dict[str, int]]:
    """Mutants of every module that has any, and what the filters left out."""
    found: dict[str, list[Mutant]] = {}
    left_out: dict[str, int] = {}
    for module in modules(room):
        mutants, without = mutants_of(module)
        if mutants:
            found[module] = mutants
        for reason, number in without.items():
            left_out[reason] = left_out.get(reason, 0) + number
    return found, left_out


def sample(mutants: dict[str, list[Mutant]], size: int, seed: int) -> list[Mutant]:
    """About ``size`` mutants: every module in proportion to its number, but at least five where it has them."""
    whole = sum(map(len, mutants.values()))
    share = min(1.0, size / whole)
    draw = random.Random(seed)
    chosen: list[Mutant] = []
    for module in sorted(mutants):
        number = max(AT_LEAST, round(len(mutants[module]) * share))
        chosen += draw.sample(sorted(mutants[module]), min(number, len(mutants[module])))
    draw.shuffle(chosen)
    return chosen
