"""What stands on a paper: names whole, and figures those of the record.

Each rule yields what breaks it. Rounding is done here anew, not by the functions that print.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from tests.documents.papers import COVER, ENDING, LAST_WORD, NAMED, Paper

SCHEMA = Path(__file__).parents[2] / "static" / "schemas" / "certificate-1.json"
DAY = r"(?<![\d-])\d{4}-\d\d-\d\d(?![\d-])"
DECIMALS = range(12)
PRINTED = {
    "emissions": ("goods", {"see_direct": 5, "see_precursors": 5, "see_total": 5, "quantity": 0}),
    "units": ("units", {"quantity": 0}),
    "price": ("goods", {"see_tco2e_per_t": 5, "own_per_t": 5, "precursors_per_t": 5, "per_t": 5, "per_tco2e": 5}),
    "assessment": ("lines", {"mass_t": 3, "see": 5, "default_see": 5, "gross": 3, "allocated": 3, "obligation": 3}),
    "revocation": ("goods", {"value": 5}),
    "revoked-price": ("goods", {"value": 5}),
}
"""How many decimals every row of a kind prints of what."""
SUMS = {
    "emissions": ("goods", ("see_direct", "see_precursors", "see_indirect"), "see_total"),
    "price": ("goods", ("own_per_t", "precursors_per_t"), "per_t"),
    "assessment": ("lines", ("allocated", "obligation"), "gross"),
}


def fixed(number: str | Decimal, decimals: int) -> str:
    """Half up."""
    return f"{Decimal(number).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP):f}"


def record_keeps_its_schema(paper: Paper) -> Iterator[str]:
    if not paper.is_letter:
        yield from (f"{error.json_path}: {error.message}" for error in _schema().iter_errors(paper.record))


@cache
def _schema() -> Draft202012Validator:
    return Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


def names_are_printed_whole(paper: Paper) -> Iterator[str]:
    """Names that run both ways come out of the file in the order of the page: theirs are counted letter by letter."""
    text = _bare(paper.text)
    for name, count in Counter(_names(paper)).items():
        runs_both_ways = any(unicodedata.bidirectional(char) == "AL" for char in name)
        found = text.count(LAST_WORD if runs_both_ways and name.endswith(LAST_WORD) else _bare(name))
        if found < count:
            yield f"{found} of {count} times: {name}"
        if runs_both_ways and (lost := Counter(_bare(name) * count) - Counter(text)):
            yield f"letters are lost of {name}: {lost}"
    if "[U+" in paper.text:
        yield "a letter has no glyph"


def _names(paper: Paper) -> Iterator[str]:
    if paper.kind == COVER:
        return
    if paper.is_letter:
        yield from _lines(paper.record["claim"]["addressee"], "addressee")
        yield from _lines(paper.record["values"], "values")
        return
    for part in ("operator", "installation", "holder", "importer", "verification", "certifier", "goods", "lines"):
        yield from _lines(paper.record.get(part), part)
    if paper.kind == "price":
        yield from _lines(paper.record["carbon_price"]["instrument"], "instrument")


def _lines(part: Any, name: str) -> Iterator[str]:
    for each in part if isinstance(part, list) else [part or {}]:
        for key in NAMED[name]:
            yield from str(each.get(key) or "").splitlines()


def _bare(text: str) -> str:
    """Without spaces and marks of direction, with one letter for its forms."""
    text = "".join(unicodedata.normalize("NFKC", text).split())
    return "".join(char for char in text if unicodedata.category(char) != "Cf")


def figures_are_those_of_the_record(paper: Paper) -> Iterator[str]:
    part, columns = PRINTED.get(paper.kind, ("", {}))
    wanted = Counter(
        fixed(row[name], decimals)
        for row in paper.record.get(part, ())
        for name, decimals in columns.items()
        if row[name]
    )
    if paper.kind in ("emissions", "revocation"):
        wanted += Counter(fixed(row["default"]["value"], 3) for row in paper.record["goods"] if row["default"])
    lacking = wanted - figures(paper.text)
    yield from (f"{number} is missing {count} of {wanted[number]} times" for number, count in lacking.items())


def every_figure_has_its_source(paper: Paper) -> Iterator[str]:
    """No number with decimals, and no day, that the record does not give."""
    leaves = [*_leaves(paper.record), *([ENDING.start] if paper.kind == COVER else [])]
    numbers = {Decimal(leaf) for leaf in leaves if re.fullmatch(r"\d+(\.\d+)?", leaf)}
    numbers |= {number * 100 for number in numbers}
    rounded = {decimals: {fixed(number, decimals) for number in numbers} for decimals in DECIMALS}
    said = "\n".join(leaves)
    for number in (each for each in figures(paper.text) if "." in each):
        if number not in rounded[len(number.partition(".")[2])] and number not in said:
            yield f"{number} is not in the record"
    days = set(re.findall(DAY, said))
    days |= {(date.fromisoformat(day) - timedelta(days=1)).isoformat() for day in days}
    yield from (f"{day} is no day of the record" for day in set(re.findall(DAY, paper.text)) - days)


def figures(text: str) -> Counter[str]:
    """Numbers without the space between their thousands."""
    joined = re.sub(r"(?<=\d)[\u202f\u00a0](?=\d{3})", "", text)
    return Counter(re.findall(r"(?<![\d.\-/])\d+(?:\.\d+)?(?![\d\-/]|\.\d)", joined))


def _leaves(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from _leaves(each)
    elif value is not None and not isinstance(value, bool):
        yield str(value)


def sums_recompute(paper: Paper) -> Iterator[str]:
    part, summands, total = SUMS.get(paper.kind, ("", (), ""))
    for row in paper.record.get(part, ()):
        if sum(Decimal(row[name] or 0) for name in summands) != Decimal(row[total]):
            yield f"the parts of {row['cn_code']} do not make {row[total]}"
    if paper.kind == "units":
        rows = paper.record["units"]
        if sum(int(row["quantity"]) for row in rows) != int(paper.record["accepted"]):
            yield "the ranges do not make what is accepted"
        for row in rows:
            if int(row["last"]) - int(row["first"]) + 1 != int(row["quantity"]):
                yield f"a range has another length: {row}"
    if paper.kind == "assessment":
        totals = {name: Decimal(number) for name, number in paper.record["totals"].items() if number}
        owed = sum(Decimal(line["obligation"]) for line in paper.record["lines"])
        if totals["due"] != max(owed - totals["units_t"], Decimal(0)) or totals["gross"] - totals["allocated"] != owed:
            yield "the result does not follow from the lines"
    if paper.kind == "emissions":
        pairs = [(Decimal(row["see_total"]), Decimal(row["default"]["value"])) for row in paper.record["goods"]]
        below = sum(value < default for value, default in pairs)
        above = sum(value > default for value, default in pairs)
        text = " ".join(paper.text.split())
        if (text.count("below default"), text.count("above default")) != (below, above):
            yield f"not {below} goods are said to be below their default, and {above} above it"


RULES = (
    record_keeps_its_schema,
    names_are_printed_whole,
    figures_are_those_of_the_record,
    every_figure_has_its_source,
    sums_recompute,
)
