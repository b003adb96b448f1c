"""Registries whose serials hold no block numbers: EcoRegistry keeps them beside, Isometric has none."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from verification.units.serials import problems as say
from verification.units.serials.grammars.base import Grammar, Match, Part, Reading, kept, number, read_block
from verification.units.serials.model import Family, Serial, SerialProblem

_ROOT = r"(?P<root>CDC_(?P<project>[0-9]+)(?:_[0-9A-Z]+){4,12})"
_BLOCK = r"(?:(?:[ ,:]+|-)(?P<start>[0-9]+)(?:-| TO )(?P<end>[0-9]+))?"
_NO_COUNTRY = ("XX", "BF")
_ECOREGISTRY, _ISOMETRIC = Family.ECOREGISTRY.label, Family.ISOMETRIC.label


@lru_cache(maxsize=4096)
def _root(root: str) -> tuple[str, date | None, date | None]:
    """Country, and the vintage year where the root ends in one; most roots carry none."""
    fields = root.split("_")
    country = next((each for each in fields[1:] if len(each) == 2 and each.isalpha() and each not in _NO_COUNTRY), "")
    last = fields[-2] if fields[-1] == "BF" else fields[-1]
    if len(last) == 4 and last.isdigit() and last[:2] in ("19", "20"):
        return country, date(int(last), 1, 1), date(int(last), 12, 31)
    return country, None, None


def _missing(root: str, first: str | None) -> tuple[SerialProblem, ...]:
    return (say.block_missing(root),) if first is None else ()


def _ecoregistry(match: Match, raw: str) -> Reading:
    root, first, last = match["root"], match["start"], match["end"]
    start = end = quantity = None
    printed, problems = root, _missing(root, first)
    if first is not None:
        start, end, quantity, problems = read_block(first, last, lowest=0)
        printed = f"{root}, {first}-{last}"
    country, vintage_from, vintage_to = _root(root)
    serial = Serial(
        Family.ECOREGISTRY, _ECOREGISTRY, raw, printed, f"ECOREGISTRY:{root}", start, end, quantity, "Carboncer",
        match["project"], country, vintage_from, vintage_to, "", kept(match),
    )  # fmt: skip
    return serial, problems


def _isometric(match: Match, raw: str) -> Reading:
    """The retirement's identifier is the evidence; how many units it ended stands in the record only."""
    identifier = f"{match['kind'].lower()}_{match['identifier']}"
    serial = Serial(
        Family.ISOMETRIC, _ISOMETRIC, raw, identifier, f"ISOMETRIC:{identifier}", None, None, None,
        "Isometric credit", "", "", None, None, "", kept(match),
    )  # fmt: skip
    if match["kind"] == "RET":
        return serial, ()
    return serial, (
        say.not_a_serial(
            "This is Isometric's identifier of an issuance or a project, not of a retirement.",
            found=identifier, expected="ret_ and sixteen digits and letters",
            mend="Enter the identifier of the retirement; it begins with ret_.",
        ),
    )  # fmt: skip


GRAMMARS = (
    Grammar(
        Family.ECOREGISTRY,
        "Cercarbono in EcoRegistry",
        "CDC_7_3_1_323_14_CO_1_2_2019, 22410-28813",
        6404,
        None,
        "public listing: 100 of 100 rows; five blocks start at 0, seventy roots carry no year; the middle of the "
        "root has many variants and is kept as it is",
        (
            Part("root", "CDC(?:_[0-9A-Z]+)+", "the root", "CDC and fields joined by _", before=""),
            number("start", "the first number of the block"),
            number("end", "the last number of the block"),
        ),
        _ecoregistry,
        _ROOT + _BLOCK,
    ),
    Grammar(
        Family.ISOMETRIC,
        "Isometric",
        "ret_1KNSQMD6Z1S0TB50",
        None,
        None,
        "public listing: permanent identifier of a retirement; 531 credits stand in its record",
        (
            Part("kind", "RET|ISS|PRJ", "the kind of record", "ret", before=""),
            Part("identifier", "[0-9A-Z]{16}", "the identifier", "sixteen digits and capital letters", before="_"),
        ),
        _isometric,
    ),
)
