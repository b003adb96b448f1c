"""What certificates say in each language: one YAML file a language, the same keys in all of them.

``says`` are sentences with facts in braces and what is weighty between double asterisks. ``terms`` translate words
that a record holds in English; ``citations`` put references to law into words. English needs no ``terms``.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent


@cache
def words_in(language: str) -> dict[str, Any]:
    """Raises ``FileNotFoundError`` for a language without words."""
    return yaml.safe_load((FOLDER / f"{language}.yaml").read_text(encoding="utf-8"))
