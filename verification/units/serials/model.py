"""What a serial says, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from verification.units.blocks import Block

HIGHEST_NUMBER = 2**63 - 1
"""Ranges are kept as signed 64-bit integers."""


class Family(StrEnum):
    """Families of serial grammars; the values are kept in records and never reused."""

    VERRA = "verra"
    GOLD_STANDARD = "gold-standard"
    ACR = "acr"
    CAR = "car"
    ART = "art"
    KYOTO = "kyoto"
    ITMO = "itmo"
    ECOREGISTRY = "ecoregistry"
    ISOMETRIC = "isometric"
    ARTICLE_6_4 = "article-6-4"

    @property
    def label(self) -> str:
        """The family's name as people know it."""
        return _LABELS[self]


_LABELS = {
    Family.VERRA: "Verra",
    Family.GOLD_STANDARD: "Gold Standard",
    Family.ACR: "American Carbon Registry",
    Family.CAR: "Climate Action Reserve",
    Family.ART: "ART registry",
    Family.KYOTO: "Kyoto Protocol registries",
    Family.ITMO: "Paris Agreement, Article 6.2",
    Family.ECOREGISTRY: "EcoRegistry",
    Family.ISOMETRIC: "Isometric",
    Family.ARTICLE_6_4: "Paris Agreement, Article 6.4",
}


@dataclass(frozen=True, init=False)
class Serial:
    """One block of units as one grammar reads it.

    ``start`` and ``end`` are inclusive and ``None`` where the registry prints no numbers; ``quantity`` is in
    tonnes of CO2 equivalent, ``None`` where the serial does not tell it or the range is impossible.
    ``family_key`` names the space in which the numbers are unique: two blocks with one key and common
    numbers are the same units. ``country`` is ISO alpha-2 where printed so (an ITMO prints alpha-3).
    ``vintage_from`` and ``vintage_to`` are both inside the vintage; ``parts`` are the fields as printed.
    """

    family: Family
    registry: str
    raw: str
    normalised: str
    family_key: str
    start: int | None
    end: int | None
    quantity: int | None
    unit_type: str
    project: str
    country: str
    vintage_from: date | None
    vintage_to: date | None
    batch: str
    parts: Mapping[str, str] = field(hash=False)

    def __init__(
        self,
        family: Family,
        registry: str,
        raw: str,
        normalised: str,
        family_key: str,
        start: int | None,
        end: int | None,
        quantity: int | None,
        unit_type: str,
        project: str,
        country: str,
        vintage_from: date | None,
        vintage_to: date | None,
        batch: str,
        parts: Mapping[str, str],
    ) -> None:
        # A frozen dataclass sets field by field, which took a third of the time of reading a serial.
        self.__dict__.update(
            family=family,
            registry=registry,
            raw=raw,
            normalised=normalised,
            family_key=family_key,
            start=start,
            end=end,
            quantity=quantity,
            unit_type=unit_type,
            project=project,
            country=country,
            vintage_from=vintage_from,
            vintage_to=vintage_to,
            batch=batch,
            parts=parts,
        )

    @property
    def block(self) -> Block | None:
        """The block of numbers; ``None`` where the serial prints none or an impossible range."""
        if self.start is None or self.end is None or self.quantity is None:
            return None
        return Block(self.family_key, self.start, self.end)


@dataclass(frozen=True, slots=True)
class SerialProblem:
    """One thing that is wrong with a serial. ``severity`` is ``block``, ``refer``, ``warn`` or ``info``.

    ``suggestion`` is a whole serial that would be right; a person confirms it, the product never assumes it.
    """

    code: str
    severity: str
    message: str
    mend: str
    found: str = ""
    expected: str = ""
    suggestion: str = ""
    field: str = ""


@dataclass(frozen=True, init=False)
class ParsedSerial:
    """A line as typed, what it says (``None`` where no grammar reads it), and what is wrong with it."""

    line: int
    raw: str
    normalised: str
    serial: Serial | None
    problems: tuple[SerialProblem, ...]

    def __init__(
        self, line: int, raw: str, normalised: str, serial: Serial | None, problems: tuple[SerialProblem, ...]
    ) -> None:
        # As for a serial: thousands of these are made of one paste.
        self.__dict__.update(line=line, raw=raw, normalised=normalised, serial=serial, problems=problems)

    @property
    def is_blocked(self) -> bool:
        """Some problem makes the block unusable as it stands."""
        return any(problem.severity == "block" for problem in self.problems)
