"""The drawings on a certificate, as SVG: QR code and rosette. Pure."""

from __future__ import annotations

import base64
import math
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from zxingcpp import BarcodeFormat, create_barcode

INK = "#12161c"
ACCENT = "#17365d"
WARNING = "#8c1d18"
_ERROR_LEVELS = "MQH"
_QUIET, _SCALE = 2, 4
_POINTS = 64
_CENTRE = 50.0
_INNER_RADIUS = 19.4
_FIRST_RADIUS = 24.0
_RADIUS_PER_DIGIT = 1.45
_LINES = 6


def qr_svg(text: str) -> bytes:
    """QR code with a quiet zone of two modules, at error level M or a higher one that needs no more room.

    Base45 goes in as letters and digits.
    """
    at_levels = [_modules(text, level) for level in _ERROR_LEVELS]
    modules = [each for each in at_levels if len(each) == len(at_levels[0])][-1]
    side = len(modules) + 2 * _QUIET
    path = "".join(
        f"M{start + _QUIET} {row + _QUIET}.5h{length}"
        for row, line in enumerate(modules)
        for start, length in _runs(line)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{side * _SCALE}" height="{side * _SCALE}">'
        f'<path transform="scale({_SCALE})" stroke="{INK}" d="{path}"/></svg>'
    ).encode()


def _modules(text: str, level: str) -> list[list[int]]:
    """Row by row; 0 is dark."""
    picture: Any = create_barcode(text, BarcodeFormat.QRCode, ec_level=level)
    rows: Any = memoryview(picture.to_image(scale=1, add_quiet_zones=False)).tolist()
    return rows


def _runs(line: list[int]) -> Iterator[tuple[int, int]]:
    """Where each run of dark modules starts, and how long it is."""
    start = 0
    for module, run in groupby(line):
        length = len(list(run))
        if module == 0:
            yield start, length
        start += length


def rosette_svg(sha256: str, colour: str = ACCENT) -> bytes:
    """A hash as a figure: 64 points clockwise from the mark, radius 24 + 1.45 × digit on a 100 unit square.

    Six curves lead from the inner circle to the outer one, so that two people can compare two
    hashes by eye. It proves nothing alone.
    """
    radii = [_FIRST_RADIUS + _RADIUS_PER_DIGIT * int(digit, 16) for digit in sha256]
    curves = "".join(_curve(radii, (line + 1) / _LINES) for line in range(_LINES))
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="372" height="372" viewBox="0 0 100 100">'
        f'<g fill="none" stroke="{colour}">'
        f'<circle cx="50" cy="50" r="49.2" stroke-width=".9"/><circle cx="50" cy="50" r="47.7" stroke-width=".3"/>'
        f'<circle cx="50" cy="50" r="{_INNER_RADIUS}" stroke-width=".45"/>'
        f'<path stroke-width=".42" d="{curves}"/></g>'
        f'<path fill="{colour}" d="M50 34.2L48.2 30.9H51.8Z"/></svg>'
    ).encode()


def data_address(svg: bytes) -> str:
    """A ``data:`` address, the only kind that the renderer opens."""
    return "data:image/svg+xml;base64," + base64.b64encode(svg).decode()


def _curve(radii: list[float], share: float) -> str:
    """A closed smooth path through the points at ``share`` of the way out."""
    points = []
    for index, radius in enumerate(radii):
        angle = 2 * math.pi * index / _POINTS - math.pi / 2
        distance = _INNER_RADIUS + (radius - _INNER_RADIUS) * share
        points.append((_CENTRE + distance * math.cos(angle), _CENTRE + distance * math.sin(angle)))
    path = f"M{points[0][0]:.1f} {points[0][1]:.1f}"
    for index in range(_POINTS):
        before, start = points[index - 1], points[index]
        end, after = points[(index + 1) % _POINTS], points[(index + 2) % _POINTS]
        path += "C" + " ".join(
            f"{x:.1f} {y:.1f}"
            for x, y in (
                (start[0] + (end[0] - before[0]) / 6, start[1] + (end[1] - before[1]) / 6),
                (end[0] - (after[0] - start[0]) / 6, end[1] - (after[1] - start[1]) / 6),
                end,
            )
        )
    return path + "Z"
