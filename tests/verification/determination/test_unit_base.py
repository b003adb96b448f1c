"""What the limit of a unit claim is worked out from: goods with the value that the ladder gives, or an amount."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.factories.units import cer, draft_with
from verification.claims.unit_limit import limit_of_claim
from verification.determination.unit_base import GoodsRow, state_amount, state_goods
from verification.kernel.errors import InvalidInput
from verification.registry.models import Organisation

pytestmark = pytest.mark.db


@pytest.fixture
def draft(world, acting):
    party = Organisation.objects.get(is_importer=True)
    return draft_with([cer(1, 5_000)], actor=acting("importer"), organisation=party)


def test_goods_take_the_value_of_the_ladder(draft, acting) -> None:
    rows = [GoodsRow(1, "72083900", "TR", Decimal("1000.5")), GoodsRow(2, "7208 39 00", "in", Decimal(10))]
    state_goods(draft, actor=acting("importer"), rows=rows)
    lines = draft.unit_details.base["lines"]
    assert [(line["row"], line["good"], line["origin"], line["basis"]) for line in lines] == [
        (1, "72083900", "TR", "default"),
        (2, "72083900", "IN", "default"),
    ]
    assert all(Decimal(line["see"]) > 2 and line["reference"] for line in lines)
    embedded = sum(Decimal(line["see"]) * Decimal(line["mass_t"]) for line in lines)
    assert limit_of_claim(draft).limit_t == int(embedded)


def test_every_line_without_a_value_is_named_and_nothing_kept(draft, acting) -> None:
    rows = [
        GoodsRow(1, "72083900", "TR", Decimal(5)),
        GoodsRow(2, "12", "TR", Decimal(5)),
        GoodsRow(3, "72083900", "TR", Decimal(0)),
        GoodsRow(4, "72083900", "TR", Decimal(5), "EU-CBAM-2027-999999"),
    ]
    with pytest.raises(InvalidInput) as refused:
        state_goods(draft, actor=acting("importer"), rows=rows)
    assert [problem.field for problem in refused.value.problems] == ["lines/2", "lines/3", "lines/4"]
    draft.refresh_from_db()
    assert draft.unit_details.base == {}


@pytest.mark.parametrize(
    ("name", "tonnes", "source", "field"),
    [
        ("gross", "5", "Report", "base_name"),
        ("taxable", "0", "Report", "tonnes"),
        ("taxable", "-1", "Report", "tonnes"),
        ("taxable", "1e13", "Report", "tonnes"),
        ("taxable", "5", "  ", "source"),
    ],
)
def test_a_stated_amount_says_what_it_is_and_where_it_stands(draft, acting, name, tonnes, source, field) -> None:
    with pytest.raises(InvalidInput) as refused:
        state_amount(draft, actor=acting("importer"), base_name=name, tonnes=Decimal(tonnes), source=source)
    assert [problem.field for problem in refused.value.problems] == [field]
    assert limit_of_claim(draft) is None
