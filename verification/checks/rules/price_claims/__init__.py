"""Rules about carbon price claims, one module a group; importing them fills the catalogue."""

from verification.checks.rules.price_claims import certification, credits, goods, instrument, money, payments

__all__ = ["certification", "credits", "goods", "instrument", "money", "payments"]
