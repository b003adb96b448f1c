"""What stands beside glyphs for who copies, searches or hears the text of a file.

WeasyPrint says of each glyph which letters it stands for, those of the first syllable in which it drew it. In the
scripts that come from Brahmi one glyph is part of many syllables, in another order than the letters: there the line
itself is said (``ActualText``, ISO 32000-1, 14.9.4), which readers take in place of what glyphs are said to be.
"""

from __future__ import annotations

import re
from typing import Any

import pydyf
import weasyprint.draw

_BRAHMIC = re.compile("[\u0900-\u0dff]")
_draw_text = weasyprint.draw.draw_text


def say_lines() -> None:
    """From now on, in this process; doing it again changes nothing."""
    weasyprint.draw.draw_text = _draw_and_say


def _draw_and_say(stream: Any, line: Any, *where: Any) -> None:
    if not _BRAHMIC.search(line.text):
        _draw_text(stream, line, *where)
        return
    stream.begin_marked_content("Span", pydyf.Dictionary({"ActualText": pydyf.String(line.text)}))
    _draw_text(stream, line, *where)
    stream.end_marked_content()
