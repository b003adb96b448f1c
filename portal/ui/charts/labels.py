"""Words that fit into a picture."""

from __future__ import annotations

ELLIPSIS = "…"


def clipped(text: str, most: int) -> str:
    """``text`` with at most ``most`` characters, its end replaced by an ellipsis where it is longer."""
    return text if len(text) <= most else text[: most - 1].rstrip(" ,;") + ELLIPSIS


def lines_of(text: str, width: int, most: int = 2) -> list[str]:
    """``text`` broken at blanks into at most ``most`` lines of ``width`` characters, the last one clipped."""
    lines = [""]
    for word in text.split():
        joined = f"{lines[-1]} {word}".strip()
        if len(joined) <= width or not lines[-1]:
            lines[-1] = joined
        elif len(lines) < most:
            lines.append(word)
        else:
            lines[-1] = joined
    return [clipped(line, width) for line in lines]
