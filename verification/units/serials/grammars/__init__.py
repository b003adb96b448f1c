"""The table of all grammars, and which of them can be meant by how a serial begins."""

from __future__ import annotations

from verification.units.serials.grammars import batched, plain, treaty, verra
from verification.units.serials.grammars.base import Grammar, Match, Part, Reading
from verification.units.serials.model import Family

__all__ = ["GRAMMARS", "Grammar", "Match", "Part", "Reading", "candidates", "grammars_of"]

GRAMMARS: tuple[Grammar, ...] = (*verra.GRAMMARS, *batched.GRAMMARS, *treaty.GRAMMARS, *plain.GRAMMARS)


def grammars_of(family: Family) -> tuple[Grammar, ...]:
    return _BY_FAMILY.get(family, ())


_BY_FAMILY = {
    family: tuple(grammar for grammar in GRAMMARS if grammar.family is family)
    for family in dict.fromkeys(grammar.family for grammar in GRAMMARS)
}
_BY_START = {
    "GS1-": grammars_of(Family.GOLD_STANDARD),
    "ACR-": grammars_of(Family.ACR),
    "CAR-": grammars_of(Family.CAR),
    "ART-": grammars_of(Family.ART),
    "FCPF": grammars_of(Family.ART),
    "CDC_": grammars_of(Family.ECOREGISTRY),
    "RET_": grammars_of(Family.ISOMETRIC),
    "ISS_": grammars_of(Family.ISOMETRIC),
    "PRJ_": grammars_of(Family.ISOMETRIC),
}
_VERRA, _VERRA_BY_KEEPER = ((grammar,) for grammar in verra.GRAMMARS)
_KYOTO, _ITMO = grammars_of(Family.KYOTO), grammars_of(Family.ITMO)


def candidates(compact: str) -> tuple[Grammar, ...]:
    """The few grammars whose serials can begin as ``compact`` does; no pattern is tried here."""
    known = _BY_START.get(compact[:4])
    if known is not None:
        return known
    if compact[:1].isdigit():
        return _VERRA_BY_KEEPER if "-MER-" in compact or "-APX-" in compact else _VERRA
    if compact[2:3] == "-":
        return _KYOTO
    return _ITMO if compact[:2] == "CA" else ()
