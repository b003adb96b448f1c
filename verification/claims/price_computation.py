"""The carbon price effectively paid, worked out from what a claim says. Pure: the sealed content and terms suffice.

What was paid, with allowances and counted credits at what they cost, less what came back, is spread over the
emissions of the year for which the instrument asks a price. A good carries that price on its own priced emissions,
and the prices of its precursors travel down to it as emissions do (Regulation (EU) 2023/956, Article 9; Implementing
Regulation (EU) 2025/2547, Annex III). Nothing is rounded.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from verification.claims.price_terms import PriceTerms
from verification.kernel.errors import Problem
from verification.kernel.quantities import exact, plain
from verification.units.carbon_price import (
    NetPayment,
    PricedPrecursor,
    PricePaid,
    Rebate,
    Surrendered,
    net_of_rebates,
    price_effectively_paid,
    price_of_emissions,
    price_per_tonne,
)

ZERO, ONE = Decimal(0), Decimal(1)
CODE = "PRI-COUNT"
Content = Mapping[str, Any]


@dataclass(frozen=True)
class GoodPrice:
    """Money per tonne of good, in the currency of the whole; ``share_priced`` is a share of one."""

    position: int
    code: str
    own_per_t: Decimal
    precursors_per_t: Decimal
    see_tco2e_per_t: Decimal
    share_priced: Decimal

    @property
    def per_t(self) -> Decimal:
        with exact():
            return self.own_per_t + self.precursors_per_t

    @property
    def per_tco2e(self) -> Decimal:
        """Per tonne of the good's specific embedded emissions."""
        with exact():
            return self.per_t / self.see_tco2e_per_t


@dataclass(frozen=True)
class PriceResult:
    """``paid`` are the payments in money, ``surrendered`` the cost of what was handed in (``None``: nothing due).

    ``net`` is after rebates. ``per_tco2e`` is ``net`` over the obligation.
    """

    currency: str
    obligation_tco2e: Decimal
    paid: Decimal
    surrendered: PricePaid | None
    net: NetPayment
    per_tco2e: Decimal
    goods: tuple[GoodPrice, ...]


class NotCounted(Exception):
    """Something is missing without which nothing can be worked out."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def work_out(content: Content, terms: PriceTerms) -> PriceResult:
    """Raises ``NotCounted`` with the first thing that is missing or impossible."""
    obligation = _number(content["obligation_tco2e"]) or ZERO
    with exact():
        paid = sum((_settled(row, content, terms) for row in content["payments"]), ZERO)
        surrendered = _surrendered(content, terms, obligation)
        rebates = [
            Rebate(_settled(row, content, terms), bool(row["proof_sha256"]), row["label"]) for row in content["rebates"]
        ]
        gross = paid + (surrendered.counted_cost if surrendered else ZERO)
    if gross and obligation <= 0:
        raise NotCounted(_no_obligation())
    net = net_of_rebates(gross, rebates, unevidenced_voids=terms.unevidenced_voids)
    with exact():
        per_tco2e = net.net / obligation if gross else ZERO
    goods = _Chain(content, terms, per_tco2e).prices()
    return PriceResult(terms.currency, obligation, paid, surrendered, net, per_tco2e, goods)


def result_record(result: PriceResult) -> dict[str, Any]:
    """The result as it is sealed: exact decimals as text."""
    handed = result.surrendered
    return {
        "currency": result.currency,
        "obligation_tco2e": plain(result.obligation_tco2e),
        "paid": plain(result.paid),
        "surrendered_cost": plain(handed.counted_cost) if handed else "0",
        "surrendered_cost_uncapped": plain(handed.uncapped_cost) if handed else "0",
        "credit_cap_t": plain(handed.cap_t) if handed and handed.cap_t is not None else None,
        "credits_counted_t": plain(handed.counted_credits_t) if handed else "0",
        "credits_not_counted_t": plain(handed.not_counted_t) if handed else "0",
        "rebated": plain(result.net.rebated),
        "is_void": result.net.is_void,
        "net": plain(result.net.net),
        "per_tco2e": plain(result.per_tco2e),
        "goods": [
            {
                "position": good.position,
                "code": good.code,
                "own_per_t": plain(good.own_per_t),
                "precursors_per_t": plain(good.precursors_per_t),
                "per_t": plain(good.per_t),
                "see_tco2e_per_t": plain(good.see_tco2e_per_t),
                "per_tco2e": plain(good.per_tco2e),
                "share_priced": plain(good.share_priced),
            }
            for good in result.goods
        ],
    }


def cost_of(row: Content) -> Decimal:
    """What a row of units that were handed in cost, in its own currency."""
    with exact():
        return Decimal(row["quantity_t"]) * Decimal(row["price_per_t"])


def in_currency(amount: Decimal, currency: str, content: Content, terms: PriceTerms) -> Decimal:
    """By the rate that the claim states. Raises ``NotCounted`` without one."""
    if currency == terms.currency:
        return amount
    for rate in content["rates"]:
        if rate["currency"] == currency:
            with exact():
                return amount * Decimal(rate["per_unit"])
    raise NotCounted(_no_rate(currency, terms.currency))


def _settled(row: Content, content: Content, terms: PriceTerms) -> Decimal:
    return in_currency(Decimal(row["amount"]), row["currency"], content, terms)


def _surrendered(content: Content, terms: PriceTerms, obligation: Decimal) -> PricePaid | None:
    rows = content["surrenders"]
    if not rows:
        return None
    if obligation <= 0:
        raise NotCounted(_no_obligation())
    units = [
        Surrendered(
            row["kind"],
            Decimal(row["quantity_t"]),
            in_currency(Decimal(row["price_per_t"]), row["currency"], content, terms),
        )
        for row in rows
    ]
    total = sum((unit.quantity_t for unit in units), ZERO)
    if total > obligation:
        raise NotCounted(_more_than_due(total, obligation))
    return price_effectively_paid(obligation, units, credit_cap_share=terms.credit_cap_share)


class _Chain:
    """Prices of the goods, each after the goods of the claim that it is made from."""

    def __init__(self, content: Content, terms: PriceTerms, per_tco2e: Decimal) -> None:
        self.content, self.terms, self.per_tco2e = content, terms, per_tco2e
        self.goods = {row["position"]: row for row in content["goods"]}
        self.done: dict[int, GoodPrice] = {}

    def prices(self) -> tuple[GoodPrice, ...]:
        return tuple(self._price(position, ()) for position in self.goods)

    def _price(self, position: int, above: Sequence[int]) -> GoodPrice:
        if position in above:
            raise NotCounted(_circle(self.goods[position]["code"]))
        if position not in self.done:
            self.done[position] = self._work_out(position, (*above, position))
        return self.done[position]

    def _work_out(self, position: int, above: Sequence[int]) -> GoodPrice:
        row = self.goods[position]
        see = _number(row["see_tco2e_per_t"])
        if see is None or see <= 0:
            raise NotCounted(_no_emissions(row["code"]))
        own = _number(row["own_priced_tco2e_per_t"]) or ZERO
        precursors, priced = self._precursors(row, above)
        with exact():
            return GoodPrice(
                position=position,
                code=row["code"],
                own_per_t=price_of_emissions(own, self.per_tco2e),
                precursors_per_t=precursors,
                see_tco2e_per_t=see,
                share_priced=(own + priced) / see,
            )

    def _precursors(self, good: Content, above: Sequence[int]) -> tuple[Decimal, Decimal]:
        """Money, and priced emissions in tCO2e, that precursors bring into a tonne of the good."""
        rows = [row for row in self.content["precursors"] if row["good"] == good["position"]]
        if not rows:
            return ZERO, ZERO
        made_t = _number(good["quantity_t"])
        if made_t is None or made_t <= 0:
            raise NotCounted(_no_quantity(good["code"]))
        parts, priced = [], ZERO
        for row in rows:
            mass_t = _number(row["mass_t"])
            if mass_t is None or mass_t <= 0:
                raise NotCounted(_no_mass(row["name"] or good["code"]))
            price, emissions = self._of_precursor(row, above)
            parts.append(PricedPrecursor(mass_t, price))
            with exact():
                priced += mass_t / made_t * emissions
        return price_per_tonne(made_t, parts), priced

    def _of_precursor(self, row: Content, above: Sequence[int]) -> tuple[Decimal, Decimal]:
        """Money and priced emissions of a tonne of the precursor."""
        if row["made_here"] is not None:
            price = self._price(row["made_here"], above)
            with exact():
                return price.per_t, price.share_priced * price.see_tco2e_per_t
        paid, see = _number(row["price_per_tco2e"]), _number(row["see_tco2e_per_t"])
        if not paid or not see:
            return ZERO, ZERO
        settled = in_currency(paid, row["currency"], self.content, self.terms)
        return price_of_emissions(see, settled), see


def _number(text: str | None) -> Decimal | None:
    return None if text in (None, "") else Decimal(str(text))


def _gap(message: str, mend: str, *, field: str, found: str = "none") -> Problem:
    return Problem("block", CODE, message, mend, field=field, found=found)


def _no_obligation() -> Problem:
    return _gap(
        "Nothing says for how many emissions the instrument asks a price.",
        "Enter the emissions of the year under the instrument, those with free allowances included.",
        field="obligation_tco2e",
    )


def _no_rate(currency: str, wanted: str) -> Problem:
    return _gap(
        f"There is no exchange rate from {currency} to {wanted}.",
        f"Enter the yearly average of {currency}, with its source.",
        field="rates",
    )


def _more_than_due(total: Decimal, due: Decimal) -> Problem:
    return _gap(
        "More was handed in than the emissions of the year.",
        "Enter only what was handed in for this year, or correct the emissions under the instrument.",
        field="obligation_tco2e",
        found=f"{plain(total)} t handed in for {plain(due)} tCO2e",
    )


def _no_emissions(code: str) -> Problem:
    return _gap(
        f"{code} has no specific embedded emissions.",
        "Enter them in tCO2e per tonne, or take them from the installation's certificate.",
        field="goods",
    )


def _no_quantity(code: str) -> Problem:
    return _gap(
        f"Nothing says how much of {code} was made.",
        "Enter the tonnes of the year: precursors are spread over them.",
        field="goods",
    )


def _no_mass(name: str) -> Problem:
    return _gap(
        f"Nothing says how much of the precursor {name} was used.",
        "Enter the tonnes that went into the good in the year.",
        field="precursors",
    )


def _circle(code: str) -> Problem:
    return _gap(
        f"{code} is made from itself by a circle of precursors.",
        "Take out the precursor that closes the circle.",
        field="precursors",
        found=code,
    )
