"""Pure, coded plausibility rules over the content of a claim."""

from verification.checks import rules
from verification.checks.catalogue import catalogue, run_checks

__all__ = ["catalogue", "rules", "run_checks"]
