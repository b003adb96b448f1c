"""From a folder to the content of a pack, or to the list of everything that is wrong with it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from verification.kernel.canonical import sha256_of
from verification.kernel.errors import InvalidInput
from verification.reference.enums import OTHER_COUNTRIES
from verification.reference.pack.checks import check_links, check_table
from verification.reference.pack.definition import FILE as DEFINITION
from verification.reference.pack.definition import read_definition
from verification.reference.pack.findings import Findings
from verification.reference.pack.parameters import read_parameters
from verification.reference.pack.tables import TableContent, read_tables

_FOLDERS = ("parameters", "tables")


@dataclass
class PackContent:
    """A pack that holds together; ``content_sha256`` names it by the names and bytes of its files."""

    definition: dict[str, Any]
    parameters: list[dict[str, Any]]
    tables: list[TableContent]
    content_sha256: str

    def tables_of(self, kind: str) -> list[TableContent]:
        return [table for table in self.tables if table.kind == kind]


def read_pack(path: Path) -> PackContent:
    """Read and validate. Raises ``InvalidInput`` with every problem; ``NotADirectoryError`` for no folder."""
    if not path.is_dir():
        raise NotADirectoryError(f"{path} is not the folder of a scheme pack.")
    files = _files_in(path)
    findings = Findings()
    definition = read_definition(files, findings)
    parameters = read_parameters(files, findings)
    tables = read_tables(files, findings)
    for table in tables:
        check_table(table, findings)
    check_links(tables, parameters, definition, findings)
    if findings.problems:
        count = len(findings.problems)
        raise InvalidInput(
            f"The pack has {count} problem{'s' if count > 1 else ''}; nothing was loaded.", tuple(findings.problems)
        )
    _complete_rows(tables)
    hashes = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    return PackContent(definition, parameters, tables, sha256_of(hashes))


def _files_in(path: Path) -> dict[str, bytes]:
    """The pack's files by their names inside it; nothing beside the known folders is read."""
    found = [path / DEFINITION, *(file for folder in _FOLDERS for file in (path / folder).glob("*.*"))]
    return {file.relative_to(path).as_posix(): file.read_bytes() for file in sorted(found) if file.is_file()}


def _complete_rows(tables: list[TableContent]) -> None:
    """Give every row its span and its reference, from its edition where it has none of its own."""
    names = {row["iso2"]: row["name"] for table in tables if table.kind == "countries" for row in table.rows}
    names[OTHER_COUNTRIES] = "Other countries and territories"
    for table in tables:
        cited = f"{table.edition['act']}, {table.edition['annex']}"
        for row in table.rows:
            row.setdefault("valid_from", table.edition["valid_from"])
            row.setdefault("valid_to", table.edition["valid_to"])
            if table.kind == "default_values":
                row["reference"] = f"{cited}, {names[row['country']]}, {row['cn_prefix']}"
            elif table.kind in ("goods", "benchmarks"):
                row["reference"] = f"{cited}, {row['cn_code']}"
            else:
                row.setdefault("reference", cited)
