"""How much a file of unknown origin may unpack to: a few kilobytes may stand for gigabytes.

Both libraries that read PDF files keep the bounds themselves. qpdf (below pikepdf) has none for LZW, which no file of
the portal uses, so a file that names it is not read. qpdf's bounds hold for the whole process, for evidence as well.
"""

from __future__ import annotations

import re

import pikepdf
from pyhanko.pdf_utils.decode_limits import DecodeLimits, DocumentDecodeBudget, StreamDecodeLimits

_MEGABYTE = 1024 * 1024
_STREAM_BYTES = 16 * _MEGABYTE
_MOST_FILTERS = 2
_MOST_NESTING = 100
_LZW = re.compile(rb"/(?:L|#4[cC])(?:Z|#5[aA])(?:W|#57)(?=D|#44|[\x00\s()<>\[\]{}/%])")
"""The name or its short form, any letter of it written as a number; packed bytes rarely look like it by chance."""

DECODING = DecodeLimits(
    per_stream=StreamDecodeLimits(max_output_size=_STREAM_BYTES),
    document_budget=DocumentDecodeBudget(base_allowance=4 * _STREAM_BYTES, max_ratio=4),
)
"""What pyHanko may unpack of one file: 64 MB, or four times its size."""

pikepdf.settings.set_qpdf_limits(
    max_stream_filters=_MOST_FILTERS,
    parser_max_nesting=_MOST_NESTING,
    flate_max_memory=_STREAM_BYTES,
    run_length_max_memory=_STREAM_BYTES,
    png_max_memory=_STREAM_BYTES,
    tiff_max_memory=_STREAM_BYTES,
    dct_max_memory=_STREAM_BYTES,
)


def demand_bounded(content: bytes) -> None:
    """Raises ``ValueError`` for a file with a kind of packing that has no bound."""
    if _LZW.search(content):
        raise ValueError("the file is packed in an unusual way")
