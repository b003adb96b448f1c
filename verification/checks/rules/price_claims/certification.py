"""PRI: the independent person who certifies the price."""

from __future__ import annotations

from collections.abc import Iterator

from verification.checks.catalogue import check
from verification.checks.model import About, Hit, PriceSubject, Severity
from verification.checks.references import ARTICLE_9


def _is_silent(subject: PriceSubject) -> bool:
    """Without a certification there is nothing to judge where the scheme needs none, or the default price counts."""
    return subject.switches.needs_certification is False or bool(subject.uses_default_price and not subject.payments)


@check(
    "PRI-025",
    Severity.BLOCK,
    "No independent person is named",
    text="A person who is independent of the operator certifies what was paid.",
    mend="Name the person and attach the certification.",
    reference=ARTICLE_9,
    about=About.CARBON_PRICE,
)
def pri_025(subject: PriceSubject) -> Iterator[Hit]:
    if not _is_silent(subject) and not subject.certifier.name.strip():
        yield Hit(found="none", expected="a name", identity="certifier")


@check(
    "PRI-026",
    Severity.BLOCK,
    "The independent person was not accredited on the day of the statement",
    text="The accreditation holds on the day of the statement.",
    mend="Name an accredited person. Ask the steward where the register is not up to date.",
    reference=ARTICLE_9,
    about=About.CARBON_PRICE,
)
def pri_026(subject: PriceSubject) -> Iterator[Hit]:
    certifier = subject.certifier
    if _is_silent(subject) or not certifier.name.strip():
        return
    problem = certifier.accreditation_problem or ("" if certifier.accreditation else "no accreditation stated")
    if problem:
        yield Hit(where=certifier.name, found=problem, expected="an accreditation in force", identity="accreditation")


@check(
    "PRI-027",
    Severity.BLOCK,
    "The certification is not dated after the period",
    text="The statement is made after the period has ended, after the last payment, and not in the future.",
    mend="Attach a certification that is made after the last payment.",
    reference=ARTICLE_9,
    about=About.CARBON_PRICE,
)
def pri_027(subject: PriceSubject) -> Iterator[Hit]:
    if _is_silent(subject):
        return
    stated_on = subject.certifier.statement_dated_on
    days = [subject.period_end, *(payment.paid_on for payment in subject.payments if payment.paid_on)]
    first = max(days)
    if stated_on is None or not first <= stated_on <= subject.today:
        yield Hit(
            where=subject.certifier.name,
            found=str(stated_on) if stated_on else "not dated",
            expected=f"{first} to {subject.today}",
            identity="dated",
            inputs={"statement_dated_on": stated_on},
        )
