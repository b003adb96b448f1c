"""A block as it is exported, read from the sealed content of a unit claim."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

NOT_YET, RETIREMENT, CANCELLATION = "not_yet", "retirement", "cancellation"


@dataclass(frozen=True)
class ExportLetter:
    """A host country's letter of authorisation. Days are ISO text."""

    host_country: str
    reference: str
    issued_on: str
    purposes: tuple[str, ...] = ()
    first_transfer_trigger: str = ""


@dataclass(frozen=True)
class ExportBlock:
    """Contiguous serials, both ends included; ``quantity`` in units of one tCO2e. Days are ISO text, empty if unknown.

    ``registry_serial`` is as the registry prints it; ``adjustment_state`` as the claim names it.
    """

    registry_serial: str
    serial: str
    family: str
    first: int
    last: int
    quantity: int
    unit_type: str = ""
    project: str = ""
    country: str = ""
    vintage_from: str = ""
    vintage_to: str = ""
    event: str = NOT_YET
    event_on: str = ""
    beneficiary: str = ""
    purpose: str = ""
    reason: str = ""
    sector: str = ""
    adjustment_state: str = ""
    letter: ExportLetter | None = None

    def __post_init__(self) -> None:
        if self.last - self.first + 1 != self.quantity:
            raise ValueError(f"{self.serial}: {self.first} to {self.last} are not {self.quantity} units.")

    @property
    def vintage_year(self) -> str:
        """The year in which the vintage ends; empty where it is not known."""
        return (self.vintage_to or self.vintage_from)[:4]


def blocks_of(content: Mapping[str, Any]) -> tuple[ExportBlock, ...]:
    """Blocks of a sealed unit claim, in the claimant's order. Raises ``ValueError`` for a range that does not count."""
    letters = {letter["reference"]: _letter(letter) for letter in content["authorisations"]}
    return tuple(_block(block, letters) for block in content["blocks"])


def _block(block: Mapping[str, Any], letters: Mapping[str, ExportLetter]) -> ExportBlock:
    facts = block.get("facts") or {}
    return ExportBlock(
        registry_serial=block["raw_serial"],
        serial=block["serial"],
        family=block["family"],
        first=block["first"],
        last=block["last"],
        quantity=block["quantity"],
        unit_type=block["unit_type"],
        project=block["project"],
        country=block["country"],
        vintage_from=block["vintage_from"] or "",
        vintage_to=block["vintage_to"] or "",
        event=block["event"],
        event_on=block["event_on"] or "",
        beneficiary=block["beneficiary"],
        purpose=block["purpose"],
        reason=facts.get("event_reason", ""),
        sector=facts.get("sector_scope", ""),
        adjustment_state=block["adjustment_state"],
        letter=letters.get(block["authorisation"] or ""),
    )


def _letter(letter: Mapping[str, Any]) -> ExportLetter:
    return ExportLetter(
        host_country=letter["host_country"],
        reference=letter["reference"],
        issued_on=letter["issued_on"],
        purposes=tuple(letter["purposes"]),
        first_transfer_trigger=letter.get("first_transfer_trigger", ""),
    )
