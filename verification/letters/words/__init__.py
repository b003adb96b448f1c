"""What letters say in each language: one YAML file a language, the same keys in all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from verification.wording.placeholders import placeholders_of

FOLDER = Path(__file__).parent


@cache
def words_in(language: str) -> dict[str, Any]:
    """Raises ``FileNotFoundError`` for a language without words."""
    return yaml.safe_load((FOLDER / f"{language}.yaml").read_text(encoding="utf-8"))


def worded(choices: str | Sequence[str], facts: Mapping[str, str]) -> str | None:
    """The first of the sentences of which every brace is known, filled; ``None`` where none is."""
    for text in [choices] if isinstance(choices, str) else choices:
        if all(name in facts for name in placeholders_of(text)):
            return text.format_map(dict(facts))
    return None


def all_worded(lines: Sequence[str | Sequence[str]], facts: Mapping[str, str]) -> list[str]:
    """Every line that can be said with what is known, in order."""
    return [said for line in lines if (said := worded(line, facts)) is not None]
