"""One good of a reading, for every page that shows it: its parts, its value, its default."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from verification.claims.content import decimal_or_none
from verification.kernel.quantities import SEE_DECIMALS, exact, round_half_up

TONNE = "t"


@dataclass(frozen=True)
class ReadGood:
    """Specific embedded emissions in tCO2e per ``unit``, exact; ``None`` where not computable.

    ``own`` is direct of the process itself, ``precursors`` the direct part that came with precursors, made
    here or bought. ``indirect`` is the part of the indirect emissions that counts, of the process and of
    its precursors (2025/2547 Annex I, 3.1), ``indirect_not_counted`` the rest. The three parts that count
    add up to ``value``.
    """

    position: int
    code: str
    name: str
    description: str
    process: str
    process_id: str
    route: str
    unit: str
    quantity: Decimal | None
    own: Decimal | None
    precursors: Decimal | None
    indirect: Decimal | None
    indirect_not_counted: Decimal | None
    is_indirect_counted: bool
    value: Decimal | None
    stated: Decimal | None
    stated_difference: Decimal | None
    default: Mapping[str, Any] | None
    default_value: Decimal | None

    @property
    def difference(self) -> Decimal | None:
        """The own value less the default; below zero is the better."""
        if self.value is None or self.default_value is None:
            return None
        with exact():
            return self.value - self.default_value

    @property
    def share_below(self) -> Decimal | None:
        """How far below the default, as a share of it; negative where above."""
        if self.difference is None or not self.default_value:
            return None
        with exact():
            return -self.difference / self.default_value

    @property
    def is_lower(self) -> bool:
        return self.difference is not None and self.difference < 0

    @property
    def is_as_stated(self) -> bool:
        """The file's own number is what was computed for the same thing, to the five decimals that count."""
        if self.stated is None or self.stated_difference is None:
            return False
        with exact():
            computed = self.stated - self.stated_difference
        return round_half_up(self.stated, SEE_DECIMALS) == round_half_up(computed, SEE_DECIMALS)

    @property
    def unit_label(self) -> str:
        return f"tCO₂e/{self.unit}"


def goods_of(reading: Mapping[str, Any]) -> list[ReadGood]:
    """The goods of ``reading`` in its order. Rows sealed before the counted part was told are read too."""
    return [_good(position, row) for position, row in enumerate(reading["goods"])]


def _good(position: int, row: Mapping[str, Any]) -> ReadGood:
    direct, own = decimal_or_none(row["see_direct"]), decimal_or_none(row["see_direct_own"])
    value, indirect = decimal_or_none(row["see_applicable"]), decimal_or_none(row["see_indirect"])
    is_in_scope = row["scope"] == "direct_and_indirect"
    counted = _less(value, direct)
    key = "see_total" if is_in_scope else "see_direct"
    stated, difference, default = row.get("stated") or {}, row.get("difference") or {}, row["default"]
    return ReadGood(
        position=position,
        code=row["cn"],
        name=row["name"] or row["description"] or row["cn"],
        description=row["description"] or row["cn"],
        process=row["process"],
        process_id=row.get("process_id") or "",
        route=row["route"],
        unit=row["unit"] or TONNE,
        quantity=decimal_or_none(row["quantity"]),
        own=own,
        precursors=_less(direct, own),
        indirect=counted,
        indirect_not_counted=_less(indirect, counted),
        is_indirect_counted=is_in_scope or bool(counted),
        value=value,
        stated=decimal_or_none(stated.get(key)),
        stated_difference=decimal_or_none(difference.get(key)),
        default=default,
        default_value=Decimal(default["value"]) if default else None,
    )


def _less(whole: Decimal | None, part: Decimal | None) -> Decimal | None:
    if whole is None or part is None:
        return None
    with exact():
        return whole - part
