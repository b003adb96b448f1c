"""Files that hold a claim: the project's own workbook, tables, archives and JSON, and the Commission's template."""

from verification.accounting.exchange.files import read_file, read_file_here, write_file
from verification.accounting.exchange.paste import read_pasted
from verification.accounting.exchange.reading import FileKind, FileReading
from verification.accounting.exchange.schema import json_schema
from verification.accounting.exchange.separated import csv_text
from verification.accounting.exchange.workbook_writer import write_workbook

__all__ = [
    "FileKind",
    "FileReading",
    "csv_text",
    "json_schema",
    "read_file",
    "read_file_here",
    "read_pasted",
    "write_file",
    "write_workbook",
]
