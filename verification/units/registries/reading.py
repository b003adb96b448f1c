"""A registry's public export, from bytes to records."""

from __future__ import annotations

from verification.units.registries.catalogue import problem
from verification.units.registries.layouts import Field, layout_of
from verification.units.registries.model import ExportKind, ExportReading
from verification.units.registries.rows import RowReader
from verification.units.registries.table import TableRefused, read_table


def read_export(content: bytes, name: str) -> ExportReading:
    """Every row of an export of Verra, Gold Standard, ACR, CAR, ART or EcoRegistry.

    The export is recognised by its header; ``name`` is only used in messages. Never raises for a bad file:
    where the file as a whole cannot be trusted there are no records, and a problem says why.
    """
    try:
        table = read_table(content, name)
    except TableRefused as refused:
        layout = layout_of(refused.header)
        registry, kind = (layout.registry, layout.kind) if layout else ("", ExportKind.UNKNOWN)
        return ExportReading(registry, kind, dict.fromkeys(refused.header, ""), (), (refused.problem,))
    layout, reader = table.layout, RowReader(table, name)
    if layout.kind is ExportKind.PROJECTS:
        message = f"This is {layout.registry}'s list of projects."
        found = problem("UNX-012", message, file=name, expected="a list of retirements")
        return ExportReading(layout.registry, layout.kind, reader.columns, (), (found,))
    records = tuple(reader.read(row) for row in table.rows)
    problems = list(reader.problems)
    if Field.SERIAL not in reader.places:
        message = f"{layout.registry} prints no serials in its list of {layout.kind.value}."
        problems.insert(0, problem("UNX-011", message, file=name))
    return ExportReading(layout.registry, layout.kind, reader.columns, records, tuple(problems))
