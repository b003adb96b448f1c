"""PRI: whether the price rests on a law that binds."""

from __future__ import annotations

from collections.abc import Iterator

from verification.checks.catalogue import check
from verification.checks.model import About, Hit, PriceSubject, Severity
from verification.checks.references import ARTICLE_9, DRAFT_CREDIT_ACT


@check(
    "PRI-008",
    Severity.BLOCK,
    "The carbon price is not set by a binding mechanism",
    text="A tax, levy, fee or trading system counts where it binds the installation. A voluntary price does not.",
    mend="Name the mechanism and show that the installation must take part. Leave voluntary payments out.",
    reference=DRAFT_CREDIT_ACT,
    about=About.CARBON_PRICE,
)
def pri_008(subject: PriceSubject) -> Iterator[Hit]:
    instrument, accepted = subject.instrument, subject.switches.accepted_kinds
    is_accepted = bool(instrument.kind) and (not accepted or instrument.kind in accepted)
    if not is_accepted or not instrument.is_binding:
        yield Hit(
            where=instrument.name or "Instrument",
            found=_described(instrument.kind, instrument.is_binding),
            expected=", ".join(sorted(accepted)).replace("_", " ") or "a binding mechanism",
            identity="instrument",
        )


def _described(kind: str, is_binding: bool | None) -> str:
    word = {True: "binding", False: "voluntary", None: "not known whether binding"}[is_binding]
    return f"{kind.replace('_', ' ') or 'no kind'}, {word}"


@check(
    "PRI-009",
    Severity.BLOCK,
    "The law that sets the carbon price is not named",
    text="An official looks the price up in its law: title, number and article.",
    mend="Name the instrument and the law that sets it.",
    reference=ARTICLE_9,
    about=About.CARBON_PRICE,
)
def pri_009(subject: PriceSubject) -> Iterator[Hit]:
    missing = [name for name in ("name", "law") if not getattr(subject.instrument, name).strip()]
    if missing:
        yield Hit(found=f"no {' and no '.join(missing)}", expected="instrument and law", identity="law")


@check(
    "PRI-010",
    Severity.REFER,
    "The price is of another country than the installation",
    text="As a rule the country in which the goods are made prices the emissions of making them.",
    mend="Say in a note why the law of another country binds this installation.",
    reference=ARTICLE_9,
    about=About.CARBON_PRICE,
)
def pri_010(subject: PriceSubject) -> Iterator[Hit]:
    stated = subject.instrument.country
    if stated and subject.country and stated != subject.country:
        yield Hit(found=stated, expected=subject.country, identity="country")


@check(
    "PRI-011",
    Severity.BLOCK,
    "No payment is claimed, and no default price",
    text="A carbon price is claimed by what was paid, or by the default price where the scheme has one.",
    mend="Enter the payments with their receipts, or choose the default price.",
    reference=ARTICLE_9,
    about=About.CARBON_PRICE,
)
def pri_011(subject: PriceSubject) -> Iterator[Hit]:
    if not subject.payments and not subject.precursors and not subject.uses_default_price:
        yield Hit(found="none", expected="a payment", identity="payments")
