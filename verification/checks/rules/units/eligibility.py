"""E: whether the scheme takes such units at all. What the scheme's list does not name, it does not take."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from verification.checks.catalogue import check
from verification.checks.model import About, BlockPart, EligibilityPart, Hit, Severity, UnitSubject
from verification.checks.references import COOPERATION, SCHEME_LIST
from verification.checks.rules.units.common import (
    at,
    in_span,
    in_window,
    is_same,
    needs_adjustment,
    references,
    rows_for_block,
    rows_for_programme,
    window,
)

NO_CHANNEL = "none"
GREENHOUSE_GASES = "GHG"
WITHOUT_ADJUSTMENT = frozenset({"MCU", "TCER", "LCER"})


@check(
    "E-PROG",
    Severity.BLOCK,
    "The scheme does not take units of this programme",
    text="The programme is not in the scheme's list on the day of cancellation.",
    mend="Compare the scheme's list of programmes before units are retired. A retirement cannot be undone.",
    reference=SCHEME_LIST,
    about=About.UNITS,
)
def e_prog(subject: UnitSubject) -> Iterator[Hit]:
    if subject.channel == NO_CHANNEL:
        yield Hit(found=subject.scheme or "the scheme", expected="a scheme that takes units", identity="channel")
        return
    names = {programme.code: programme.name for programme in subject.programmes}
    for block in subject.blocks:
        if rows_for_programme(subject, block):
            continue
        day = subject.day_of_use(block)
        known = {row.programme for row in subject.eligibility if in_span(day, row.valid_from, row.valid_to)}
        yield Hit(
            **at(block),
            found=f"{names.get(block.programme) or block.programme or 'no programme'} on {day}",
            expected=", ".join(sorted(names.get(code) or code for code in known)) or "none",
            inputs={"programme": block.programme, "day": day},
        )


@check(
    "E-TYPE",
    Severity.BLOCK,
    "The scheme does not take this type of unit",
    text="A unit counts in tonnes of CO2e and, where the scheme asks for it, with the host's adjustment.",
    mend="Use units of a type in the scheme's list. MCU, tCER and lCER come without such an adjustment.",
    reference=f"{SCHEME_LIST}; {COOPERATION}",
    about=About.UNITS,
)
def e_type(subject: UnitSubject) -> Iterator[Hit]:
    for block in subject.blocks:
        rows = rows_for_programme(subject, block)
        reason = _refusal_of_type(subject, block, rows)
        if reason:
            yield Hit(
                **at(block),
                found=block.unit_type or "no type",
                expected=reason,
                inputs={"unit_type": block.unit_type, "reference": references(rows)},
            )


def _refusal_of_type(subject: UnitSubject, block: BlockPart, rows: list[EligibilityPart]) -> str:
    """What a unit of the right type would be; empty where this type is right, or its programme is wrong anyway."""
    kind = subject.unit_types.get(block.unit_type)
    if kind and kind.metric and kind.metric != GREENHOUSE_GASES:
        return "a unit in tonnes of CO2e"
    if block.unit_type.upper() in WITHOUT_ADJUSTMENT and needs_adjustment(subject, block):
        return "a unit with a corresponding adjustment"
    if rows_for_block(subject, block):
        return ""
    return ", ".join(sorted({row.unit_type for row in rows}))


@check(
    "E-VINT",
    Severity.BLOCK,
    "The reductions lie outside of the scheme's window",
    text="The whole vintage lies within the window of the scheme's list.",
    mend="Use units of a vintage within the window.",
    reference=SCHEME_LIST,
    about=About.UNITS,
    milder={Severity.REFER: "only a part of the vintage lies outside"},
)
def e_vint(subject: UnitSubject) -> Iterator[Hit]:
    for block in subject.blocks:
        rows = rows_for_block(subject, block)
        if not rows or any(_is_vintage_free(row) for row in rows):
            continue
        vintage = block.vintage
        if vintage and any(_holds(row, vintage) for row in rows):
            continue
        is_partly_inside = vintage is not None and any(_touches(row, vintage) for row in rows)
        yield Hit(
            **at(block),
            found=window(*vintage) if vintage else "no vintage",
            expected="; ".join(window(row.vintage_from, row.vintage_to) for row in rows),
            inputs={"reference": references(rows)},
            severity=Severity.REFER if is_partly_inside else None,
        )


def _is_vintage_free(row: EligibilityPart) -> bool:
    return row.vintage_from is None and row.vintage_to is None


def _holds(row: EligibilityPart, vintage: tuple[date, date]) -> bool:
    return all(in_window(day, row.vintage_from, row.vintage_to) for day in vintage)


def _touches(row: EligibilityPart, vintage: tuple[date, date]) -> bool:
    first, last = vintage
    begins_in_time = row.vintage_to is None or first <= row.vintage_to
    return begins_in_time and (row.vintage_from is None or last >= row.vintage_from)


@check(
    "E-CRED",
    Severity.BLOCK,
    "The project's first crediting period began too early, or nothing says when",
    text="The scheme's list takes projects whose first crediting period began on or after a certain day.",
    mend="State the first day of the first crediting period, as the registry's page of the project shows it.",
    reference=f"{SCHEME_LIST}; for CORSIA: ICAO document of eligible emissions units, 1 January 2016",
    about=About.UNITS,
)
def e_cred(subject: UnitSubject) -> Iterator[Hit]:
    for block in subject.blocks:
        rows = rows_for_block(subject, block)
        earliest = [row.first_crediting_start_min for row in rows if row.first_crediting_start_min]
        if len(earliest) < len(rows) or not rows:
            continue
        started = block.first_crediting_start
        if started is None or started < min(earliest):
            yield Hit(
                **at(block),
                found=str(started) if started else "not stated",
                expected=f"{min(earliest)} or later",
                inputs={"first_crediting_start": started, "reference": references(rows)},
            )


@check(
    "E-HOST",
    Severity.BLOCK,
    "The scheme does not take units of this host country",
    text="The host has an agreement in force where the scheme asks for one, and the scheme does not exclude it.",
    mend="Use units of a country with an agreement. The country in the serial number counts.",
    reference=SCHEME_LIST,
    about=About.UNITS,
)
def e_host(subject: UnitSubject) -> Iterator[Hit]:
    for block in subject.blocks:
        host, day = block.host_country.upper(), subject.day_of_use(block)
        rows = rows_for_block(subject, block)
        if not host:
            yield Hit(**at(block), found="no country", expected="a host country")
        elif host in subject.excluded_hosts:
            yield Hit(**at(block), found=host, expected="a country that is not excluded")
        elif rows and not any(_takes_host(row, host) for row in rows):
            yield Hit(**at(block), found=host, expected="a country of the list", inputs={"reference": references(rows)})
        elif subject.needs_host_agreement is not False and not _has_agreement(subject, host, day):
            yield Hit(
                **at(block),
                found=f"{host}, no agreement on {day}",
                expected=", ".join(sorted({each.host_country for each in subject.agreements})) or "an agreement",
                inputs={"day": day},
            )


def _takes_host(row: EligibilityPart, host: str) -> bool:
    return host not in row.host_exclude and (not row.host_include or host in row.host_include)


def _has_agreement(subject: UnitSubject, host: str, day: date) -> bool:
    return any(
        is_same(each.host_country, host)
        and each.in_force_from is not None
        and in_span(day, each.in_force_from, each.in_force_to)
        for each in subject.agreements
    )
