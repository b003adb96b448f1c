"""Which headers each cell of a drawn table has, for those who hear the table (PDF/UA-1, 7.5; ISO 32000-1, 14.8.5.7).

WeasyPrint takes the header of a group of rows for one of its column: every cell of that column would be announced with
the names of all groups, and the figures with none. Nor does it list the identifiers that cells name their headers by.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf


def put_headers(document: pikepdf.Pdf) -> None:
    """A cell has the header of its column and those of its row, or of the row above it that has some in its group.

    No table may have cells over several rows.
    """
    tree = document.Root.StructTreeRoot
    identified: dict[bytes, pikepdf.Object] = {}
    for table in [element for element in elements_below(tree) if element.S == "/Table"]:
        columns: list[pikepdf.Object] = []
        for part in kids_of(table):
            for row in kids_of(part):
                heads = [cell for cell in kids_of(row) if cell.S == "/TH"]
                identified |= {bytes(cell.ID): cell for cell in heads}
                columns = heads if part.S == "/THead" else columns
            if part.S == "/TBody":
                _put_headers(part, [cell.ID for cell in columns])
    if identified:
        listed = [part for name in sorted(identified) for part in (pikepdf.String(name), identified[name])]
        tree.IDTree = document.make_indirect(pikepdf.Dictionary(Names=pikepdf.Array(listed)))


def _put_headers(group: pikepdf.Object, columns: list[pikepdf.Object]) -> None:
    rows: list[pikepdf.Object] = []
    for row in kids_of(group):
        cells = kids_of(row)
        rows = [cell.ID for cell in cells if cell.S == "/TH"] or rows
        place = 0
        for cell in cells:
            if cell.S == "/TD":
                cell.A.Headers = pikepdf.Array([*rows, *columns[place : place + 1]])
            place += int(cell.A.get("/ColSpan", 1))


def elements_below(node: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """Every structure element below ``node``, which may be changed meanwhile."""
    waiting = [node]
    while waiting:
        kids = kids_of(waiting.pop())
        yield from kids
        waiting += kids


def kids_of(node: pikepdf.Object) -> list[pikepdf.Object]:
    """The structure elements right below ``node``."""
    kids: Any = node.get("/K", [])
    return [
        kid
        for kid in (kids if isinstance(kids, pikepdf.Array) else [kids])
        if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/StructElem"
    ]
