"""Reading question by question gives what reading row by row gives, problems and their order included."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verification.accounting.entry import columns
from verification.accounting.entry.interpretation import interpret

pytestmark = pytest.mark.unit

ANSWERS = {
    "name": ("Gas", "Coke", " Coke ", "hidden\x01", "", "x" * 300),
    "method": ("combustion", "Combustion: a fuel is burnt", "mass_balance", "process", "magic", ""),
    "activity_data": ("1", "0", "-1", "1,500", "1.5e3", "12.5", "many", ""),
    "activity_data.unit": ("t", "kg", "1000Nm3", "barrel", ""),
    "net_calorific_value": ("48", "0", "9999999999999999", ""),
    "net_calorific_value.unit": ("GJ/t", "MJ / kg", ""),
    "oxidation": ("99.5", "101", "0.995", ""),
    "oxidation.unit": ("%", "share of 1", ""),
    "factor_reference": ("Laboratory", ""),
    "nobody_asks": ("", "something"),
}
rows = st.lists(
    st.fixed_dictionaries({}, optional={name: st.sampled_from(texts) for name, texts in ANSWERS.items()}),
    min_size=1,
    max_size=8,
)


@given(rows, st.sampled_from([".", ","]))
@settings(max_examples=150, deadline=None)
def test_columns_give_what_rows_give(found, mark):
    answers = {"streams": {f"S{number}": row for number, row in enumerate(found, start=1)}}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(columns, "FEW", 0)
        by_column = interpret(answers, mark)
        patch.setattr(columns, "FEW", 10**9)
        by_row = interpret(answers, mark)
    assert by_column == by_row
    assert [item.field for item in by_column.problems] == [item.field for item in by_row.problems]


def test_a_row_that_is_not_clear_keeps_its_place_among_many():
    answers = {
        "streams": {
            f"S{number}": {
                "name": f"Fuel {number}",
                "method": "combustion",
                "activity_data": "many" if number in (3, 40) else str(number),
                "activity_data.unit": "t",
            }
            for number in range(1, columns.FEW + 30)
        }
    }
    read = interpret(answers)
    streams = read.report.source_streams
    assert [stream.id for stream in streams] == list(answers["streams"])
    assert [stream.id for stream in streams if stream.activity_data is None] == ["S3", "S40"]
    assert [item.field for item in read.problems if item.code == "ENT-002"] == [
        "streams/S3/activity_data",
        "streams/S40/activity_data",
    ]
