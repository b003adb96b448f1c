"""Values that were read, put together to the report."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import Any

from verification.accounting.categories import ALL_ROUTES, category_named
from verification.accounting.entry.context import PAIR_MARK, SINGLE_KEY, Context
from verification.accounting.entry.plans import class_of, groups, targets
from verification.accounting.entry.rows import PARENT
from verification.accounting.entry.schema import Section, Shape
from verification.accounting.entry.sections import SECTIONS
from verification.accounting.entry.sources import Sources
from verification.accounting.model import GoodsCategory, InstallationReport, Process

Rows = dict[str, dict[str, Any]]


def assembled(values: dict[str, Rows], context: Context) -> InstallationReport:
    """The report; ``values`` are those of each section's rows, by path of the attribute."""
    sources = Sources()
    parts: dict[str, Any] = {}
    children = _children(values)
    extensions: dict[str, list[Section]] = defaultdict(list)
    for section in SECTIONS:
        if section.shape is Shape.EXTENSION:
            extensions[section.extends].append(section)
    for section in SECTIONS:
        if section.shape is Shape.SINGLE:
            row = values[section.key].get(SINGLE_KEY)
            if row is not None:
                parts[section.collection] = _made(section, row)
                sources.note_row(section, SINGLE_KEY, row, section.collection)
        elif section.shape is Shape.LIST and not section.parent:
            parts[section.collection] = _objects(section, values, extensions.get(section.key, ()), children, sources)
    processes = parts.get("processes", ())
    if not parts.get("goods"):
        parts["goods"] = derived_goods(processes)
    for index, process in enumerate(processes):
        # A missing production is told of the whole list, so the list leads to where its first row belongs.
        address = f"route_production/{process.id}{PAIR_MARK}{_first_route(process)}/amount"
        sources.note(f"processes.{index}.production", address)
    return InstallationReport(**parts, sources=sources)


def derived_goods(processes: tuple[Process, ...]) -> tuple[GoodsCategory, ...]:
    """Goods categories that follow from the processes: their category, with the routes in use.

    A category with one route for all names none, as the Commission's template does.
    """
    found: dict[tuple[str, tuple[str, ...]], None] = {}
    for process in processes:
        if process.category:
            routes = tuple(route for route in process.routes_in_use if route != ALL_ROUTES)
            found[process.category, routes] = None
        for name in process.included_categories:
            if category_named(name):
                found[name, ()] = None
    return tuple(
        GoodsCategory(f"G{number}", category, routes) for number, (category, routes) in enumerate(found, start=1)
    )


def _children(values: dict[str, Rows]) -> dict[tuple[str, str], list[tuple[Section, str, dict[str, Any]]]]:
    """Rows that belong to another section's row, by that section and key, in their order."""
    found: dict[tuple[str, str], list[tuple[Section, str, dict[str, Any]]]] = defaultdict(list)
    for section in SECTIONS:
        if not section.parent:
            continue
        for key, row in values[section.key].items():
            if row[PARENT] is not None:
                found[row[PARENT]].append((section, key, row))
    return found


def _objects(section: Section, values: dict[str, Rows], extensions: Any, children: Any, sources: Sources) -> Any:
    """One object a row; rows of which nothing else says more, often very many, take the short way."""
    rows = values[section.key]
    if not extensions and not any(parent == section.key for parent, _ in children):
        sources.note_rows(section, rows)
        return tuple([_made(section, row, id=key) for key, row in rows.items()])
    return tuple(
        _row_object(section, key, row, values, extensions, children, sources, index)
        for index, (key, row) in enumerate(rows.items())
    )


def _row_object(
    section: Section,
    key: str,
    row: dict[str, Any],
    values: dict[str, Rows],
    extensions: Any,
    children: dict[tuple[str, str], list[tuple[Section, str, dict[str, Any]]]],
    sources: Sources,
    index: int,
) -> Any:
    path = f"{section.collection}.{index}"
    merged = row
    sources.note_row(section, key, row, section.collection, index)
    for extension in extensions:
        merged = merged | values[extension.key].get(key, {})
        sources.note_row(extension, key, values[extension.key].get(key, {}), path)
    lists: dict[str, Any] = {}
    for child, child_key, child_row in children.get((section.key, key), ()):
        _add_child(lists, child, child_key, child_row, path, sources)
    lists = {name: tuple(item) if isinstance(item, list) else item for name, item in lists.items()}
    return _made(section, merged, id=key, **lists)


def _add_child(
    lists: dict[str, Any], child: Section, key: str, row: dict[str, Any], path: str, sources: Sources
) -> None:
    """Adds one row to the list, or for composition to the mapping, of its parent; half a pair is no row."""
    if class_of(child) is None:
        if row[child.across] and row["value"] is not None:
            lists.setdefault(child.collection, {})[row[child.across]] = row["value"]
            sources.note(f"{path}.{child.collection}.{row[child.across]}", f"{child.key}/{key}/value")
        return
    items = lists.setdefault(child.collection, [])
    if child.shape is Shape.LIST:
        sources.note_row(child, key, row, f"{path}.{child.collection}.{len(items)}")
        items.append(_made(child, row, id=key))
    elif all(row[target.path] is not None for target in targets(child)):
        sources.note_row(child, key, row, f"{path}.{child.collection}.{len(items)}")
        items.append(_made(child, row))


def _made(section: Section, row: dict[str, Any], **more: Any) -> Any:
    kinds = groups_of(section)
    if not kinds and PARENT not in row:
        return class_of(section)(**row, **more)
    own: dict[str, Any] = {}
    inner: dict[str, dict[str, Any]] = defaultdict(dict)
    for path, value in row.items():
        if path == PARENT:
            continue
        group, _, attribute = path.rpartition(".")
        (inner[group] if group else own)[attribute] = value
    own |= {group: kinds[group](**values) for group, values in inner.items()}
    return class_of(section)(**own, **more)


@cache
def groups_of(section: Section) -> dict[str, Any]:
    """Inner objects of the rows, those that extensions fill included."""
    found = dict(groups(section))
    for other in SECTIONS:
        if other.extends == section.key:
            found |= groups(other)
    return found


def _first_route(process: Process) -> str:
    known = category_named(process.category)
    return known.routes[0] if known else ALL_ROUTES
