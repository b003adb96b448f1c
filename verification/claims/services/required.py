"""Words that an act cannot do without."""

from __future__ import annotations

from verification.kernel.errors import InvalidInput, Problem


def required(text: str, field: str, message: str) -> str:
    """The words without blanks around them. Raises ``InvalidInput`` where there are none."""
    if not text.strip():
        raise InvalidInput(message, [Problem("block", "REV-010", message, field=field)])
    return text.strip()
