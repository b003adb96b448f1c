"""Cases of every check: one that passes, one that fails, and the edge between them."""

from tests.verification.checks.cases import (
    claim,
    energy,
    inputs,
    numbers,
    prices,
    retirements,
    streams,
    units,
    verifier,
)

MODULES = (claim, streams, energy, inputs, numbers, verifier, units, retirements, prices)
CASES = {code: case for module in MODULES for code, case in module.CASES.items()}
COUNT = sum(len(module.CASES) for module in MODULES)
