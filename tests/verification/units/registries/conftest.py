"""Folder of the registries' real exports; the tests of them are there only where it is."""

from __future__ import annotations

from tests.verification.units.registries.samples import EXPORTS

collect_ignore = [] if EXPORTS else ["test_samples.py"]
