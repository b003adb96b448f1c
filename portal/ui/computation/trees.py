"""Every value of a claim with the steps that lead to it: for a page, and whole as JSON and CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from portal.ui.computation.places import Places, Step, cell_of, of_good
from portal.ui.computation.recalculation import Recalculation
from verification.accounting.calculation import ProductResult
from verification.accounting.model import InstallationReport, Product
from verification.kernel.quantities import plain

SCHEMA = "computation/1"
COLUMNS = ("path", "depth", "label", "value", "unit", "formula", "law", "source", "field", "cell")
COLLECTIONS = ("source_streams", "pfc_streams", "measured_sources")
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
"""Beginnings of text that spreadsheet programs take for a formula."""


class Subject(StrEnum):
    """What a tree is about."""

    GOOD = "good"
    PROCESS = "process"
    STREAM = "stream"
    INSTALLATION = "installation"


@dataclass(frozen=True)
class Tree:
    """The values of one subject. ``key`` stands in addresses; ``steps`` are one root a value."""

    key: str
    subject: Subject
    name: str
    code: str
    steps: tuple[Step, ...]


def trees_of(recalculation: Recalculation) -> list[Tree]:
    """Goods, then processes, then streams, in the order of the report. A value that is missing has no tree."""
    report, result = recalculation.report, recalculation.result
    places = Places(report, result)
    trees = []
    for index, (product, own) in enumerate(zip(report.products, result.products, strict=True)):
        steps = tuple(_of_good(report, places, index, own, product))
        trees.append(Tree(f"good-{index}", Subject.GOOD, product.name, product.cn, steps))
    for index, process in enumerate(report.processes):
        steps = tuple(_of_process(recalculation, places, index))
        trees.append(Tree(f"process-{index}", Subject.PROCESS, process.name or process.id, "", steps))
    trees += _of_streams(recalculation, places)
    return trees


def _of_good(
    report: InstallationReport, places: Places, index: int, own: ProductResult, product: Product
) -> Iterator[Step]:
    process = report.process(own.process)
    if process is None:
        return
    for name in ("see_direct", "see_indirect_in_scope", "see_indirect"):
        node = getattr(own, name)
        if node is None:
            continue
        path = f"good-{index}.{name}"
        inner_node = node.inputs[0].inputs[0] if own.per_functional_unit else node
        inner = places.of_see(path, inner_node, process, is_direct=name == "see_direct")
        yield of_good(path, node, inner, f"products.{index}")


def _of_process(recalculation: Recalculation, places: Places, index: int) -> Iterator[Step]:
    process, found = recalculation.report.processes[index], recalculation.result.processes[index]
    for name in ("see_direct", "see_indirect_in_scope", "see_indirect"):
        node = getattr(found, name)
        if node is not None:
            yield places.of_see(f"process-{index}.{name}", node, process, is_direct=name == "see_direct")


def _of_streams(recalculation: Recalculation, places: Places) -> Iterator[Tree]:
    by_id = {item.id: item for item in recalculation.result.streams}
    for collection in COLLECTIONS:
        for index, item in enumerate(getattr(recalculation.report, collection)):
            found = by_id.get(item.id)
            key = f"stream-{item.id}"
            name = getattr(item, "name", "") or getattr(item, "technology", "") or item.id
            steps = () if found is None else (places.of_stream(key, found.fossil, f"{collection}.{index}"),)
            yield Tree(key, Subject.STREAM, name, "", steps)


def as_json(recalculation: Recalculation, trees: list[Tree], claim: str) -> dict[str, Any]:
    """Every tree with every digit; ``is_as_recorded`` says for each good whether it leads to the recorded value."""
    return {
        "schema": SCHEMA,
        "claim": claim,
        "goods_as_recorded": [
            recalculation.is_as_recorded(position) for position in range(len(recalculation.report.products))
        ],
        "trees": [
            {
                "key": tree.key,
                "subject": tree.subject.value,
                "name": tree.name,
                "cn": tree.code,
                "values": [_record(recalculation.report, step) for step in tree.steps],
            }
            for tree in trees
        ],
    }


def as_csv(recalculation: Recalculation, trees: list[Tree]) -> str:
    """One line a node. Text that a spreadsheet would take for a formula begins with an apostrophe."""
    target = io.StringIO()
    writer = csv.writer(target)
    writer.writerow(COLUMNS)
    for tree in trees:
        for root in tree.steps:
            for step in root.all():
                node = step.node
                depth = step.path.count(".") - root.path.count(".")
                writer.writerow(
                    [
                        step.path, depth, _text(node.label), plain(node.value), _text(node.unit), _text(node.formula),
                        _text(node.reference), _text(node.source), step.field,
                        _text(cell_of(recalculation.report, step.field)),
                    ]
                )  # fmt: skip
    return target.getvalue()


def _record(report: InstallationReport, step: Step) -> dict[str, Any]:
    node = step.node
    return {
        "path": step.path,
        "label": node.label,
        "value": plain(node.value),
        "unit": node.unit,
        "formula": node.formula,
        "law": node.reference,
        "source": node.source,
        "field": step.field,
        "cell": cell_of(report, step.field),
        "process": step.process,
        "inputs": [_record(report, below) for below in step.steps],
    }


def _text(text: str) -> str:
    return f"'{text}" if text.startswith(DANGEROUS) else text
