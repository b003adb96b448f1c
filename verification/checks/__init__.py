"""Pure, coded plausibility rules over the content of a claim."""

from verification.checks import rules_claim, rules_values, rules_verification
from verification.checks.catalogue import catalogue, run_checks

__all__ = ["catalogue", "rules_claim", "rules_values", "rules_verification", "run_checks"]
