"""What a calculation lacked, or found to contradict itself: collected, never raised past it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

from verification.accounting.tree import MissingInput

T = TypeVar("T")


@dataclass(frozen=True)
class Gap:
    """A number that a formula needed and the report does not give, by its path in the record.

    ``is_in_scope`` is false where only a value needs it that the scheme does not count, such as the
    indirect emissions of a good with direct scope.
    """

    path: str
    needed_for: str
    is_in_scope: bool = True


@dataclass(frozen=True)
class Mismatch:
    """Two things in the report that cannot both be right; ``found`` and ``expected`` say them in words."""

    path: str
    found: str
    expected: str


class Unavailable(Exception):
    """A value that stands elsewhere in the report cannot be had; ``gaps`` say why."""

    def __init__(self, *gaps: Gap) -> None:
        super().__init__(", ".join(gap.path for gap in gaps))
        self.gaps = gaps


class Log:
    """Gaps and mismatches in the order in which they were met, each once."""

    def __init__(self) -> None:
        self._gaps: dict[tuple[str, str], Gap] = {}
        self._mismatches: dict[Mismatch, None] = {}

    @property
    def gaps(self) -> tuple[Gap, ...]:
        return tuple(self._gaps.values())

    @property
    def mismatches(self) -> tuple[Mismatch, ...]:
        return tuple(self._mismatches)

    def lack(self, *gaps: Gap) -> None:
        for gap in gaps:
            key = (gap.path, gap.needed_for)
            if key not in self._gaps or gap.is_in_scope:
                self._gaps[key] = gap

    def contradict(self, path: str, found: str, expected: str) -> None:
        self._mismatches[Mismatch(path, found, expected)] = None

    def attempt(self, path: str, needed_for: str, formula: Callable[[], T], *, is_in_scope: bool = True) -> T | None:
        """``formula()``, or ``None`` where it lacks numbers: of the record at ``path``, or elsewhere."""
        try:
            return formula()
        except MissingInput as missing:
            gaps = gaps_of(path, missing, needed_for)
        except Unavailable as unavailable:
            gaps = unavailable.gaps
        self.lack(*(replace(gap, is_in_scope=is_in_scope and gap.is_in_scope) for gap in gaps))
        return None


def gaps_of(path: str, missing: MissingInput, needed_for: str) -> tuple[Gap, ...]:
    return tuple(Gap(f"{path}.{name}", needed_for) for name in missing.names)
