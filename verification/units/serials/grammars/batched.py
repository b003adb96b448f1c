"""Gold Standard, ACR, CAR and ART: numbers begin anew in every batch, so the batch is the number space."""

from __future__ import annotations

from collections.abc import Callable

from verification.units.serials.grammars.base import (
    BATCH,
    COUNTRY,
    END,
    END_AFTER_TO,
    PROJECT,
    START,
    YEAR,
    Grammar,
    Match,
    Part,
    Reading,
    fixed,
    kept,
    number,
    read_block,
    year_printed,
)
from verification.units.serials.model import Family, Serial

_CAR_TYPES = {"1": "CRT", "ROC": "ROC"}
_ART_TYPES = {"ART": "TREES", "FCPF": "FCPF-ER"}


def _reader(
    family: Family, space_of: Callable[[Match], str], unit_type_of: Callable[[Match], str]
) -> Callable[[Match, str], Reading]:
    """A reader; the batch goes into the key as a number, so that zeros before it open no second number space."""
    registry = family.label

    def read(match: Match, raw: str) -> Reading:
        parts = kept(match)
        start, end, quantity, range_problems = read_block(parts["start"], parts["end"])
        vintage_from, vintage_to, date_problems = year_printed(parts["year"])
        serial = Serial(
            family, registry, raw, match.string.replace(" TO ", " to "),
            f"{space_of(match)}:{int(parts['batch'])}", start, end, quantity, unit_type_of(match),
            parts["project"], parts["country"], vintage_from, vintage_to, parts["batch"], parts,
        )  # fmt: skip
        return serial, (*range_problems, *date_problems)

    return read


GRAMMARS = (
    Grammar(
        Family.GOLD_STANDARD,
        "Gold Standard",
        "GS1-1-KE-GS11603-16-2025-30256-110-5463",
        5354,
        None,
        "registry export of April 2026: 197 of 200 rows; the other three are Kyoto serials",
        (
            fixed("GS1", before=""), Part("phase", "[0-9]", "the phase", "one digit"), COUNTRY,
            Part("project", "[0-9]+", "the project", "GS and digits", before="-GS"),
            number("project_type", "the project type"), YEAR, BATCH, START, END,
        ),
        _reader(Family.GOLD_STANDARD, lambda match: "GS", lambda match: "GS-VER"),
    ),
    Grammar(
        Family.ACR,
        "American Carbon Registry",
        "ACR-FR-1129-2025-2917-30932 to 35143",
        4212,
        None,
        "registry exports of April 2026: 150 of 150 rows",
        (fixed("ACR", before=""), COUNTRY, PROJECT, YEAR, BATCH, START, END_AFTER_TO),
        _reader(Family.ACR, lambda match: "ACR", lambda match: "ERT"),
    ),
    Grammar(
        Family.CAR,
        "Climate Action Reserve",
        "CAR-1-US-1335-31-983-KS-2025-9659-43177 to 43276",
        100,
        None,
        "registry exports of April 2026: 150 of 150 rows; the meaning of the two middle numbers is not confirmed",
        (
            fixed("CAR", before=""), Part("unit_class", "1|ROC", "the class", "1 or ROC"), COUNTRY, PROJECT,
            number("project_type", "the project type"), number("account", "the account"),
            Part("state", "[A-Z]{2,4}", "the state", "two to four letters"), YEAR, BATCH, START, END_AFTER_TO,
        ),
        _reader(Family.CAR, lambda match: "CAR", lambda match: _CAR_TYPES[match["unit_class"]]),
    ),
    Grammar(
        Family.ART,
        "ART TREES, and FCPF in the ART registry",
        "ART-GY-102-2021-11-2759599 to 2760598",
        1000,
        None,
        "registry exports of April 2026: 11 of 11 rows; the country of FCPF serials is not always ISO alpha-2",
        (
            Part("programme", "ART|FCPF", "the programme", "ART or FCPF", before=""), COUNTRY, PROJECT, YEAR, BATCH,
            START, END_AFTER_TO,
        ),
        _reader(Family.ART, lambda match: match["programme"], lambda match: _ART_TYPES[match["programme"]]),
    ),
)  # fmt: skip
