"""Mutation run over the formulas and the checks: small changes of the code that the tests must notice."""
