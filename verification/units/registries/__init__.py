"""Public exports of the registries, read into the same words for all of them."""

from verification.units.registries.layouts import LAYOUTS
from verification.units.registries.model import ExportKind, ExportReading, RecordKind, RegistryRecord
from verification.units.registries.reading import read_export
from verification.units.registries.table import LARGEST_FILE, LONGEST_CELL, MOST_ROWS

__all__ = [
    "LARGEST_FILE",
    "LAYOUTS",
    "LONGEST_CELL",
    "MOST_ROWS",
    "ExportKind",
    "ExportReading",
    "RecordKind",
    "RegistryRecord",
    "read_export",
]
