"""Where each value of a report was answered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from verification.accounting.entry.plans import targets
from verification.accounting.entry.schema import Kind, Section


class Sources(Mapping[str, str]):
    """From the path of a value in the record to ``section/row/field``, worked out when first asked for.

    Every question leads back to its place, answered or not, so that a gap does so too.
    """

    def __init__(self) -> None:
        self._rows: list[tuple[Section, str, Mapping[str, Any], str, int | None]] = []
        self._lists: list[tuple[Section, Mapping[str, Mapping[str, Any]]]] = []
        self._single: dict[str, str] = {}
        self._found: dict[str, str] | None = None

    def note_row(self, section: Section, key: str, row: Mapping[str, Any], path: str, index: int | None = None) -> None:
        """The answers of a row, whose object stands at ``path``, or at that place of the list there."""
        self._rows.append((section, key, row, path, index))

    def note_rows(self, section: Section, rows: Mapping[str, Mapping[str, Any]]) -> None:
        """All rows of a section, whose objects stand in its list in their order."""
        self._lists.append((section, rows))

    def note(self, path: str, address: str) -> None:
        """One value, whatever the rows say of it."""
        self._single[path] = address

    def __getitem__(self, path: str) -> str:
        return self._all[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)

    @property
    def _all(self) -> dict[str, str]:
        if self._found is None:
            self._found = {}
            for section, key, row, path, index in self._rows:
                self._found |= _of_row(section, key, row, path if index is None else f"{path}.{index}")
            for section, rows in self._lists:
                for index, (key, row) in enumerate(rows.items()):
                    self._found |= _of_row(section, key, row, f"{section.collection}.{index}")
            self._found |= self._single
        return self._found


def _of_row(section: Section, key: str, row: Mapping[str, Any], path: str) -> dict[str, str]:
    found = {}
    for target in targets(section):
        field = target.field
        address = f"{section.key}/{key}/{field.name}"
        found[f"{path}.{target.path}"] = address
        if field.unit_path:
            found[f"{path}.{field.unit_path}"] = address
        if field.kind in (Kind.CATEGORIES, Kind.ROUTES):
            for index in range(len(row.get(target.path, ()))):
                found[f"{path}.{target.path}.{index}"] = address
    return found
