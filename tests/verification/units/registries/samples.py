"""Where the registries' real exports stand, if they are there."""

from __future__ import annotations

import os
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[4]
PLACES = (
    Path(os.environ["PORTAL_SHARED_DATA"]) if os.environ.get("PORTAL_SHARED_DATA") else None,
    REPOSITORY.parent / "shared" / "data",
    REPOSITORY.parent.parent / "shared" / "data",
)
SHARED_DATA = next((place for place in PLACES if place and (place / "registry_samples").is_dir()), None)
EXPORTS = SHARED_DATA / "registry_samples" if SHARED_DATA else None
UNITS = SHARED_DATA / "facts" / "registry_units_sample.csv" if SHARED_DATA else None
