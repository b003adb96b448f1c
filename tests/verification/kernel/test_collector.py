"""The collector of reference cycles is held back, and runs again whatever happens."""

from __future__ import annotations

import gc

import pytest

from verification.kernel.collector import collector_held

pytestmark = pytest.mark.unit


def fail() -> None:
    with collector_held():
        raise KeyError("lost" if gc.isenabled() else "held")


def test_the_collector_runs_again_after_an_error():
    with pytest.raises(KeyError, match="held"):
        fail()
    assert gc.isenabled()


def test_who_found_it_held_leaves_it_so():
    with collector_held():
        with collector_held():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()
