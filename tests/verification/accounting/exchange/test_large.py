from __future__ import annotations

import subprocess
import sys

import pytest

from tests.benchmarks.bench_exchange import stream_answers
from verification.accounting.exchange import read_file, write_file
from verification.kernel.confined import ROOT, Limits

pytestmark = pytest.mark.integration

MEMORY_MB = 400
# The kernel's own high-water mark of this program: ``getrusage`` counts what the parent held before it.
MEASURED = """
import re, sys
from pathlib import Path
from verification.accounting.exchange import read_file_here
read = read_file_here(sys.argv[1], "claim.xlsx").interpretation()
assert len(read.report.source_streams) == 10_000
print(int(re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())[1]) // 1024)
"""


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    path = tmp_path_factory.mktemp("large") / "claim.xlsx"
    answers = stream_answers(10_000)
    write_file(answers, "xlsx", path)
    return path, answers


def test_ten_thousand_streams_are_imported_in_the_child(large):
    path, answers = large
    reading = read_file(path, path.name)
    assert (reading.problems, reading.answers) == ((), answers)


def test_memory_of_a_large_import_is_bounded(large):
    command = [sys.executable, "-c", MEASURED, str(large[0])]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT)
    assert int(done.stdout) < MEMORY_MB


def test_child_without_memory_ends_with_a_refusal(large):
    reading = read_file(large[0], "claim.xlsx", limits=Limits(memory_bytes=60 * 1024 * 1024))
    assert [item.code for item in reading.problems] == ["EXC-024"]
