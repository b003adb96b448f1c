"""The child process of the viewer: one file and one job in, one JSON object out, a picture beside it."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from verification.evidence.drawing import pictures, texts, workbooks
from verification.kernel.confined import OUT_OF_MEMORY_STATUS, confine

JOBS: dict[str, Callable[..., dict[str, Any]]] = {
    "page": pictures.read_page,
    "page_picture": pictures.draw_page,
    "picture": pictures.draw_picture,
    "cells": workbooks.read_cells,
    "text": texts.read_text,
    "data": texts.read_data,
    "document": texts.read_document,
}


def main(arguments: list[str]) -> int:
    confine(arguments[0])
    job, path, options = arguments[1], Path(arguments[2]), json.loads(arguments[3])
    try:
        record = JOBS[job](path, **options)
    except MemoryError:
        return OUT_OF_MEMORY_STATUS
    json.dump(record, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
