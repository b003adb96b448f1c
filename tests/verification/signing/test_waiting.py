"""Sealing and judging a seal, also in a thread in which a loop runs: that of a browser, or of a server."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from django.utils import translation

from tests.factories.papers import small_paper
from verification.certificates.inspection import FileInspection, SealVerdict, inspect_file
from verification.certificates.seal import extend, seal
from verification.signing.editions import SealLevel
from verification.signing.making import make_keys
from verification.signing.waiting import run_to_end

pytestmark = pytest.mark.unit


def test_files_are_sealed_extended_and_judged_where_a_loop_runs(keys: Path) -> None:
    make_keys()

    async def within() -> FileInspection:
        return inspect_file(extend(seal(small_paper(), reason="Certificate")))

    found = asyncio.run(within())
    assert (found.seal, found.level) == (SealVerdict.VALID, SealLevel.B_LTA)


@pytest.mark.parametrize("is_in_a_loop", [False, True])
def test_work_keeps_the_language_and_its_error_reaches_the_caller(is_in_a_loop: bool) -> None:
    async def language() -> str | None:
        await asyncio.sleep(0)
        return translation.get_language()

    async def failing() -> None:
        await asyncio.sleep(0)
        raise LookupError("of the work")

    def calls() -> str | None:
        with pytest.raises(LookupError, match="of the work"):
            run_to_end(failing())
        with translation.override("fr"):
            return run_to_end(language())

    async def calls_within() -> str | None:
        return calls()

    assert (asyncio.run(calls_within()) if is_in_a_loop else calls()) == "fr"
