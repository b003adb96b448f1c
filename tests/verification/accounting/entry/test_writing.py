from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from tests.verification.accounting.entry.reports import reports
from verification.accounting.entry.interpretation import interpret
from verification.accounting.entry.writing import NotTellable, answers_of
from verification.accounting.examples import example_names, example_report
from verification.accounting.model import InstallationReport, SourceStream

pytestmark = pytest.mark.unit


@pytest.mark.parametrize("name", example_names())
@pytest.mark.parametrize("mark", [".", ","])
def test_example_comes_back_bit_for_bit_without_a_problem(name, mark):
    report = example_report(name)
    read = interpret(answers_of(report, mark), mark)
    assert read.problems == ()
    assert _record(read.report) == _record(report)


@given(reports())
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_report_comes_back(report):
    read = interpret(answers_of(report))
    assert replace(read.report, sources={}) == report
    assert _record(read.report) == _record(report)


def test_order_of_rows_is_kept():
    streams = tuple(SourceStream(id=key) for key in ("S9", "S10", "S1"))
    read = interpret(answers_of(InstallationReport(source_streams=streams)))
    assert [item.id for item in read.report.source_streams] == ["S9", "S10", "S1"]


def test_goods_categories_that_follow_from_the_processes_are_not_written():
    assert "goods_categories" not in answers_of(example_report("hydrogen"))
    assert list(answers_of(example_report("integrated_steelworks"))["goods_categories"]) == ["G1", "G2", "G3", "G4"]


def test_two_rows_of_one_key_are_refused():
    streams = (SourceStream(id="S1", name="Coal"), SourceStream(id="S1", name="Coke"))
    with pytest.raises(NotTellable):
        answers_of(InstallationReport(source_streams=streams))


def _record(report):
    return replace(report, sources={}).as_record()
