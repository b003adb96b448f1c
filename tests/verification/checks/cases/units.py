"""UNI: the serial number, units used twice, the scheme's list."""

from datetime import date
from decimal import Decimal

from tests.verification.checks.builders import Case
from tests.verification.checks.unit_builders import (
    CLEAN_UNITS,
    FIRST,
    LAST,
    agreement,
    block,
    of,
    problem,
    row,
    second,
    unit_claim,
)
from verification.checks.model import OverlapPart, UnitTypePart

ODD_SERIAL = "15312-681393912-681394011-VCS-VCU-997-VER-IN-1-1851-01012018-31122018-O"
CHILE = "GS1-1-CL-GS12065-12-2023-30073-100001-120000"
HIGHEST = 2**63 - 1


def numbered(start, end, **values):
    """A block of an empty list of numbers but for start and end."""
    return of(start=start, end=end, quantity=None, stated_quantity=None, issued=(OverlapPart(start, end),), **values)


def vintage(first, last, **values):
    given = {"serial_vintage_from": first, "serial_vintage_to": last, "vintage_from": first, "vintage_to": last}
    return {**given, **values}


def chile(**values):
    """The claim of the worked example on double use: 17,192 t taken, 2,808 t never issued."""
    given = {
        "raw_serial": CHILE,
        "normalised_serial": CHILE,
        "serial_family": "gold-standard",
        "family_key": "GS:30073",
        "start": 100001,
        "end": 120000,
        "issued": (OverlapPart(1, 117192),),
        "active_overlaps": (OverlapPart(1, 117192),),
    }
    return of(**{**given, **values})


def overlapping(kind):
    """Cases of a rule about units that others hold, of which ``kind`` is the field."""
    before, after = OverlapPart(FIRST - 10, FIRST - 1), OverlapPart(LAST + 1, LAST + 10)
    unnumbered = {"start": None, "end": None, "raw_serial": "ret_1", "normalised_serial": "ret_1"}
    return Case(
        CLEAN_UNITS,
        of(**{kind: (OverlapPart(FIRST + 10, FIRST + 19),)}),
        at=of(**{kind: (before, after)}),
        beyond=of(**{kind: (OverlapPart(FIRST - 10, FIRST),)}),
        more=(
            (of(**{kind: ()}), of(**{kind: (OverlapPart(LAST, LAST + 10),)})),
            (of(**unnumbered), of(**{kind: (OverlapPart(),), **unnumbered})),
            (CLEAN_UNITS, of(**{kind: (OverlapPart(),)})),
            (CLEAN_UNITS, of(**{kind: (OverlapPart(1, 5),), **unnumbered})),
            (CLEAN_UNITS, of(**{kind: (OverlapPart(1, None), OverlapPart(None, 1))})),
            (of(**{kind: (after,)}), of(**{kind: (OverlapPart(FIRST - 1, LAST + 1),)})),
        ),
    )


EXCLUDED = row(methodology_exclude=("AMS-II.G*", "VMR0006"), label_required="CORSIA first phase")
SIZED = row(sector_scope_exclude=("16",), capacity_mw_max=Decimal(15))
NAMED = row(methodology_include=("VM0050", "VM0042*"))

CASES = {
    "S-FORMAT": Case(
        CLEAN_UNITS,
        of(
            raw_serial=ODD_SERIAL,
            serial_problems=(problem("S-FORMAT", suggestion=f"{ODD_SERIAL[:-1]}0", found="O"),),
        ),
        at=of(serial_problems=(problem("S-RANGE"),)),
        beyond=of(raw_serial="  "),
        more=(
            (CLEAN_UNITS, unit_claim(blocks=())),
            (CLEAN_UNITS, of(serial_problems=(problem("S-FORMAT", "refer", found="opaque"),))),
            (CLEAN_UNITS, of(serial_problems=(problem("S-FORMAT", "warn", expected="0"),))),
            (CLEAN_UNITS, of(serial_problems=(problem("S-FORMAT", "info"),))),
        ),
    ),
    "S-RANGE": Case(
        CLEAN_UNITS,
        numbered(20, 10),
        at=numbered(10, 10),
        beyond=numbered(10, 9),
        more=(
            (numbered(1, 5), numbered(0, 5)),
            (numbered(0, 5, serial_family="ecoregistry"), numbered(-1, 5, serial_family="ecoregistry")),
            (numbered(1, HIGHEST), numbered(1, HIGHEST + 1)),
            (numbered(None, 5), numbered(20, 10, serial_problems=(problem("S-RANGE", found="20 to 10"),))),
        ),
    ),
    "S-QTY": Case(
        CLEAN_UNITS,
        of(start=110, end=5463, quantity=5354, stated_quantity=5000),
        at=of(start=110, end=5463, quantity=5354, stated_quantity=5354),
        beyond=of(start=110, end=5463, quantity=5354, stated_quantity=5353),
        more=(
            (of(stated_quantity=None), of(start=110, end=5463, quantity=5000, stated_quantity=5355)),
            (of(start=None, end=None), of(start=None, end=None, quantity=None, stated_quantity=None)),
            (
                of(start=None, end=None, quantity=None, stated_quantity=531),
                of(start=11, end=None, quantity=None, stated_quantity=None),
            ),
            (
                of(start=None, end=None, quantity=531, stated_quantity=531),
                of(start=None, end=None, quantity=531, stated_quantity=532),
            ),
            (CLEAN_UNITS, of(stated_quantity=1, serial_problems=(problem("S-QTY", found="1", expected="3644"),))),
        ),
    ),
    "S-PAIR": Case(
        CLEAN_UNITS,
        of(serial_problems=(problem("S-PAIR", found="project 7014 and 7015", expected="one project"),)),
        at=of(serial_problems=(problem("S-FORMAT"),)),
        beyond=of(serial_problems=(problem("S-PAIR", "warn", found="vintage 2024 and 2025"),)),
    ),
    "S-DATE": Case(
        CLEAN_UNITS,
        of(serial_problems=(problem("S-DATE", found="31022024"),)),
        at=of(**vintage(date(2024, 10, 1), date(2024, 10, 1))),
        beyond=of(**vintage(date(2024, 10, 1), date(2024, 9, 30))),
        more=(
            (
                of(**vintage(date(2024, 1, 1), date(2024, 12, 31))),
                of(**vintage(date(2024, 1, 1), date(2025, 1, 1))),
            ),
            (
                of(**vintage(date(2024, 1, 1), date(2026, 1, 1), serial_family="acr")),
                of(**vintage(None, None, serial_problems=(problem("S-DATE", "warn", found="400 days"),))),
            ),
            (of(**vintage(None, None)), of(serial_problems=(problem("S-DATE", "refer", found="31022024"),))),
        ),
    ),
    "S-SELF": Case(
        CLEAN_UNITS,
        of(project="4151"),
        at=of(serial_project="GS4150", project="4150"),
        beyond=of(serial_project="GS4150", project="4151"),
        more=(
            (of(serial_project="", project="9"), of(serial_project="415", project="4150")),
            (of(project=""), of(vintage_to=date(2024, 12, 30))),
            (of(vintage_to=None), of(vintage_from=date(2024, 10, 2))),
            (of(serial_vintage_from=None), of(serial_country="ML", country="rw")),
            (of(serial_vintage_to=None), of(serial_project="4151")),
            (of(country=""), of(serial_project="VCS 4151")),
            (
                of(vintage_to=date(2024, 12, 30), is_serial_vintage_a_year=True),
                of(vintage_to=date(2025, 1, 1), is_serial_vintage_a_year=True),
            ),
            (
                of(vintage_from=date(2024, 10, 2), is_serial_vintage_a_year=True),
                of(vintage_from=date(2024, 9, 30), is_serial_vintage_a_year=True),
            ),
            (of(vintage_from=None), of(serial_country="CD")),
            (of(serial_country=""), of(serial_problems=(problem("S-SELF", "warn", found="ML"),))),
        ),
    ),
    "D-INTERNAL": Case(
        unit_claim(block(), second()),
        unit_claim(block(), second(start=936491000, end=936491452)),
        at=unit_claim(block(), second(start=LAST + 1)),
        beyond=unit_claim(block(), second(start=LAST)),
        more=(
            (unit_claim(block(), second(family_key="GS:1", start=FIRST)), unit_claim(block(), block(path="blocks.1"))),
            (
                unit_claim(block(start=None, normalised_serial="ret_1"), second(start=None, normalised_serial="ret_2")),
                unit_claim(block(start=None, normalised_serial="ret_1"), second(start=None, normalised_serial="RET_1")),
            ),
            (
                unit_claim(block(start=None, normalised_serial=""), second(start=None, normalised_serial="")),
                unit_claim(
                    block(start=1, end=100),
                    block(path="blocks.1", position=2, start=10, end=20),
                    block(path="blocks.2", position=3, start=50, end=60),
                ),
            ),
            (
                unit_claim(block(), second(), second(path="blocks.2", start=936491453, end=936491460)),
                unit_claim(block(end=936491500), second(), second(path="blocks.2", start=936491500, end=936491510)),
            ),
        ),
    ),
    "D-CROSS": overlapping("active_overlaps")._replace(fails=chile()),
    "D-SOFT": overlapping("draft_overlaps"),
    "D-PRICE": overlapping("price_overlaps"),
    "D-ISSUED": Case(
        CLEAN_UNITS,
        chile(),
        at=chile(end=117192),
        beyond=chile(end=117193),
        more=(
            (chile(issued=(OverlapPart(110000, 130000), OverlapPart(1, 109999))), chile(issued=())),
            (
                chile(issued=(OverlapPart(100001, 120000),)),
                chile(issued=(OverlapPart(100001, 109999), OverlapPart(110001, 119999))),
            ),
            (chile(start=None), chile(issued=None)),
            (
                chile(issued=(OverlapPart(100001, 120000), OverlapPart(100005, 100010))),
                chile(issued=(OverlapPart(100002, 120000),)),
            ),
        ),
    ),
    "E-PROG": Case(
        CLEAN_UNITS,
        of(programme="GS"),
        at=unit_claim(row(valid_from=date(2026, 6, 10), valid_to=date(2026, 6, 11))),
        beyond=unit_claim(row(valid_to=date(2026, 6, 10))),
        more=(
            (of(programme="vcs"), unit_claim(row(valid_from=date(2026, 6, 11)))),
            (unit_claim(row(cancelled_from=date(2026, 6, 10))), unit_claim(row(cancelled_from=date(2026, 6, 11)))),
            (unit_claim(row(cancelled_to=date(2026, 6, 10))), unit_claim(row(cancelled_to=date(2026, 6, 9)))),
            (unit_claim(channel="inside_carbon_price"), unit_claim(channel="none")),
            (unit_claim(eligibility=(row(programme="GS"), row())), unit_claim(eligibility=())),
            (
                unit_claim(block(event_on=None), row(valid_to=date(2027, 3, 2))),
                unit_claim(block(event_on=None), row(valid_to=date(2027, 3, 1))),
            ),
        ),
    ),
    "E-TYPE": Case(
        CLEAN_UNITS,
        of(unit_type="CCB"),
        at=unit_claim(block(unit_type="CCB"), row(unit_type=""), row(unit_type="VCU")),
        beyond=unit_claim(block(unit_type=""), row(unit_type="VCU")),
        more=(
            (
                unit_claim(
                    block(unit_type="MCU"),
                    row(unit_type="MCU", authorisation_purposes_required=frozenset()),
                    requires_corresponding_adjustment=False,
                ),
                unit_claim(block(unit_type="MCU"), row(unit_type="MCU")),
            ),
            (unit_claim(block(unit_type="CER"), row(unit_type="CER")), unit_claim(block(unit_type="tCER"), row())),
            (
                unit_claim(unit_types={"VCU": UnitTypePart("VCU", "", None)}),
                unit_claim(unit_types={"VCU": UnitTypePart("VCU", "hectares", None)}),
            ),
            (of(programme="GS", unit_type="GS-VER"), unit_claim(block(unit_type="lCER"), row(unit_type=""))),
        ),
    ),
    "E-METH": Case(
        CLEAN_UNITS,
        unit_claim(block(methodology="AMS-II.G version 12"), EXCLUDED),
        at=unit_claim(block(labels=("CORSIA - First Phase, 2024-2026 Scope",)), EXCLUDED),
        beyond=unit_claim(block(methodology="VMR0006", labels=("CORSIA - First Phase, 2024-2026 Scope",)), EXCLUDED),
        more=(
            (unit_claim(NAMED), unit_claim(block(methodology="VM0049"), NAMED)),
            (unit_claim(block(methodology="vm0042 v2"), NAMED), unit_claim(block(methodology=""), NAMED)),
            (unit_claim(block(sector_scope="1"), SIZED), unit_claim(block(sector_scope="16"), SIZED)),
            (unit_claim(block(capacity_mw=Decimal(15)), SIZED), unit_claim(block(capacity_mw=Decimal("15.1")), SIZED)),
            (unit_claim(EXCLUDED, row()), unit_claim(EXCLUDED)),
            (of(methodology=""), unit_claim(block(methodology="VMR0006", labels=("CORSIA",)), EXCLUDED)),
            (
                unit_claim(block(methodology="X"), row(methodology_exclude=("VMR0006",))),
                unit_claim(block(methodology=" "), row(methodology_exclude=("VMR0006",))),
            ),
            (
                of(programme="GS", methodology="VMR0006"),
                unit_claim(block(methodology="VMR0006"), row(methodology_exclude=("VMR0006",)), NAMED),
            ),
        ),
    ),
    "E-VINT": Case(
        CLEAN_UNITS,
        of(**vintage(date(2020, 1, 1), date(2020, 12, 31))),
        at=of(**vintage(date(2021, 1, 1), date(2021, 12, 31))),
        beyond=of(**vintage(date(2020, 12, 31), date(2021, 12, 30))),
        more=(
            (of(**vintage(date(2030, 12, 1), date(2030, 12, 31))), of(**vintage(date(2030, 12, 1), date(2031, 1, 1)))),
            (
                unit_claim(row(vintage_from=None, vintage_to=date(2024, 12, 31))),
                unit_claim(row(vintage_from=None, vintage_to=date(2024, 9, 30))),
            ),
            (
                unit_claim(row(vintage_from=None, vintage_to=None)),
                unit_claim(row(vintage_from=None, vintage_to=date(2024, 12, 30))),
            ),
            (
                unit_claim(row(vintage_from=date(2024, 10, 1), vintage_to=None)),
                unit_claim(row(vintage_from=date(2025, 1, 1), vintage_to=None)),
            ),
            (
                unit_claim(block(**vintage(None, None)), row(vintage_from=None, vintage_to=None)),
                of(**vintage(None, None)),
            ),
            (of(programme="GS", **vintage(None, None)), unit_claim(row(vintage_from=date(2024, 12, 31)))),
            (
                unit_claim(row(vintage_from=date(2025, 1, 1)), row()),
                unit_claim(row(vintage_to=date(2024, 10, 1))),
            ),
        ),
    ),
    "E-CRED": Case(
        CLEAN_UNITS,
        unit_claim(block(first_crediting_start=date(2014, 5, 1)), row(first_crediting_start_min=date(2016, 1, 1))),
        at=unit_claim(block(first_crediting_start=date(2016, 1, 1)), row(first_crediting_start_min=date(2016, 1, 1))),
        beyond=unit_claim(
            block(first_crediting_start=date(2015, 12, 31)), row(first_crediting_start_min=date(2016, 1, 1))
        ),
        more=(
            (
                unit_claim(block(first_crediting_start=None), row()),
                unit_claim(block(first_crediting_start=None), row(first_crediting_start_min=date(2016, 1, 1))),
            ),
            (
                unit_claim(row(first_crediting_start_min=date(2022, 1, 1)), row()),
                unit_claim(
                    row(first_crediting_start_min=date(2022, 1, 1)), row(first_crediting_start_min=date(2021, 1, 2))
                ),
            ),
        ),
    ),
    "E-HOST": Case(
        CLEAN_UNITS,
        of(serial_country="CD", country="CD"),
        at=of(country="CD"),
        beyond=of(serial_country="CD"),
        more=(
            (unit_claim(needs_host_agreement=False, agreements=()), unit_claim(agreements=())),
            (
                unit_claim(needs_host_agreement=False, agreements=(agreement(),)),
                unit_claim(agreements=(), today=date(2027, 3, 2), needs_host_agreement=None),
            ),
            (of(serial_country="", country="rw"), of(serial_country="", country="")),
            (
                unit_claim(agreements=(agreement(in_force_from=date(2026, 6, 10)),)),
                unit_claim(agreements=(agreement(in_force_from=date(2026, 6, 11)),)),
            ),
            (
                unit_claim(agreements=(agreement(in_force_to=date(2026, 6, 11)),)),
                unit_claim(agreements=(agreement(in_force_to=date(2026, 6, 10)),)),
            ),
            (
                unit_claim(agreements=(agreement(host_country="rw"),)),
                unit_claim(agreements=(agreement(in_force_from=None),)),
            ),
            (unit_claim(row(host_include=("RW", "GH"))), unit_claim(row(host_include=("GH",)))),
            (unit_claim(row(host_exclude=("GH",))), unit_claim(row(host_exclude=("RW",)))),
            (unit_claim(row(host_exclude=("RW",)), row()), unit_claim(excluded_hosts=frozenset({"RW"}))),
            (unit_claim(importing_countries=frozenset({"RW"})), unit_claim(agreements=(agreement(host_country=""),))),
            (of(programme="GS"), unit_claim(block(programme="GS"), agreements=())),
        ),
    ),
}
