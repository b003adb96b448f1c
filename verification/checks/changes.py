"""Why a later run of the checks says something else than an earlier one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from verification.checks.model import Finding


class Reason(StrEnum):
    """What made the difference between two runs."""

    NEW = "the finding is new"
    GONE = "the finding is gone"
    RULE = "the rule judges otherwise now"
    WEIGHT = "the finding weighs more or less now"
    INPUTS = "the numbers changed"


@dataclass(frozen=True)
class Change:
    """A difference at one key, with the inputs that are not what they were, as "name: before → after"."""

    key: str
    reason: Reason
    details: tuple[str, ...] = ()


def changes_between(before: Iterable[Finding], after: Iterable[Finding]) -> list[Change]:
    """Differences by key; findings that say the same of the same numbers are left out."""
    old = {finding.key: finding for finding in before}
    new = {finding.key: finding for finding in after}
    found = [Change(key, Reason.GONE) for key in old.keys() - new.keys()]
    found += [Change(key, Reason.NEW) for key in new.keys() - old.keys()]
    found += [change for key in old.keys() & new.keys() if (change := _change(old[key], new[key]))]
    return sorted(found, key=lambda change: change.key)


def _change(old: Finding, new: Finding) -> Change | None:
    if old.rule_version != new.rule_version:
        return Change(new.key, Reason.RULE, (f"version: {old.rule_version} → {new.rule_version}",))
    names = sorted({*old.inputs, *new.inputs})
    details = tuple(
        f"{name}: {old.inputs.get(name, 'none')} → {new.inputs.get(name, 'none')}"
        for name in names
        if old.inputs.get(name) != new.inputs.get(name)
    )
    if old.severity != new.severity:
        return Change(new.key, Reason.WEIGHT, (f"severity: {old.severity} → {new.severity}", *details))
    return Change(new.key, Reason.INPUTS, details) if details else None
