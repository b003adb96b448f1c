"""The first of the random installations against the second reading of the act: enough for one mutant."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.properties.test_accounting_reference import compare

pytestmark = pytest.mark.unit

INSTALLATIONS = 150


@pytest.mark.parametrize("part", range(3))
def test_first_random_installations_equal_the_reference(part):
    for seed in range(part, INSTALLATIONS, 3):
        compare(seed, Counter())
