from __future__ import annotations

import pytest

from verification.accounting.countries import country_code, country_name

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Türkiye", "TR"),
        ("TURKIYE", "TR"),
        ("Turkey", "TR"),
        ("Vietnam", "VN"),
        ("United States", "US"),
        ("Korea, Republic of", "KR"),
        ("Côte d’Ivoire", "CI"),
        ("Kosovo", "XK"),
        ("in", "IN"),
        ("Aruban Florin", ""),
        ("Yugoslavia", ""),
        ("YU", ""),
        ("", ""),
    ],
)
def test_country_is_found_by_any_of_its_names(text, code):
    assert country_code(text) == code


@pytest.mark.parametrize("code", ["TR", "IN", "VN", "JP", "CN", "US", "GB", "KR", "XK"])
def test_written_name_reads_back(code):
    assert country_code(country_name(code)) == code
