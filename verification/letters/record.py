"""The record of a letter: everything that is printed, worded once and for all. Pure.

A line of the words is printed where everything in its braces is known, so a letter never names a day or a number
that it was not given.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from verification.letters.enums import LetterKind
from verification.letters.words import all_worded, worded, words_in
from verification.wording.enums import Language

SCHEMA = "letter/1-0"
OPEN_TO_APPEAL = frozenset(
    {
        LetterKind.APPROVAL,
        LetterKind.PARTIAL_APPROVAL,
        LetterKind.REFUSAL,
        LetterKind.LAPSE,
    }
)


@dataclass(frozen=True)
class Value:
    """A row of what the decision puts into force: exact text, with its unit."""

    what: str
    value: str
    unit: str


@dataclass(frozen=True)
class LetterFacts:
    """What a letter is about. ``subject`` is the number of what was decided, or the step that asked.

    ``reasons`` stand as the official typed them, in ``reasons_language``. ``said`` fills the braces of the words:
    ``decision``, ``certificate``, ``comment_until``, ``appeal_until``, ``due_on`` and the like, all as text, days ISO.
    ``document`` gives the record of a document of the certificates' family that goes out in place of a worded letter,
    from who writes and the language beside English.
    """

    subject: str
    reasons: str
    legal_ground: str = ""
    reviewer_number: str = ""
    approver_number: str = ""
    snapshot_sha256: str = ""
    reasons_language: str = Language.ENGLISH
    said: Mapping[str, str] = field(default_factory=dict)
    values: Sequence[Value] = ()
    document: Callable[[Sender, str], dict[str, Any]] | None = None


@dataclass(frozen=True)
class Sender:
    """Who writes, when, under which number."""

    number: str
    authority: str
    contact: str
    written_at: datetime
    is_specimen: bool


def build_record(
    kind: LetterKind,
    facts: LetterFacts,
    *,
    sender: Sender,
    claim: Mapping[str, Any],
    language: str,
    translation: str | None = None,
) -> dict[str, Any]:
    """``claim``: number, kind, scheme, scheme_name, year, place and addressee (name, local_name, address, country).
    ``translation``: the reasons in ``language``, where they are an approved wording.
    """
    said = {"claim": claim["number"], "place": claim["place"], "year": claim["year"]} | dict(facts.said)
    said |= {"letter": sender.number, "authority": sender.authority, "contact": sender.contact}
    said |= {"date": sender.written_at.date().isoformat()}
    said |= {"reviewer": facts.reviewer_number} if facts.reviewer_number else {}
    said |= {"approver": facts.approver_number} if facts.approver_number else {}
    languages = dict.fromkeys((language, Language.ENGLISH.value))
    return {
        "schema": SCHEMA,
        "specimen": sender.is_specimen,
        "letter_no": sender.number,
        "kind": str(kind),
        "subject": facts.subject,
        "written_at": sender.written_at.isoformat(timespec="seconds").replace("+00:00", "Z"),
        "authority": {"name": sender.authority, "contact": sender.contact},
        "claim": dict(claim),
        "decision": facts.said.get("decision"),
        "reviewer": facts.reviewer_number or None,
        "approver": facts.approver_number or None,
        "reasons": facts.reasons,
        "reasons_language": str(facts.reasons_language),
        "legal_ground": facts.legal_ground,
        "values": [vars(row) for row in facts.values],
        "snapshot_sha256": facts.snapshot_sha256 or None,
        "parts": [
            _part(kind, said, each) | ({"reasons": translation} if translation and each == language else {})
            for each in languages
        ],
    }


def _part(kind: LetterKind, said: Mapping[str, str], language: str) -> dict[str, Any]:
    """What the letter says in one language. Raises ``KeyError`` where its decisive sentence cannot be said."""
    words = words_in(language)
    own = words["kinds"][kind]
    sentence = worded(own["says"], said)
    if sentence is None:
        raise KeyError(f"The facts of a letter of the kind {kind} do not fill its sentence.")
    return {
        "language": language,
        "title": own["title"],
        "says": sentence,
        "effect": all_worded(own["effect"], said),
        "next": _next(kind, words, said),
        "officials": worded([words["officials"], words["one_official"]], said) or "",
        "contact": words["contact"].format_map(dict(said)),
        "seal": words["seal"].format_map(dict(said)),
        "as_typed": words["as_typed"],
        "binding": words["binding"],
        "labels": dict(words["labels"]),
    }


def _next(kind: LetterKind, words: Mapping[str, Any], said: Mapping[str, str]) -> list[str]:
    appeal = words["appeal"] if kind in OPEN_TO_APPEAL else []
    return all_worded([*words["kinds"][kind]["next"], *appeal], said)
