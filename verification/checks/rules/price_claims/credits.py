"""PRI: units that were handed in under the foreign instrument."""

from __future__ import annotations

from collections.abc import Iterator

from verification.checks.catalogue import check
from verification.checks.model import About, Hit, PriceSubject, Severity
from verification.checks.model.findings import as_text
from verification.checks.references import DRAFT_CREDIT_ACT, ONE_TONNE_ONE_USE
from verification.checks.rules.common import as_range, in_percent, shared_range
from verification.kernel.quantities import exact

INTERNATIONAL = "international"
ORIGINS = frozenset({"domestic", INTERNATIONAL})


@check(
    "PRI-028",
    Severity.REFER,
    "More international units were used than count",
    text="International units count up to a share of the obligation. What is above it counts as a price of zero.",
    mend="Nothing to mend: the decision counts the units up to the cap. Look whether all of them are international.",
    reference=DRAFT_CREDIT_ACT,
    about=About.CARBON_PRICE,
)
def pri_028(subject: PriceSubject) -> Iterator[Hit]:
    cap, base = subject.switches.international_cap, subject.switches.international_cap_base_tco2e
    if cap is None or base is None:
        return
    used = sum(unit.quantity or 0 for unit in subject.units if unit.origin == INTERNATIONAL)
    with exact():
        most = cap * base
    if used > most:
        with exact():
            beyond = used - most
        yield Hit(
            found=f"{used} t, {as_text(beyond)} t of them above the cap",
            expected=f"at most {as_text(most)} t ({in_percent(cap)} of {as_text(base)} tCO2e)",
            identity="cap",
            inputs={"used": used, "cap": cap, "base_tco2e": base, "reference": subject.switches.reference or "none"},
        )


@check(
    "PRI-029",
    Severity.BLOCK,
    "The same units stand in a unit claim",
    text="A unit lowers the charge once: as a part of the price paid abroad, or by itself.",
    mend="Leave the units in one of the two claims.",
    reference=ONE_TONNE_ONE_USE,
    about=About.CARBON_PRICE,
)
def pri_029(subject: PriceSubject) -> Iterator[Hit]:
    for unit in subject.units:
        for other in unit.claim_overlaps:
            numbers = None if unit.start is None or unit.end is None else (unit.start, unit.end)
            shared = shared_range(numbers, other.start, other.end)
            if shared is None and numbers and other.start is not None and other.end is not None:
                continue
            yield Hit(
                where=unit.label or unit.path,
                found=as_range(*shared) if shared else "the same serial number",
                expected="units that no unit claim holds",
                identity=f"{unit.path} {shared[0]}-{shared[1]}" if shared else unit.path,
            )


@check(
    "PRI-030",
    Severity.BLOCK,
    "A unit has no quantity, or nothing says whether it is international",
    text="Units of the own scheme and international units are counted apart.",
    mend="Enter the tonnes of the unit, and whether it is domestic or international.",
    reference=DRAFT_CREDIT_ACT,
    about=About.CARBON_PRICE,
)
def pri_030(subject: PriceSubject) -> Iterator[Hit]:
    for unit in subject.units:
        if unit.origin not in ORIGINS or unit.quantity is None or unit.quantity <= 0:
            yield Hit(
                where=unit.label or unit.path,
                found=f"{as_text(unit.quantity)} t, {unit.origin or 'origin not stated'}",
                expected="tonnes above 0, domestic or international",
                identity=unit.path,
            )
