"""What reading a file yields: answers, where each stood, and what is wrong with the file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from verification.accounting.entry.interpretation import Interpretation, interpret
from verification.accounting.entry.writing import Written
from verification.accounting.record import as_record, from_record
from verification.kernel.errors import Problem


class FileKind(StrEnum):
    """Kinds that are told apart by content; all but ``TEMPLATE``, ``CSV`` and ``PASTE`` can hold a whole claim anew."""

    XLSX = "xlsx"
    TEMPLATE = "template"
    CSV = "csv"
    ZIP = "zip"
    JSON = "json"
    PASTE = "paste"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class TablePlace:
    """Where one section stood: ``columns`` by name of the field, ``rows`` by key of the row."""

    sheet: str
    columns: Mapping[str, str]
    rows: Mapping[str, int]


@dataclass(frozen=True)
class Places(Mapping[str, str]):
    """``Sheet!C7`` by ``section/row/field``, worked out when asked for; ``single`` are places told one by one."""

    tables: Mapping[str, TablePlace] = field(default_factory=dict)
    single: Mapping[str, str] = field(default_factory=dict)

    def __getitem__(self, address: str) -> str:
        if address in self.single:
            return self.single[address]
        section, row, name = _parts(address)
        table = self.tables[section]
        return f"{table.sheet}!{table.columns[name]}{table.rows[row]}"

    def __iter__(self) -> Iterator[str]:
        yield from self.single
        for section, table in self.tables.items():
            yield from (f"{section}/{row}/{name}" for row in table.rows for name in table.columns)

    def __len__(self) -> int:
        return len(self.single) + sum(len(table.rows) * len(table.columns) for table in self.tables.values())

    def located(self, problem: Problem) -> Problem:
        """``problem`` with sheet and cell of its field; with the row alone where the file lacks the column."""
        if problem.sheet or problem.field.count("/") < 2:
            return problem
        if problem.field in self.single:
            sheet, _, cell = self.single[problem.field].rpartition("!")
            return replace(problem, sheet=sheet, cell=cell)
        section, row, name = _parts(problem.field)
        table = self.tables.get(section)
        if table is None:
            return problem
        number = table.rows.get(row)
        cell = "" if number is None else f"{table.columns.get(name, '')}{number}"
        return replace(problem, sheet=table.sheet, cell=cell)


def _parts(address: str) -> tuple[str, str, str]:
    section, _, rest = address.partition("/")
    row, _, name = rest.rpartition("/")
    return section, row, name


@dataclass(frozen=True)
class FileReading:
    """``answers`` as the file has them, numbers with ``decimal_mark``; ``problems`` are of the file alone."""

    kind: FileKind = FileKind.UNKNOWN
    answers: Written = field(default_factory=dict)
    cells: Places = Places()
    problems: tuple[Problem, ...] = ()
    decimal_mark: str = "."

    @property
    def is_blocked(self) -> bool:
        return any(item.severity == "block" for item in self.problems)

    def interpretation(self, decimal_mark: str = "") -> Interpretation:
        """The report that the answers tell; problems of the file first, then those of the answers, each at its cell."""
        found = interpret(self.answers, decimal_mark or self.decimal_mark)
        return replace(found, problems=(*self.problems, *map(self.cells.located, found.problems)))


def reading_as_record(reading: FileReading) -> dict[str, Any]:
    """Plain record of ``reading``, which ``reading_from_record`` reads again."""
    tables = {key: as_record(table) for key, table in reading.cells.tables.items()}
    return {
        "kind": reading.kind.value,
        "answers": reading.answers,
        "cells": {"tables": tables, "single": dict(reading.cells.single)},
        "problems": as_record(reading.problems),
        "decimal_mark": reading.decimal_mark,
    }


def reading_from_record(record: dict[str, Any]) -> FileReading:
    cells = record["cells"]
    return FileReading(
        kind=FileKind(record["kind"]),
        answers=record["answers"],
        cells=Places({key: from_record(TablePlace, table) for key, table in cells["tables"].items()}, cells["single"]),
        problems=tuple(from_record(Problem, item) for item in record["problems"]),
        decimal_mark=record["decimal_mark"],
    )
