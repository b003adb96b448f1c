"""The collector of reference cycles, held back where it can find nothing."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_held() -> Iterator[None]:
    """While very many small objects are made that all live on: walking over them again and again takes long.

    Nested and parallel use is safe: whoever found the collector running lets it run again.
    """
    was_running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_running:
            gc.enable()
