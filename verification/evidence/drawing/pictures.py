"""Pages and pictures as new pictures; run in the child process alone. No Django."""

from __future__ import annotations

import re
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from PIL import Image, ImageOps

LONG_SIDE_PIXELS = 1600
MOST_PIXELS = 60_000_000
MOST_CHARACTERS = 20_000
QUALITY = 85
TOOL_SECONDS = 15
PAGES = re.compile(r"^Pages:\s+(\d+)$", re.MULTILINE)


class CannotBeDrawn(Exception):
    """The file cannot be drawn as what it says it is."""


def read_page(path: Path, *, page: int) -> dict[str, Any]:
    """How many pages the PDF has, and the words of one of them; the last one where ``page`` is beyond it."""
    found = PAGES.search(_said("pdfinfo", str(path)))
    if found is None:
        raise CannotBeDrawn("no pages")
    count = int(found[1])
    number = max(1, min(page, count))
    words = _said("pdftotext", "-f", str(number), "-l", str(number), "-enc", "UTF-8", str(path), "-")
    return {"page": number, "count": count, "text": words.replace("\f", "").strip()[:MOST_CHARACTERS]}


def draw_page(path: Path, *, page: int, target: str) -> dict[str, Any]:
    """The long side is bounded, so that a page of any shape makes a picture of bounded size."""
    with tempfile.TemporaryDirectory(prefix="page-") as folder:
        stem = Path(folder) / "page"
        where = ["-f", str(page), "-l", str(page), "-singlefile", "-scale-to", str(LONG_SIDE_PIXELS)]
        _said("pdftoppm", *where, "-png", str(path), str(stem))
        return draw_picture(stem.with_suffix(".png"), target=target)


def draw_picture(path: Path, *, target: str) -> dict[str, Any]:
    """Decoded and drawn anew: nothing of the file but its points reaches the browser."""
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS // 2
    with Image.open(path, formats=("PNG", "JPEG")) as source:
        source.draft("RGB", (LONG_SIDE_PIXELS, LONG_SIDE_PIXELS))
        upright = ImageOps.exif_transpose(source)
        upright.thumbnail((LONG_SIDE_PIXELS, LONG_SIDE_PIXELS))
        paper = Image.new("RGB", upright.size, "white")
        layers = upright.convert("RGBA")
        paper.paste(layers, mask=layers.getchannel("A"))
    paper.save(target, "WEBP", quality=QUALITY)
    return {"width": paper.width, "height": paper.height}


def _said(*command: str) -> str:
    # A tool of the system with a path of our own storage and numbers; no shell.
    done = subprocess.run(command, capture_output=True, timeout=TOOL_SECONDS, check=True)  # noqa: S603
    return done.stdout.decode("utf-8", "replace")
