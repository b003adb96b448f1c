"""Texts and documents as plain lines; run in the child process alone. No Django."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from defusedxml.ElementTree import iterparse

from verification.kernel.archives import archive_problem

LINES_SHOWN = 300
LONGEST_LINE = 1000
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PARAGRAPH, TEXT, TABULATION = f"{WORD}p", f"{WORD}t", f"{WORD}tab"
DOCUMENT = "word/document.xml"
TABULATOR = "\t"


class TooLarge(Exception):
    """The archive would unpack to more than a text needs."""


def read_text(path: Path, *, line: int) -> dict[str, Any]:
    with path.open(encoding="utf-8-sig", errors="replace") as source:
        return _window(_cut(each.rstrip("\r\n") for each in source), line)


def read_data(path: Path, *, line: int) -> dict[str, Any]:
    """JSON with its parts one below the other; as it stands where it cannot be read."""
    try:
        content = json.loads(path.read_text("utf-8-sig"))
    except (ValueError, RecursionError):
        return read_text(path, line=line)
    return _window(_cut(json.dumps(content, indent=2, ensure_ascii=False).splitlines()), line)


def read_document(path: Path, *, line: int) -> dict[str, Any]:
    """The words of a document, a paragraph a line."""
    problem = archive_problem(path)
    if problem is not None:
        raise TooLarge(problem.message)
    with zipfile.ZipFile(path) as archive, archive.open(DOCUMENT) as source:
        return _window(_cut(_paragraphs(source)), line)


def _paragraphs(source: Any) -> Iterator[str]:
    for _event, element in iterparse(source, events=("end",), forbid_dtd=True):
        if element.tag != PARAGRAPH:
            continue
        words = (part for part in element.iter() if part.tag in (TEXT, TABULATION))
        yield "".join(part.text or "" if part.tag == TEXT else TABULATOR for part in words)
        element.clear()


def _cut(lines: Iterable[str]) -> Iterator[str]:
    """A line of any length as lines that can be shown."""
    for line in lines:
        for start in range(0, max(1, len(line)), LONGEST_LINE):
            yield line[start : start + LONGEST_LINE]


def _window(lines: Iterable[str], line: int) -> dict[str, Any]:
    """The lines around ``line``; only they are kept, however many there are."""
    first = max(0, line - 1) // LINES_SHOWN * LINES_SHOWN
    shown: list[str] = []
    total = 0
    for total, each in enumerate(lines, start=1):
        if first < total <= first + LINES_SHOWN:
            shown.append(each)
    return {"first": first + 1, "total": total, "lines": shown}
