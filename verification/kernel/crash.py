"""Named points at which a test may kill the process, to see that nothing is lost or doubled."""

from __future__ import annotations

import os


def crash_point(name: str) -> None:
    """End the process at once, as ``kill -9`` would, when PORTAL_CRASH_AT names this point."""
    if os.environ.get("PORTAL_CRASH_AT") == name:
        os._exit(137)
