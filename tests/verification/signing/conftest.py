"""A folder of keys of one's own for each test."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def keys(settings: Any, tmp_path: Path) -> Path:
    """The folder, empty."""
    settings.SIGNING_KEY_DIR = str(tmp_path / "keys")
    return tmp_path / "keys"
