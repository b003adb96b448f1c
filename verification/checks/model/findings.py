"""A coded rule, one place where it is not met, and the finding that people read."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from verification.kernel.quantities import plain

KEY_LENGTH = 120
"""Answers to findings are kept under the key; their column is this wide."""
UNITS_TOPIC = "UNI"


class About(StrEnum):
    """The kind of claim that a check looks at."""

    EMISSIONS = "emissions"
    UNITS = "units"
    CARBON_PRICE = "carbon_price"


class Severity(StrEnum):
    """Block cannot be waived; refer needs the reviewer's recorded answer."""

    BLOCK = "block"
    REFER = "refer"
    WARN = "warn"
    INFO = "info"


class Moment(StrEnum):
    """When a check can say something."""

    ALWAYS = "draft and sealed"
    STATEMENT = "once a verifier has confirmed"
    RETIREMENT = "once the units are retired"


@dataclass(frozen=True)
class Finding:
    """A result that is not a pass. ``key`` tells findings of one check apart on one snapshot.

    ``rule_version`` and ``inputs`` (the numbers that were judged, as text) let a later run explain
    why it says something else.
    """

    code: str
    severity: str
    title: str
    text: str
    mend: str
    reference: str
    where: str = ""
    found: str = ""
    expected: str = ""
    rule_version: int = 1
    inputs: Mapping[str, str] = field(default_factory=dict)
    identity: str = ""

    @property
    def key(self) -> str:
        """Code and place; a key too long to be kept ends in a digest of the whole."""
        place = self.identity or self.where
        whole = f"{self.code}:{place}" if place else self.code
        if len(whole) <= KEY_LENGTH:
            return whole
        digest = hashlib.sha256(whole.encode()).hexdigest()[:12]
        return f"{whole[: KEY_LENGTH - 13]}~{digest}"

    def as_dict(self) -> dict[str, Any]:
        return {**vars(self), "inputs": dict(self.inputs), "key": self.key}


@dataclass(frozen=True)
class Hit:
    """One place where a check does not pass.

    ``where`` names the place for people; ``identity`` tells hits of one check apart where the place
    may be worded anew. ``inputs`` are the values that were judged. ``severity`` is one of the milder
    ones that the check declares; ``None`` is the check's own.
    """

    where: str = ""
    found: str = ""
    expected: str = ""
    identity: str = ""
    inputs: Mapping[str, object] = field(default_factory=dict)
    severity: Severity | None = None

    def inputs_as_text(self) -> dict[str, str]:
        return {name: as_text(value) for name, value in self.inputs.items()}


@dataclass(frozen=True)
class Check:
    """A coded rule. ``examine`` yields a hit per place where it is not met.

    ``version`` grows when the rule judges otherwise than before, never for its wording. ``milder`` says in
    which circumstances a hit weighs less than ``severity``.
    """

    code: str
    severity: Severity
    title: str
    text: str
    mend: str
    reference: str
    examine: Callable[[Any], Iterable[Hit]] = field(repr=False)
    version: int = 1
    moment: Moment = Moment.ALWAYS
    about: About = About.EMISSIONS
    milder: Mapping[Severity, str] = field(default_factory=dict)

    @property
    def topic(self) -> str:
        return UNITS_TOPIC if self.about is About.UNITS else self.code[:3]

    def severity_of(self, hit: Hit) -> Severity:
        """What ``hit`` weighs. Raises ``RuntimeError`` for a severity that the check does not declare."""
        if hit.severity is None or hit.severity is self.severity:
            return self.severity
        if hit.severity not in self.milder:
            raise RuntimeError(f"{self.code} does not declare that a finding may be {hit.severity.value}.")
        return hit.severity


def as_text(value: object) -> str:
    """A number with every digit, a missing one as "none", anything else as it prints."""
    if value is None:
        return "none"
    return plain(value) if isinstance(value, Decimal) else str(value)
