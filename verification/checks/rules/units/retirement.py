"""C: what happened to the units, what for, and when."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from verification.checks.catalogue import check
from verification.checks.model import About, BlockPart, Hit, Moment, Severity, UnitSubject
from verification.checks.references import PRODUCT, REGISTRY_RECORD
from verification.checks.rules.units.common import at
from verification.checks.thresholds import DAYS_BEFORE_PERIOD
from verification.checks.words import has_words, plain_words, schemes_named, voluntary_words

EVENTS = frozenset({"retirement", "cancellation"})
LEFT_THE_REGISTRY = frozenset({"conversion", "export"})
LEVIES = frozenset({"levy", "buffer", "mitigation", "adaptation", "reversal"})
OTHER_SCHEME = "other_scheme"


@check(
    "C-STATUS",
    Severity.BLOCK,
    "The units were not retired for a scheme",
    text="Only a retirement or cancellation ends a unit. A conversion or export moves it to another registry.",
    mend="Show the retirement of the units themselves. Converted units are claimed under their new numbers.",
    reference=REGISTRY_RECORD,
    about=About.UNITS,
    moment=Moment.RETIREMENT,
)
def c_status(subject: UnitSubject) -> Iterator[Hit]:
    for block in subject.retired:
        if block.event not in EVENTS:
            found = block.event or "no event"
            yield Hit(**at(block, "event"), found=found[:60], expected="retirement or cancellation")
        elif block.use in LEFT_THE_REGISTRY:
            yield Hit(**at(block, "use"), found=_said(block), expected="a use under the scheme")


@check(
    "C-LEVY",
    Severity.BLOCK,
    "The units were cancelled for a levy or a reserve",
    text="Units cancelled for a levy, a buffer, overall mitigation, adaptation or a reversal pay for nothing else.",
    mend="Take the block out. Such a cancellation was owed to the host country or to the registry.",
    reference=f"{REGISTRY_RECORD}; Decision 3/CMA.3, annex (levies of Article 6.4)",
    about=About.UNITS,
    moment=Moment.RETIREMENT,
)
def c_levy(subject: UnitSubject) -> Iterator[Hit]:
    for block in subject.retired:
        if block.use in LEVIES:
            yield Hit(**at(block), found=_said(block), expected="a use under the scheme")


def _said(block: BlockPart) -> str:
    """The words that say what the units were for, as the registry has them."""
    return (block.use_why or block.event_reason_code or block.use.replace("_", " "))[:120]


@check(
    "C-PURP",
    Severity.BLOCK,
    "The purpose of the retirement names another scheme, or not this one",
    text="The purpose names this scheme and the period, and no other scheme, year or voluntary claim.",
    mend="Ask the registry to complete the purpose. Units used under another law cannot be claimed here.",
    reference=REGISTRY_RECORD,
    about=About.UNITS,
    moment=Moment.RETIREMENT,
    milder={Severity.REFER: "no other scheme is named, but this one or its period is not, or another year or use is"},
)
def c_purp(subject: UnitSubject) -> Iterator[Hit]:
    for block in subject.retired:
        others = _other_schemes(subject, block)
        if others or block.use == OTHER_SCHEME:
            found = ", ".join(others) or _said(block)
            yield Hit(**at(block, "scheme"), found=found[:120], expected="no other scheme")
        for aspect, found, expected in _doubts(subject, block.purpose_text):
            yield Hit(**at(block, aspect), found=found[:120], expected=expected, severity=Severity.REFER)


def _other_schemes(subject: UnitSubject, block: BlockPart) -> list[str]:
    own = {subject.scheme}
    for name in subject.scheme_names:
        own |= {scheme.code for scheme in schemes_named(name)}
    texts = (block.purpose_text, block.event_reason_code)
    return sorted({scheme.name for text in texts for scheme in schemes_named(text) if scheme.code not in own})


def _doubts(subject: UnitSubject, purpose: str) -> Iterator[tuple[str, str, str]]:
    """Aspect, what the purpose says, what it should say."""
    words = purpose.strip() or "blank"
    if not any(has_words(purpose, name) for name in subject.scheme_names):
        yield "name", words, " or ".join(subject.scheme_names) or "the scheme"
    years = _years_named(subject, purpose)
    period = _years(subject)
    if period and not years & period:
        yield "period", words, ", ".join(map(str, sorted(period)))
    elif period and years - period:
        yield "year", ", ".join(map(str, sorted(years - period))), ", ".join(map(str, sorted(period)))
    voluntary = voluntary_words(purpose)
    if voluntary:
        yield "voluntary", ", ".join(voluntary), "a use under the scheme"


def _years_named(subject: UnitSubject, purpose: str) -> set[int]:
    """Years in the text, but for those in the scheme's own name ("Carbon Pricing Act 2018")."""
    text = f" {plain_words(purpose)} "
    for name in subject.scheme_names:
        text = text.replace(f" {plain_words(name)} ", " ")
    return {int(year) for year in re.findall(r"(?<!\d)(?:19|20)\d{2}(?!\d)", text)}


def _years(subject: UnitSubject) -> set[int]:
    if subject.period_start is None or subject.period_end is None:
        return set()
    return set(range(subject.period_start.year, (subject.period_end - timedelta(days=1)).year + 1))


@check(
    "C-DATE",
    Severity.BLOCK,
    "The day of the retirement cannot be, or is not in time",
    text="Units are retired after they were issued, not in the future, in the period or until the claim is filed.",
    mend="Correct the day as the registry shows it. Ask the official where the retirement was early or late.",
    reference=PRODUCT,
    about=About.UNITS,
    moment=Moment.RETIREMENT,
    milder={Severity.REFER: "the day is not stated, is long before the period, or is after the last day to file"},
)
def c_date(subject: UnitSubject) -> Iterator[Hit]:
    for block in subject.retired:
        found, expected, severity = _judged(subject, block)
        if expected:
            yield Hit(
                **at(block),
                found=found,
                expected=expected,
                inputs={"event_on": block.event_on, "issued_on": block.issued_on},
                severity=severity,
            )


def _judged(subject: UnitSubject, block: BlockPart) -> tuple[str, str, Severity | None]:
    """What was found and expected, and the milder severity; nothing expected where the day is right."""
    day, first, last = block.event_on, _first_day(subject), _last_day(subject)
    if day is None:
        return "not stated", "the day of the retirement", Severity.REFER
    if day > subject.today:
        return str(day), f"until {subject.today}", None
    if block.issued_on and day < block.issued_on:
        return str(day), f"from {block.issued_on}, the day of issue", None
    if last and day > last:
        return str(day), f"until {last}", Severity.REFER
    if first and day < first:
        return str(day), f"from {first}", Severity.REFER
    return str(day), "", None


def _first_day(subject: UnitSubject) -> date | None:
    return subject.period_start and subject.period_start - timedelta(days=DAYS_BEFORE_PERIOD)


def _last_day(subject: UnitSubject) -> date | None:
    days = [day for day in (subject.filing_deadline, subject.filed_on) if day]
    return min(days) if days else None
