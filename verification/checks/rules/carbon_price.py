"""PRI: the carbon price that the report states for a good."""

from __future__ import annotations

from collections.abc import Iterator

from verification.checks.catalogue import check
from verification.checks.model import GoodSubject, Hit, Severity, Subject
from verification.checks.references import BASE, METHODS
from verification.checks.rules.common import ONE, is_above

ARTICLE = f"{BASE}, Article 9"
CURRENCY_LETTERS = 3


def _priced(subject: Subject) -> Iterator[GoodSubject]:
    for good in subject.goods:
        if good.carbon_price.due_per_unit:
            yield good


@check(
    "PRI-001",
    Severity.BLOCK,
    "More than all emissions are covered by the carbon price",
    text="The share of the emissions that bears the carbon price is a share of one, at most 1.",
    mend="Write 0.35 for 35 %.",
    reference=ARTICLE,
)
def pri_001(subject: Subject) -> Iterator[Hit]:
    for good in subject.goods:
        share = good.carbon_price.share_covered
        if share is not None and not 0 <= share <= ONE:
            yield Hit(where=good.label, found=str(share), expected="0 to 1", inputs={"share_covered": share})


@check(
    "PRI-002",
    Severity.BLOCK,
    "The rebate is larger than the carbon price",
    text="What was paid is the price less every rebate. It cannot be below zero.",
    mend="Look at the unit of both amounts: per tonne of good, in the same currency.",
    reference=ARTICLE,
)
def pri_002(subject: Subject) -> Iterator[Hit]:
    for good in subject.goods:
        price = good.carbon_price
        if price.due_per_unit is not None and is_above(price.rebate_per_unit, price.due_per_unit):
            yield Hit(
                where=good.label,
                found=f"rebate {price.rebate_per_unit}",
                expected=f"at most {price.due_per_unit}",
                inputs={"due_per_unit": price.due_per_unit, "rebate_per_unit": price.rebate_per_unit},
            )


@check(
    "PRI-003",
    Severity.REFER,
    "A carbon price without currency or instrument",
    text="A price is judged by the law that sets it and by the currency in which it is paid.",
    mend="Name the tax or trading system and the currency.",
    reference=f"{ARTICLE}; {METHODS}, Annex IV",
)
def pri_003(subject: Subject) -> Iterator[Hit]:
    for good in _priced(subject):
        missing = [name for name in ("instrument", "currency") if not getattr(good.carbon_price, name)]
        if missing:
            yield Hit(where=good.label, found="none", expected=" and ".join(missing))


@check(
    "PRI-004",
    Severity.BLOCK,
    "More than all emissions are covered by the rebate",
    text="The share of the emissions that gets a rebate is a share of one, at most 1.",
    mend="Write 0.8 for 80 %.",
    reference=ARTICLE,
)
def pri_004(subject: Subject) -> Iterator[Hit]:
    for good in subject.goods:
        share = good.carbon_price.rebate_share
        if share is not None and not 0 <= share <= ONE:
            yield Hit(where=good.label, found=str(share), expected="0 to 1", inputs={"rebate_share": share})


@check(
    "PRI-005",
    Severity.REFER,
    "The currency is not one that a bank knows",
    text="Currencies are written with the three letters of ISO 4217, such as USD.",
    mend="Correct the currency.",
    reference=ARTICLE,
)
def pri_005(subject: Subject) -> Iterator[Hit]:
    for good in _priced(subject):
        code = good.carbon_price.currency
        if code and not (len(code) == CURRENCY_LETTERS and code.isascii() and code.isalpha() and code.isupper()):
            yield Hit(where=good.label, found=code[:20], expected="three capital letters")


@check(
    "PRI-006",
    Severity.REFER,
    "A rebate is named and has no amount, or the reverse",
    text="Free allowances and other rebates are taken off the carbon price. One without proof costs the whole credit.",
    mend="Give the kind of the rebate and its amount per tonne of good.",
    reference=ARTICLE,
)
def pri_006(subject: Subject) -> Iterator[Hit]:
    for good in subject.goods:
        price = good.carbon_price
        if bool(price.rebate_kind) != (price.rebate_per_unit is not None) and (
            price.rebate_kind or price.rebate_per_unit
        ):
            found = price.rebate_kind or str(price.rebate_per_unit)
            yield Hit(where=good.label, found=found[:60], expected="kind and amount")


@check(
    "PRI-007",
    Severity.BLOCK,
    "A carbon price or rebate below zero",
    text="Prices and rebates are written as positive amounts; the rebate is taken off by the portal.",
    mend="Remove the sign.",
    reference=ARTICLE,
)
def pri_007(subject: Subject) -> Iterator[Hit]:
    for good in subject.goods:
        for name in ("due_per_unit", "rebate_per_unit"):
            amount = getattr(good.carbon_price, name)
            if amount is not None and amount < 0:
                yield Hit(where=f"{good.label}, {name.split('_')[0]}", found=str(amount), expected="0 or above")
