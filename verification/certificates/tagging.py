"""Which headers each cell of a drawn table has, for those who hear the table (PDF/UA-1, 7.5; ISO 32000-1, 14.8.5.7).

WeasyPrint takes the header of a group of rows for one of its column: every cell of that column would be announced with
the names of all groups, and the figures with none. Nor does it list the identifiers that cells name their headers by.
Both are put right among its own objects, before they are written.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

import pydyf

Element: TypeAlias = Any
"""A dictionary of pydyf, which tells no types."""


def put_headers(document: pydyf.PDF) -> None:
    """A cell has the header of its column and those of its row, or of the row above it that has some in its group.

    No table may have cells over several rows.
    """
    identified: dict[str, Element] = {}
    for table in [element for element in elements_of(document) if element["S"] == "/Table"]:
        columns: list[Element] = []
        for part in kids_of(document, table):
            rows = [kids_of(document, row) for row in kids_of(document, part)]
            for row in rows:
                heads = [cell for cell in row if cell["S"] == "/TH"]
                identified |= {cell["ID"].string: cell for cell in heads}
                columns = heads if part["S"] == "/THead" else columns
            if part["S"] == "/TBody":
                _put_headers(rows, [cell["ID"] for cell in columns])
    if identified:
        listed = [part for name in sorted(identified) for part in (pydyf.String(name), identified[name].reference)]
        tree = pydyf.Dictionary({"Names": pydyf.Array(listed)})
        document.add_object(tree)
        _root_of(document)["IDTree"] = tree.reference


def _put_headers(rows: list[list[Element]], columns: list[pydyf.String]) -> None:
    """In one group of rows."""
    of_row: list[pydyf.String] = []
    for cells in rows:
        of_row = [cell["ID"] for cell in cells if cell["S"] == "/TH"] or of_row
        place = 0
        for cell in cells:
            if cell["S"] == "/TD":
                cell["A"]["Headers"] = pydyf.Array([*of_row, *columns[place : place + 1]])
            place += cell["A"].get("ColSpan", 1)


def elements_of(document: pydyf.PDF) -> Iterator[Element]:
    """Every structure element, which may be changed meanwhile."""
    waiting = [_root_of(document)]
    while waiting:
        kids = kids_of(document, waiting.pop())
        yield from kids
        waiting += kids


def kids_of(document: pydyf.PDF, element: Element) -> list[Element]:
    """The structure elements right below ``element``. Numbers among its kids stand for content, others for links."""
    kids = (referred(document, kid) for kid in element["K"] if isinstance(kid, bytes))
    return [kid for kid in kids if kid["Type"] == "/StructElem"]


def referred(document: pydyf.PDF, reference: bytes) -> Any:
    """The object that ``12 0 R`` stands for."""
    return document.objects[int(reference.split()[0])]


def _root_of(document: pydyf.PDF) -> Element:
    return referred(document, document.catalog["StructTreeRoot"])
