"""The layout of flow pictures: nothing overlaps, what enters a box leaves it, the order makes sense."""

import re
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.ui.charts.flow_layout import Band, Box, Drawing, Sizes, layout, least_height

pytestmark = pytest.mark.unit
D = Decimal
SIZES = Sizes(width=900, height=600, pitch=20, gap=10, margin=100)


def boxes(*names: str, last: str = "") -> list[Box]:
    return [Box(name, is_last=name in last) for name in names]


def bands(*said: str) -> list[Band]:
    """``"a>b 3"``: three from a to b."""
    found = []
    for place, text in enumerate(said):
        ends, value = text.split()
        source, target = ends.split(">")
        found.append(Band(str(place), source, target, D(value)))
    return found


def column_of(drawing: Drawing) -> dict[str, int]:
    return {box.id: box.column for box in drawing.boxes}


def test_boxes_stand_behind_what_feeds_them():
    drawing = layout(boxes("a", "b", "c", "d"), bands("a>b 2", "b>c 2", "a>c 1", "c>d 3"), SIZES)
    assert column_of(drawing) == {"a": 0, "b": 1, "c": 2, "d": 3}


def test_source_stands_right_before_what_it_feeds():
    drawing = layout(boxes("a", "b", "c", "late"), bands("a>b 2", "b>c 2", "late>c 1"), SIZES)
    assert column_of(drawing)["late"] == 1


def test_ends_stand_in_the_last_column():
    drawing = layout(boxes("a", "b", "c", "e", last="e"), bands("a>b 2", "b>c 1", "b>e 1"), SIZES)
    assert column_of(drawing)["e"] == column_of(drawing)["c"] == 2


def test_heights_are_in_proportion_and_bands_fill_their_boxes():
    drawing = layout(boxes("a", "b", "c"), bands("a>c 30", "b>c 10"), SIZES)
    height = {box.id: box.height for box in drawing.boxes}
    assert height["a"] == 3 * height["b"]
    assert height["c"] == height["a"] + height["b"]
    assert [band.thickness for band in drawing.bands] == [height["a"], height["b"]]


def test_small_boxes_keep_room_for_their_label():
    drawing = layout(boxes("a", "b", "c", "d"), bands("a>d 1000", "b>d 1", "c>d 1"), SIZES)
    first = sorted((box for box in drawing.boxes if box.column == 0), key=lambda box: box.y)
    for upper, lower in pairwise(first):
        assert lower.y - upper.y >= SIZES.pitch + SIZES.gap


def test_circle_is_drawn_as_a_band_that_goes_back():
    drawing = layout(boxes("a", "b", "c"), bands("a>b 5", "b>c 4", "b>a 1"), SIZES)
    assert [band.is_back for band in drawing.bands] == [False, False, True]
    assert column_of(drawing) == {"a": 0, "b": 1, "c": 2}
    lowest = max(box.y + box.height for box in drawing.boxes)
    assert drawing.height > lowest


def test_what_a_process_uses_of_itself_goes_back():
    drawing = layout(boxes("a", "b"), bands("a>a 1", "a>b 4"), SIZES)
    assert [band.is_back for band in drawing.bands] == [True, False]


def test_long_band_has_room_of_its_own_between_the_boxes():
    drawing = layout(boxes("a", "b", "c"), bands("a>b 5", "b>c 5", "a>c 5"), SIZES)
    (middle,) = [box for box in drawing.boxes if box.id == "b"]
    long = drawing.bands[2]
    ys = [D(y) for x, y in re.findall(r"([\d.]+),([\d.]+)", long.path) if abs(D(x) - middle.x) < 1]
    assert ys
    assert max(ys) <= middle.y or min(ys) >= middle.y + middle.height


def test_bands_leave_a_box_in_the_order_of_where_they_lead():
    drawing = layout(boxes("a", "x", "y"), bands("a>y 5", "a>x 5"), SIZES)
    y = {box.id: box.y for box in drawing.boxes}
    starts = [D(re.match(r"M[\d.]+,([\d.]+)", band.path).group(1)) for band in drawing.bands]
    assert (starts[0] < starts[1]) == (y["y"] < y["x"])


def test_same_input_gives_the_same_picture():
    given_ = (boxes("a", "b", "c", "d"), bands("a>c 1", "a>d 2", "b>c 3", "b>d 4"), SIZES)
    assert layout(*given_) == layout(*given_)


@pytest.mark.parametrize("said", ["a>b 0", "a>b -1", "a>nowhere 1"])
def test_band_that_cannot_be_drawn_is_an_error(said):
    with pytest.raises(ValueError, match="cannot be drawn"):
        layout(boxes("a", "b"), bands(said), SIZES)


def test_picture_that_is_too_low_is_an_error():
    names = [f"s{n}" for n in range(40)]
    with pytest.raises(ValueError, match="too low"):
        layout(boxes(*names, "t"), bands(*(f"{name}>t 1" for name in names)), SIZES)


AMOUNTS = st.decimals(min_value=D("0.001"), max_value=D("1e7"), places=3)
NETWORKS = st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8), AMOUNTS), min_size=1, max_size=20)


@given(NETWORKS)
def test_no_picture_has_overlaps(drawn):
    names = [f"n{n}" for n in range(9)]
    given_bands = [Band(str(place), f"n{a}", f"n{b}", value) for place, (a, b, value) in enumerate(drawn)]
    used = {end for band in given_bands for end in (band.source, band.target)}
    given_boxes = [Box(name) for name in names if name in used]
    sizes = Sizes(width=900, height=least_height(given_boxes, given_bands, SIZES) + 200, pitch=20, gap=10)
    drawing = layout(given_boxes, given_bands, sizes)
    assert [band.id for band in drawing.bands] == [band.id for band in given_bands]
    for column in range(drawing.columns):
        stack = sorted((box for box in drawing.boxes if box.column == column), key=lambda box: box.y)
        for upper, lower in pairwise(stack):
            assert upper.y + upper.height <= lower.y
    columns = column_of(drawing)
    for band, placed in zip(given_bands, drawing.bands, strict=True):
        assert placed.is_back or columns[band.source] < columns[band.target]
    for box in drawing.boxes:
        entering = sum(p.thickness for b, p in zip(given_bands, drawing.bands, strict=True) if b.target == box.id)
        leaving = sum(p.thickness for b, p in zip(given_bands, drawing.bands, strict=True) if b.source == box.id)
        # Lines thinner than a pixel are drawn with one.
        assert max(entering, leaving) <= box.height + len(given_bands)
