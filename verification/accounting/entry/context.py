"""What one answer needs to know of the others: which rows there are, what they are called, what they make."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from verification.accounting.categories import category_named
from verification.accounting.entry.schema import Kind, Section
from verification.accounting.entry.sections import section_named
from verification.accounting.entry.values import Refused

Row = Mapping[str, str]
Answers = Mapping[str, Mapping[str, Row]]
"""Text as typed, by key of the section, of the row, and of the field; rows in their order."""

SINGLE_KEY = "-"
PAIR_MARK = "~"
NAME_FIELDS = ("name", "technology", "stream")


@cache
def name_field(section: Section) -> str:
    """The field whose text people know a row by, or empty."""
    names = {field.name for field in section.fields}
    return next((name for name in NAME_FIELDS if name in names), "")


@cache
def _subject_field(section: Section) -> str:
    """The link to the row whose goods category counts for a row of ``section``, or empty."""
    return section.parent or next((field.name for field in section.fields if field.kind is Kind.LINK), "")


class Context:
    """Looks up rows of ``answers``; an index of a section is made when it is first asked for."""

    def __init__(self, answers: Answers) -> None:
        self.answers = answers
        self._names: dict[str, dict[str, list[str]]] = {}
        self._found: dict[tuple[tuple[str, ...], str], tuple[str, str]] = {}

    def rows(self, section_key: str) -> Mapping[str, Row]:
        return self.answers.get(section_key, {})

    def text(self, section: Section, key: str, row: Row, name: str) -> str:
        """The answer, trimmed; the two ends of a pair follow from the key where they are not answered."""
        found = row.get(name, "").strip()
        if found or name not in (section.parent, section.across) or PAIR_MARK not in key:
            return found
        parent, _, across = key.partition(PAIR_MARK)
        return parent if name == section.parent else across

    def row_named(self, links: tuple[str, ...], text: str) -> tuple[str, str]:
        """Section and key of the row that ``text`` names, by key or by its own name. Raises ``Refused``."""
        known = self._found.get((links, text))
        if known is None:
            known = self._found[links, text] = self._search(links, text)
        return known

    def _search(self, links: tuple[str, ...], text: str) -> tuple[str, str]:
        by_key = [(link, text) for link in links if text in self.rows(link)]
        found = by_key or [(link, key) for link in links for key in self._keys_called(link, text)]
        if len(found) == 1:
            return found[0]
        titles = ", ".join(section_named(link).title for link in links)
        if not found:
            raise Refused("ENT-020", f"There is no row {text[:60]!r}.", f"a row of: {titles}")
        choices = ", ".join(f"{key} of {section_named(link).title}" for link, key in found[:5])
        raise Refused("ENT-021", f"{text[:60]!r} is more than one row.", f"one of: {choices}")

    def _keys_called(self, link: str, text: str) -> list[str]:
        if link not in self._names:
            index: dict[str, list[str]] = {}
            name = name_field(section_named(link))
            for key, row in self.rows(link).items():
                index.setdefault(row.get(name, "").strip().casefold(), []).append(key)
            self._names[link] = index
        return self._names[link].get(text.casefold(), [])

    def category(self, section: Section, key: str, row: Row) -> str:
        """Official name of the goods category that counts for a row, or empty where it is not known."""
        if any(field.name == "category" for field in section.fields):
            known = category_named(row.get("category", ""))
            return known.name if known else ""
        if section.extends:
            return self._category_of(section.extends, key)
        subject = _subject_field(section)
        text = self.text(section, key, row, subject) if subject else ""
        if not text:
            return ""
        try:
            return self._category_of(*self.row_named(section.field(subject).links, text))
        except Refused:
            return ""

    def _category_of(self, section_key: str, key: str) -> str:
        known = category_named(self.rows(section_key).get(key, {}).get("category", ""))
        return known.name if known else ""
