"""Folder of the official workbooks; tests that need it are there only where it is."""

from __future__ import annotations

import os
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[3]
PLACES = (
    Path(os.environ.get("PORTAL_SHARED_DATA", "")) if os.environ.get("PORTAL_SHARED_DATA") else None,
    REPOSITORY.parent / "shared" / "data",
    REPOSITORY.parent.parent / "shared" / "data",
)
SHARED_DATA = next((place for place in PLACES if place and (place / "templates").is_dir()), None)

collect_ignore = [] if SHARED_DATA else ["template/test_official_examples.py", "test_worked_examples.py"]
