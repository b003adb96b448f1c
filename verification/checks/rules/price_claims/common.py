"""Amounts of a carbon price claim brought to one currency."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from verification.checks.model.price import MoneyPart, PriceSubject
from verification.checks.rules.common import Place
from verification.kernel.quantities import exact


def place(part: MoneyPart, aspect: str = "") -> Place:
    """Place of a hit on a payment or rebate."""
    return {"where": part.label or part.path, "identity": f"{part.path} {aspect}".strip()}


def settled(part: MoneyPart, currency: str) -> Decimal | None:
    """The amount in the settlement currency; ``None`` where amount or rate is not known."""
    if part.amount is None:
        return None
    if part.currency == currency:
        return part.amount
    if part.rate is None:
        return None
    with exact():
        return part.amount * part.rate


def sums(subject: PriceSubject, *groups: Iterable[MoneyPart]) -> tuple[str, list[Decimal]] | None:
    """Currency and sum of each group: in the one currency of all, else in the settlement currency.

    ``None`` where an amount cannot be brought to it. A row without amount adds nothing. Both are findings of
    their own.
    """
    rows = [[part for part in group if part.amount is not None] for group in groups]
    currencies = {part.currency for group in rows for part in group}
    currency = currencies.pop() if len(currencies) == 1 else subject.settlement_currency
    totals = []
    for group in rows:
        amounts = [settled(part, currency) for part in group]
        if any(amount is None for amount in amounts):
            return None
        with exact():
            totals.append(sum((amount for amount in amounts if amount is not None), Decimal(0)))
    return (currency, totals) if currency else None
