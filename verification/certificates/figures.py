"""Numbers as documents print them, in every language alike. Pure.

Digits are Western, the decimal point is a point, thousands are grouped by a narrow space. Nothing is rounded but
half up, and to a fixed number of decimals.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from verification.kernel.quantities import DEFAULT_VALUE_DECIMALS, SEE_DECIMALS, round_half_up

NARROW_SPACE = "\u202f"


def hash_digits(sha256: str) -> str:
    """64 digits in groups of eight."""
    return " ".join(sha256[start : start + 8] for start in range(0, 64, 8))


def hash_lines(sha256: str) -> list[str]:
    """64 digits as two lines of four groups of eight."""
    groups = hash_digits(sha256).split()
    return [" ".join(groups[:4]), " ".join(groups[4:])]


def cn_code(code: str) -> str:
    """``72142000`` as ``7214 20 00``."""
    return " ".join([code[:4], *[code[start : start + 2] for start in range(4, len(code), 2)]])


def whole(number: str) -> str:
    """Whole units, grouped by a narrow space."""
    return f"{int(round_half_up(Decimal(number), 0)):,}".replace(",", NARROW_SPACE)


def see(number: str | None) -> str:
    """Specific emissions, to five decimals."""
    return "" if number is None else f"{round_half_up(Decimal(number), SEE_DECIMALS):f}"


def published(number: str) -> str:
    """With the decimals of the law's tables."""
    return f"{round_half_up(Decimal(number), DEFAULT_VALUE_DECIMALS):f}"


def amount(number: str, decimals: int = 2) -> str:
    """Grouped, half up."""
    text = f"{round_half_up(Decimal(number), decimals):f}"
    units, _point, fraction = text.partition(".")
    return f"{int(units):,}".replace(",", NARROW_SPACE) + (f".{fraction}" if fraction else "")


def exact_tonnes(number: str) -> str:
    """Grouped whole tonnes with every digit after the point."""
    units, _point, fraction = number.partition(".")
    grouped = f"{int(units):,}".replace(",", NARROW_SPACE)
    return f"{grouped}.{fraction}" if fraction else grouped


def percent(share: str, decimals: int = 1) -> str:
    """A share of one, in hundredths, without the sign."""
    return f"{round_half_up(Decimal(share) * 100, decimals):f}"


def breakable(serial: str) -> list[str]:
    """A serial in parts between which a line may break."""
    parts = serial.replace("-", "-\0").split("\0")
    return [part for part in parts if part]


def labels_of(places: Sequence[int]) -> str:
    """``C1–C3, C7``."""
    runs: list[list[int]] = []
    for place in places:
        if runs and place == runs[-1][-1] + 1:
            runs[-1].append(place)
        else:
            runs.append([place])
    return ", ".join(f"C{run[0]}–C{run[-1]}" if len(run) > 1 else f"C{run[0]}" for run in runs)
