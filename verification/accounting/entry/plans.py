"""Where each answer goes in the report, worked out once from the declaration and the model's types."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache, cached_property
from typing import Any, get_args, get_type_hints

from verification.accounting import model
from verification.accounting.entry.schema import Field, Kind, Section

PARAMETER = "parameter"


@dataclass(frozen=True)
class Target:
    """Where the answer to ``field`` goes: ``attribute``, of the object in ``group`` where one is named."""

    field: Field
    group: str
    attribute: str
    choice_type: type[StrEnum] | None

    @cached_property
    def path(self) -> str:
        return f"{self.group}.{self.attribute}" if self.group else self.attribute


@cache
def class_of(section: Section) -> Any:
    """The model's class of the rows; ``None`` for composition, whose rows are entries of a mapping."""
    return None if section.makes == PARAMETER else getattr(model, section.makes)


@cache
def targets(section: Section) -> tuple[Target, ...]:
    """One for each field that fills an attribute, in the order of the section. Links to a parent fill none."""
    made = class_of(section)
    if made is None:
        return tuple(Target(field, "", field.target, None) for field in section.fields if field.name != section.parent)
    found = []
    for field in section.fields:
        if field.name == section.parent:
            continue
        group, _, attribute = field.target.rpartition(".")
        owner = hints(made)[group] if group else made
        found.append(Target(field, group, attribute, _choice_type(field, hints(owner)[attribute])))
    return tuple(found)


def _choice_type(field: Field, hint: Any) -> type[StrEnum] | None:
    if field.kind is not Kind.CHOICE:
        return None
    kinds = [item for item in (hint, *get_args(hint)) if isinstance(item, type) and issubclass(item, StrEnum)]
    return kinds[0] if kinds else None


@cache
def hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


@cache
def groups(section: Section) -> dict[str, Any]:
    """Classes of the objects inside a row's object, by attribute: the price of a good, the heat of a process."""
    return {item.group: hints(class_of(section))[item.group] for item in targets(section) if item.group}
