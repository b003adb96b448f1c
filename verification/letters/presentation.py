"""From the record of a letter to what is printed: directions, letters without a glyph, hashes in groups. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from verification.certificates.figures import hash_lines
from verification.certificates.typography import direction_of, html_language, in_direction, printable
from verification.letters.enums import LetterKind


def printed(record: Mapping[str, Any]) -> dict[str, Any]:
    """Everything that the template prints; text that people typed is made printable."""
    parts = [_part(record, part) for part in record["parts"]]
    first = parts[0]
    return {
        "record": record,
        "parts": parts,
        "language": first["language"],
        "direction": first["direction"],
        "labels": first["labels"],
        "title": first["title"],
        "authority": printable(record["authority"]["name"]),
        "is_bilingual": len(parts) > 1,
    }


def _part(record: Mapping[str, Any], part: Mapping[str, Any]) -> dict[str, Any]:
    language = part["language"]
    labels = {key: in_direction(text, language) for key, text in part["labels"].items()}
    reasons = part.get("reasons") or record["reasons"]
    reasons_language = language if "reasons" in part else record["reasons_language"]
    reasons_label = labels["question"] if record["kind"] == LetterKind.QUESTION else labels["reasons"]

    def said(text: str) -> SafeString:
        return in_direction(printable(text), language)

    return {
        "language": html_language(language),
        "direction": direction_of(language),
        "labels": labels,
        "reasons_label": reasons_label,
        "title": part["title"],
        "says": said(part["says"]),
        "effect": [said(line) for line in part["effect"]],
        "next": [said(line) for line in part["next"]],
        "officials": said(part["officials"]),
        "contact": said(part["contact"]),
        "seal": said(part["seal"]),
        "as_typed": "" if reasons_language == language else said(part["as_typed"]),
        "binding": said(part["binding"]),
        "reasons": _paragraphs(printable(reasons), reasons_language),
        "reasons_language": html_language(reasons_language),
        "addressee": [printable(line) for line in _address(record["claim"]["addressee"]) if line],
        "hash_lines": hash_lines(record["snapshot_sha256"]) if record["snapshot_sha256"] else [],
    }


def _paragraphs(text: str, language: str) -> SafeString:
    lines = [line for line in text.splitlines() if line.strip()]
    return format_html_join("", "<p>{}</p>", ((in_direction(line, language),) for line in lines))


def _address(addressee: Mapping[str, str]) -> list[str]:
    return [addressee["name"], addressee["local_name"], *addressee["address"].splitlines(), addressee["country"]]
