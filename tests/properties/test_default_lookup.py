"""Longest prefix, headings and dashes: the engine against a naive reading of the rule."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories.determination import default_row, edition_of, good_entry, parameters_of, question, tables_of
from verification.determination.engine import determine

pytestmark = pytest.mark.unit

CODES = ("72083900", "72083910", "72071111")
PREFIXES = sorted({code[:length] for code in CODES for length in (4, 6, 8)})
CELL = st.one_of(
    st.decimals(min_value=0, max_value=50, places=3).map(lambda number: (str(number), "")),
    st.just((None, "dash")),
    st.just((None, "heading")),
)
TABLE = st.dictionaries(st.tuples(st.sampled_from(["TR", "other"]), st.sampled_from(PREFIXES)), CELL)


def naive(table, country, code):
    """All prefixes that are no headings, by length; the longest, and whether it carries a value."""
    fitting = [
        (len(prefix), total)
        for (listed, prefix), (total, reason) in table.items()
        if listed == country and code.startswith(prefix) and reason != "heading"
    ]
    return max(fitting)[1] if fitting else None


def expected(table, code):
    for country, rung in (("TR", "country_default"), ("other", "other_countries_default")):
        total = naive(table, country, code)
        if total is not None:
            return rung, Decimal(total)
    return "none", None


@given(table=TABLE, code=st.sampled_from(CODES))
def test_default_lookup_equals_the_naive_reading(table, code):
    rows = [default_row(country, prefix, total, reason=reason) for (country, prefix), (total, reason) in table.items()]
    tables = tables_of(edition_of(*rows), goods=tuple(good_entry(each) for each in CODES))
    answer = determine(question(code), tables, {}, parameters_of())
    assert (answer.rung, answer.base) == expected(table, code)
