"""Errors that the domain raises and the outer layers translate for people.

Every message says what happened, which rule it breaks and how to mend it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with an input, addressed to the person who can mend it.

    ``severity`` is one of ``block``, ``refer``, ``warn``, ``info``; ``sheet`` and ``cell``
    locate it in a workbook, ``field`` in a form. Empty strings mean "not applicable".
    """

    severity: str
    code: str
    message: str
    mend: str = ""
    sheet: str = ""
    cell: str = ""
    field: str = ""
    found: str = ""
    expected: str = ""
    reference: str = ""

    def as_dict(self) -> dict[str, str]:
        return asdict(self)


class DomainError(Exception):
    """Base of every refusal by the domain; ``str(error)`` is fit to be shown."""


class NotAllowed(DomainError):
    """The actor may not do this: missing role, own case, second factor too old."""


class SecondFactorNeeded(NotAllowed):
    """The act needs a second factor confirmed within the last minutes."""


class Conflict(DomainError):
    """The object is no longer in the state that the act expects; nothing was changed."""


@dataclass
class InvalidInput(DomainError):
    """The input breaks rules; nothing was written. Carries every problem found."""

    summary: str
    problems: Sequence[Problem] = field(default_factory=tuple)

    def __str__(self) -> str:
        return self.summary


class MissingReference(DomainError):
    """A reference value (law, table row, parameter) is not there for the date asked."""
