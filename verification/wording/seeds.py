"""The project's own texts: ``data/wordings.yaml`` says what each is for, one file a language says it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from verification.wording.enums import Language

FOLDER = Path(__file__).parent / "data"


def read_seeds() -> list[dict[str, Any]]:
    """One entry per text and language, in the order of the list. Raises ``KeyError`` where a language lacks one."""
    listed = _read("wordings")
    texts = {language: _read(language) for language in Language.values}
    return [
        {"key": key, "language": language, **purpose, **texts[language][key]}
        for key, purpose in listed.items()
        for language in Language.values
    ]


def _read(name: str) -> dict[str, Any]:
    return yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
