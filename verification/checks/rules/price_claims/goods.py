"""PRI: which goods bear the price, by themselves or through a precursor, and whether the default price fits."""

from __future__ import annotations

from collections.abc import Iterator

from verification.checks.catalogue import check
from verification.checks.model import About, Hit, PriceSubject, Severity
from verification.checks.model.findings import as_text
from verification.checks.references import ARTICLE_9, DRAFT_CREDIT_ACT
from verification.checks.rules.common import ONE

DEFAULT = "default"


@check(
    "PRI-031",
    Severity.REFER,
    "All emissions are said to be priced, and only a precursor is",
    text="A price paid on a precursor covers the emissions of that precursor, not those of the whole good.",
    mend="State the share of the good's emissions that comes from the priced precursor.",
    reference=DRAFT_CREDIT_ACT,
    about=About.CARBON_PRICE,
)
def pri_031(subject: PriceSubject) -> Iterator[Hit]:
    priced = [part for part in subject.precursors if part.price_per_tco2e]
    for good in subject.goods:
        if priced and good.is_process_priced is False and good.share_covered == ONE:
            yield Hit(
                where=good.label,
                found=f"share 1, priced: {', '.join(part.name for part in priced)}"[:120],
                expected="below 1",
                identity=good.path,
                inputs={"share_covered": good.share_covered},
            )


@check(
    "PRI-032",
    Severity.BLOCK,
    "The share of emissions that is priced is no share",
    text="The share of a good's emissions that bears the price lies from 0 to 1.",
    mend="Write 0.35 for 35 %.",
    reference=ARTICLE_9,
    about=About.CARBON_PRICE,
)
def pri_032(subject: PriceSubject) -> Iterator[Hit]:
    for good in subject.goods:
        share = good.share_covered
        if share is not None and not 0 <= share <= ONE:
            yield Hit(where=good.label, found=as_text(share), expected="0 to 1", identity=good.path)


@check(
    "PRI-033",
    Severity.BLOCK,
    "The good comes from a country that pays no charge",
    text="Goods of the scheme's own countries and of exempt ones bear no charge from which a price could be taken.",
    mend="Take the good out of the claim.",
    reference="Regulation (EU) 2023/956, Article 2(4) and Annex III",
    about=About.CARBON_PRICE,
)
def pri_033(subject: PriceSubject) -> Iterator[Hit]:
    for good in subject.goods:
        if good.origin in subject.switches.exempt_origins:
            yield Hit(where=good.label, found=good.origin, expected="a country that is charged", identity=good.path)


@check(
    "PRI-034",
    Severity.BLOCK,
    "A price that was paid is claimed for default values",
    text="The price really paid is taken off verified values alone. Default values go with the default price.",
    mend="File an emissions claim for the good first, or choose the default price.",
    reference=DRAFT_CREDIT_ACT,
    about=About.CARBON_PRICE,
)
def pri_034(subject: PriceSubject) -> Iterator[Hit]:
    if subject.uses_default_price or not subject.payments:
        return
    for good in subject.goods:
        if good.values == DEFAULT:
            yield Hit(where=good.label, found="default values", expected="verified values", identity=good.path)


@check(
    "PRI-035",
    Severity.BLOCK,
    "The default price and payments are claimed together",
    text="A claim uses the default price or what was paid, never both.",
    mend="Take out the payments, or choose the price really paid.",
    reference=DRAFT_CREDIT_ACT,
    about=About.CARBON_PRICE,
)
def pri_035(subject: PriceSubject) -> Iterator[Hit]:
    if subject.uses_default_price and subject.payments:
        yield Hit(found=f"payments: {len(subject.payments)}", expected="none beside the default price", identity="both")


@check(
    "PRI-036",
    Severity.REFER,
    "The default price is chosen for verified values",
    text="With verified values the price really paid can be claimed. The default price may be lower, or not allowed.",
    mend="Claim what was paid, or say in a note why the default price is chosen.",
    reference=DRAFT_CREDIT_ACT,
    about=About.CARBON_PRICE,
    milder={Severity.INFO: "the scheme leaves the choice"},
)
def pri_036(subject: PriceSubject) -> Iterator[Hit]:
    if not subject.uses_default_price:
        return
    is_free = subject.switches.leaves_choice_of_default_price
    for good in subject.goods:
        if good.values == "actual":
            yield Hit(
                where=good.label,
                found="default price",
                expected="the price paid",
                identity=good.path,
                severity=Severity.INFO if is_free else None,
            )


@check(
    "PRI-037",
    Severity.REFER,
    "The price of a precursor is not certified",
    text="A price paid on a precursor is certified at the works that paid it, and travels with its emissions.",
    mend="Ask the maker of the precursor for its certification and attach it.",
    reference=DRAFT_CREDIT_ACT,
    about=About.CARBON_PRICE,
)
def pri_037(subject: PriceSubject) -> Iterator[Hit]:
    for part in subject.precursors:
        if part.price_per_tco2e and not part.is_certified:
            yield Hit(where=part.name, found="not certified", expected="certified", identity=part.path)


@check(
    "PRI-038",
    Severity.BLOCK,
    "A priced precursor has no emissions, or a price below zero",
    text="The price of a precursor counts by its own emissions per tonne.",
    mend="Enter price and specific embedded emissions of the precursor as its maker states them.",
    reference=DRAFT_CREDIT_ACT,
    about=About.CARBON_PRICE,
)
def pri_038(subject: PriceSubject) -> Iterator[Hit]:
    for part in subject.precursors:
        price, emissions = part.price_per_tco2e, part.see_tco2e_per_t
        is_without = emissions is None or emissions <= 0
        if (price is not None and price < 0) or (price and is_without):
            yield Hit(
                where=part.name,
                found=f"price {as_text(price)}, {as_text(emissions)} tCO2e/t",
                expected="both above 0",
                identity=part.path,
                inputs={"price_per_tco2e": price, "see_tco2e_per_t": emissions},
            )


@check(
    "PRI-039",
    Severity.BLOCK,
    "A precursor's price was paid in a country that pays no charge",
    text="Precursors made in the scheme's own countries count with zero emissions; no price is taken off for them.",
    mend="Take the price of this precursor out.",
    reference=DRAFT_CREDIT_ACT,
    about=About.CARBON_PRICE,
)
def pri_039(subject: PriceSubject) -> Iterator[Hit]:
    for part in subject.precursors:
        if part.price_per_tco2e and part.country in subject.switches.exempt_origins:
            yield Hit(where=part.name, found=part.country, expected="a country that is charged", identity=part.path)
