"""Which processes feed each other, in an order that knows every supplier before its consumers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence


def blocks(suppliers: Mapping[str, Sequence[str]]) -> list[list[str]]:
    """Strongly connected parts of the graph from consumer to supplier, suppliers first (Tarjan).

    ``suppliers`` names every process; a part of one process feeds no other that feeds it.
    """
    search = _Search(suppliers)
    for process in suppliers:
        if process not in search.number:
            search.run(process)
    return search.found


class _Search:
    """Depth first, with an own stack: chains may be long."""

    def __init__(self, suppliers: Mapping[str, Sequence[str]]) -> None:
        self.suppliers = suppliers
        self.number: dict[str, int] = {}
        self.lowest: dict[str, int] = {}
        self.open: dict[str, None] = {}
        self.found: list[list[str]] = []

    def run(self, start: str) -> None:
        path: list[tuple[str, Iterator[str]]] = [self._enter(start)]
        while path:
            process, waiting = path[-1]
            following = next(waiting, None)
            if following is None:
                path.pop()
                self._leave(process)
                if path:
                    above = path[-1][0]
                    self.lowest[above] = min(self.lowest[above], self.lowest[process])
            elif following not in self.number:
                path.append(self._enter(following))
            elif following in self.open:
                self.lowest[process] = min(self.lowest[process], self.number[following])

    def _enter(self, process: str) -> tuple[str, Iterator[str]]:
        self.number[process] = self.lowest[process] = len(self.number)
        self.open[process] = None
        return process, iter(self.suppliers[process])

    def _leave(self, process: str) -> None:
        """Where nothing earlier was reached, all that is open since belongs together."""
        if self.lowest[process] < self.number[process]:
            return
        block: list[str] = []
        while process not in block:
            block.append(self.open.popitem()[0])
        self.found.append(block)
