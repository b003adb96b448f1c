"""Which words in braces a wording may hold, and what is wrong with one. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from string import Formatter

from verification.kernel.errors import InvalidInput, Problem
from verification.wording.enums import Act, WordedKind

COMMON = frozenset({"claim"})
BY_KIND: Mapping[str, frozenset[str]] = {
    WordedKind.ANY: frozenset(),
    WordedKind.EMISSIONS: frozenset({"installation", "verifier", "assurance", "report", "report_dated_on"}),
    WordedKind.UNITS: frozenset({"offered", "accepted", "returned", "year", "policy"}),
    WordedKind.CARBON_PRICE: frozenset({"installation", "year"}),
}
OBLIGATORY: Mapping[str, frozenset[str]] = {
    Act.DRAFT_REFUSAL: frozenset({"comment_until"}),
    Act.REVOKE: frozenset({"certificate", "effective_on"}),
    Act.APPEAL_ALLOWED: frozenset({"decision"}),
    Act.APPEAL_DISMISSED: frozenset({"decision"}),
    Act.LAPSE: frozenset({"due_on"}),
}
"""What the producer must be told by the act itself: until when, from when, against what."""


def allowed_in(claim_kind: str, act: str) -> frozenset[str]:
    """The closed list for wordings of this kind and act."""
    return COMMON | BY_KIND[claim_kind] | OBLIGATORY.get(act, frozenset())


def placeholders_of(text: str) -> list[str]:
    """Names in braces, in their order. Raises ``ValueError`` where a brace stands alone or holds more than a name."""
    names = []
    for _words, name, form, conversion in Formatter().parse(text):
        if name is None:
            continue
        if not name.isidentifier() or form or conversion:
            raise ValueError(f"“{{{name}}}” is no name in braces")
        names.append(name)
    return names


def problems_of(text: str, *, claim_kind: str, act: str) -> list[Problem]:
    """Everything that keeps the text from being published; empty where nothing does."""
    try:
        used = placeholders_of(text)
    except ValueError as error:
        return [
            Problem(
                "block",
                "WRD-001",
                f"The braces do not fit: {error}.",
                "Write each name in one pair of braces, for example {claim}.",
                field="text",
            )
        ]
    allowed = allowed_in(claim_kind, act)
    known = ", ".join(f"{{{name}}}" for name in sorted(allowed))
    problems = [
        Problem(
            "block",
            "WRD-002",
            f"{{{name}}} is not known here.",
            f"These are known: {known}.",
            field="text",
            found=name,
        )
        for name in dict.fromkeys(used)
        if name not in allowed
    ]
    problems += [
        Problem("block", "WRD-003", f"{{{name}}} is missing.", "The producer must be told it.", field="text")
        for name in sorted(OBLIGATORY.get(act, frozenset()) - set(used))
    ]
    return problems


def fill(text: str, facts: Mapping[str, str]) -> str:
    """``text`` with its braces filled. Raises ``InvalidInput`` that names what ``facts`` lack."""
    missing = [name for name in dict.fromkeys(placeholders_of(text)) if name not in facts]
    if missing:
        raise InvalidInput(
            "The wording cannot be filled.",
            [
                Problem("block", "WRD-004", f"Nothing is known for {{{name}}}.", "Choose another wording.")
                for name in missing
            ],
        )
    return text.format_map(dict(facts))
