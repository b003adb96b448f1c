"""Schemes without free allocation, without a price, and with standings of countries that change by date."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from tests.factories.determination import dated, parameters_of, tables_of
from tests.scenarios.packs import compiled_pack
from verification.determination.engine import Question
from verification.determination.gains import gain_of_verified_value
from verification.determination.obligation import has_free_allocation, price_at, side_for
from verification.determination.tables import Origin
from verification.kernel.errors import MissingReference
from verification.kernel.spans import Span

IN_2026 = date(2026, 3, 1)


@pytest.mark.unit
def test_scheme_without_free_allocation_charges_every_tonne():
    parameters = replace(parameters_of(price=dated("price", ("45", "2026-01-01", None))), obligation={"price": "price"})
    side = side_for(
        "verified", Decimal("2.05"), good="72083900", route="", on=IN_2026, tables=tables_of(), parameters=parameters
    )
    assert not has_free_allocation(parameters)
    assert (side.allocation_per_t, side.obligation_per_t, side.cost_per_t) == (0, Decimal("2.05"), Decimal("92.25"))
    assert side.benchmark is None


@pytest.mark.unit
@pytest.mark.parametrize("left_out", ["cbam_factor", "cross_sectoral_correction"])
def test_free_allocation_needs_both_of_its_factors(left_out):
    whole = parameters_of()
    assert has_free_allocation(whole)
    named = {key: name for key, name in whole.obligation.items() if key != left_out}
    assert not has_free_allocation(replace(whole, obligation=named))


@pytest.mark.unit
def test_scheme_without_a_price_says_so():
    with pytest.raises(MissingReference, match="test-scheme sets no price in money"):
        price_at(replace(parameters_of(), obligation={}), IN_2026)


@pytest.mark.unit
def test_standing_of_an_origin_is_that_of_the_legal_date():
    first = Origin("TR", "Türkiye", "exempt", "Act 1", Span(date(2026, 1, 1), date(2026, 7, 1)))
    then = Origin("TR", "Türkiye", "third_country", "Act 1", Span(date(2026, 7, 1)))
    tables = replace(tables_of(), changing_origins={"TR": (first, then)})
    assert tables.origin_on("TR", date(2026, 6, 30)).standing == "exempt"
    assert tables.origin_on("TR", date(2026, 7, 1)).standing == "third_country"
    assert tables.origin_on("NO", IN_2026).standing == "exempt"
    assert tables.origin_on("XX", IN_2026) is None


@pytest.fixture(scope="module")
def snapshots(django_db_setup, django_db_blocker):
    def read(scheme: str):
        with django_db_blocker.unblock():
            return compiled_pack(scheme).snapshot

    return read


@pytest.mark.db
@pytest.mark.django_db
def test_gain_under_the_model_is_the_difference_times_the_price(snapshots):
    question = Question("model-bca", "72083900", "TR", IN_2026, datetime(2026, 12, 1, tzinfo=UTC))
    gain = gain_of_verified_value(question, Decimal("2.05"), snapshot=snapshots("model-bca"))
    assert (gain.default.emissions_per_t, gain.price.unit) == (Decimal("2.280"), "SGD/tCO2e")
    assert gain.gain_per_t == Decimal("10.35")


@pytest.mark.db
@pytest.mark.django_db
def test_gain_under_a_scheme_without_a_price_is_missing_and_not_zero(snapshots):
    question = Question("allowance-requirement", "72083900", "TR", IN_2026, datetime(2026, 12, 1, tzinfo=UTC))
    with pytest.raises(MissingReference, match="sets no price"):
        gain_of_verified_value(question, Decimal("2.05"), snapshot=snapshots("allowance-requirement"))
