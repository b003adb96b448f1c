"""The table of blocks: findings beside each, choosing, describing and taking out."""

from urllib.parse import urlencode

import pytest
from django.urls import reverse

from tests.factories.units import GOLD_STANDARD, VERRA, many_serials
from verification.checks.model import Finding
from verification.claims.services.unit_offers import offer_pasted

pytestmark = pytest.mark.db

ANSWERS = {
    "event": "retirement",
    "event_on": "2027-02-01",
    "beneficiary": "Nordhafen Import GmbH",
    "purpose": "Model BCA, 2026",
    "country": "RW",
    "methodology": "VM0050",
    "first_crediting_start": "2022-03-01",
    "labels": "CCB; CORSIA",
}


@pytest.fixture
def offered(draft, acting):
    offer_pasted(draft, actor=acting("importer"), text=f"{VERRA}\n{GOLD_STANDARD}")
    return draft


def table(claim):
    return reverse("units:claim_blocks", args=[claim.pk])


def act(claim, name, blocks):
    return f"{reverse(f'units:claim_blocks_{name}', args=[claim.pk])}?{urlencode({'blocks': blocks})}"


def test_findings_stand_beside_their_block_with_rule_and_reference(holder, offered):
    response = holder.get(table(offered))
    rows = response.context["rows"]
    assert [row["block"].serial for row in rows] == [VERRA, GOLD_STANDARD]
    codes = {finding.code for _word, finding in rows[0]["findings"]}
    assert "A-LOA" in codes
    text = response.content.decode()
    assert "No authorisation of the host country covers these units" in text
    assert "decision 6/CMA.4" in text or "CMA" in text


def test_fifty_blocks_stand_on_a_page(holder, draft, acting):
    offer_pasted(draft, actor=acting("importer"), text=many_serials(120))
    seen, address = [], table(draft)
    for size in (50, 50, 20):
        page = holder.get(address).context["page"]
        assert len(page) == size
        seen += [block.position for block in page]
        address = f"{table(draft)}?cursor={page.next_cursor}"
    assert seen == list(range(1, 121))
    assert page.next_cursor == ""


def test_only_blocks_with_findings_are_shown(holder, offered, monkeypatch):
    about_the_second = Finding("A-LOA", "block", "No letter", "", "", "", identity="blocks.2")
    told = Finding("D-ISSUED", "info", "No list", "", "", "", identity="blocks.1")
    monkeypatch.setattr("portal.units.views.blocks.findings_on_draft", lambda claim: [about_the_second, told])
    response = holder.get(table(offered), {"show": "findings"})
    assert [row["block"].serial for row in response.context["rows"]] == [GOLD_STANDARD]
    assert len(holder.get(table(offered)).context["rows"]) == 2


def test_ticked_blocks_are_named_in_the_address(holder, offered):
    response = holder.post(table(offered), {"block": ["1", "2"], "scope": "ticked", "describe": "1"})
    assert response["Location"] == act(offered, "describe", "1-2")
    response = holder.post(table(offered), {"block": ["2"], "scope": "ticked", "remove": "1"})
    assert response["Location"] == act(offered, "remove", "2")


def test_nothing_ticked_is_said(holder, offered):
    response = holder.post(table(offered), {"scope": "ticked", "describe": "1"})
    assert response.status_code == 422
    assert "No block is chosen" in response.content.decode()


def test_blocks_are_described_together(holder, offered):
    response = holder.post(act(offered, "describe", "all"), ANSWERS)
    assert response["Location"] == table(offered)
    for block in offered.blocks.all():
        assert (block.event, block.beneficiary, str(block.event_on)) == (
            "retirement",
            "Nordhafen Import GmbH",
            "2027-02-01",
        )
        assert block.facts["methodology"] == "VM0050"
        assert block.facts["labels"] == ["CCB", "CORSIA"]


def test_what_differs_between_blocks_is_kept_where_left_empty(holder, offered):
    holder.post(act(offered, "describe", "1"), ANSWERS)
    holder.post(act(offered, "describe", "2"), ANSWERS | {"beneficiary": "Somebody else", "event_on": "2027-01-15"})
    form = holder.get(act(offered, "describe", "all")).context["form"]
    assert form["beneficiary"].value() in (None, "")
    assert form["purpose"].value() == "Model BCA, 2026"
    said = ANSWERS | {"beneficiary": "", "event_on": "", "purpose": "Model BCA, period 2026"}
    holder.post(act(offered, "describe", "all"), said)
    found = list(offered.blocks.values_list("beneficiary", "event_on__day", "purpose"))
    assert found == [
        ("Nordhafen Import GmbH", 1, "Model BCA, period 2026"),
        ("Somebody else", 15, "Model BCA, period 2026"),
    ]


def test_refused_description_keeps_what_was_typed(holder, offered):
    response = holder.post(act(offered, "describe", "1"), ANSWERS | {"event_on": "yesterday"})
    assert response.status_code == 200
    assert "event_on" in response.context["form"].errors
    assert "VM0050" in response.content.decode()
    assert offered.blocks.get(position=1).event == "not_yet"


def test_blocks_are_taken_out_after_asking(holder, offered):
    assert VERRA in holder.get(act(offered, "remove", "1")).content.decode()
    holder.post(act(offered, "remove", "1"))
    assert offered.blocks.get().serial == GOLD_STANDARD


@pytest.mark.parametrize("blocks", ["", "x", "9", "5-2", "1-999999"])
def test_blocks_that_are_not_there_are_a_conflict(holder, offered, blocks):
    assert holder.get(act(offered, "describe", blocks)).status_code == 409
    assert holder.post(act(offered, "remove", blocks)).status_code == 409
    assert offered.blocks.count() == 2


def test_sent_blocks_stay(holder, claim_in):
    claim = claim_in("submitted")
    assert holder.post(act(claim, "remove", "all")).status_code == 409
    assert holder.post(table(claim), {"scope": "all", "remove": "1"}).status_code == 409
    assert claim.blocks.exists()
