"""Cases of every check: one that passes, one that fails, and the edge between them."""

from tests.verification.checks.cases import claim, energy, inputs, numbers, streams, verifier

CASES = {**claim.CASES, **streams.CASES, **energy.CASES, **inputs.CASES, **numbers.CASES, **verifier.CASES}
COUNT = sum(len(module.CASES) for module in (claim, streams, energy, inputs, numbers, verifier))
