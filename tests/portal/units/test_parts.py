"""Letters, base of the limit, evidence, advance answer, exports."""

import csv
import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.factories.files import pdf
from tests.factories.units import make_unit_claim
from verification.claims.services.pre_checks import answer_pre_check, ask_pre_check

pytestmark = pytest.mark.db

LETTER = {
    "host_country": "RW", "reference": "REMA/1", "issued_on": "2025-06-02", "purposes": ["OIMP"], "project": "4150",
    "quantity": "500", "vintage_from": "2024-01-01", "vintage_to": "2025-12-31", "authorised_parties": "ch, se",
    "authorised_entities": "Nordhafen Import GmbH\n\nAnother",
}  # fmt: skip


def address(name, claim, *more):
    return reverse(f"units:{name}", args=[claim.pk, *more])


def test_letter_is_added_and_removed(holder, draft):
    holder.post(address("claim_letters", draft), LETTER)
    letter = draft.authorisations.get()
    assert (letter.quantity, letter.authorised_parties) == (500, ["CH", "SE"])
    assert letter.authorised_entities == ["Nordhafen Import GmbH", "Another"]
    assert "REMA/1" in holder.get(address("claim_letters", draft)).content.decode()
    assert "REMA/1" in holder.get(address("claim_letter_remove", draft, letter.pk)).content.decode()
    holder.post(address("claim_letter_remove", draft, letter.pk))
    assert not draft.authorisations.exists()


def test_letter_twice_is_refused_with_everything_typed(holder, draft):
    holder.post(address("claim_letters", draft), LETTER)
    response = holder.post(address("claim_letters", draft), LETTER)
    assert "stands in the claim already" in response.context["form"].errors["reference"][0]
    assert response.context["form"]["project"].value() == "4150"
    assert draft.authorisations.count() == 1


def test_goods_are_determined_and_shown_with_their_basis(holder, draft):
    response = holder.post(
        address("claim_base", draft), {"goods-rows": "7208 39 00; TR; 1 200\n72142000\tCN\t10.5", "state_goods": "1"}
    )
    assert response["Location"] == address("claim_base", draft)
    page = holder.get(address("claim_base", draft))
    lines = page.context["lines"]
    assert [(line["good"], line["mass_t"], str(line["basis_word"])) for line in lines] == [
        ("72083900", "1200", "Default value"),
        ("72142000", "10.5", "Default value"),
    ]
    assert page.context["gauge"]["limit"].limit_t > 0
    assert page.context["goods_form"]["rows"].value() == "72083900; TR; 1200\n72142000; CN; 10.5"


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("7208", "Line 1: it has 1 parts."),
        ("72083900; TR; 1,5", "“1,5” is no number of tonnes."),
        ("72083900; TR; 5\n99999999; TR; 5", "Line 2:"),
        ("72083900; TR; -5", "Line 1:"),
    ],
)
def test_goods_that_cannot_be_used_keep_the_text_and_change_nothing(holder, draft, rows, said):
    response = holder.post(address("claim_base", draft), {"goods-rows": rows, "state_goods": "1"})
    errors = " ".join(response.context["goods_form"].errors["rows"])
    assert said in errors
    assert response.context["goods_form"]["rows"].value() == rows
    draft.unit_details.refresh_from_db()
    assert draft.unit_details.base == {}


def test_amount_is_kept_and_the_gauge_follows(holder, party, acting):
    claim = make_unit_claim(party, acting("importer"), scheme="model-bca")
    said = {"amount-base_name": "taxable", "amount-tonnes": "60000", "amount-source": "Report, table 4"}
    holder.post(address("claim_base", claim), said | {"state_amount": "1"})
    page = holder.get(address("claim_base", claim))
    text = page.content.decode()
    assert "Report, table 4" in text
    assert page.context["gauge"]["limit"].own_t == 3000


def test_refused_amount_keeps_what_was_typed(holder, draft):
    said = {"amount-base_name": "taxable", "amount-tonnes": "-1", "amount-source": "Report", "state_amount": "1"}
    response = holder.post(address("claim_base", draft), said)
    assert "tonnes" in response.context["amount_form"].errors
    assert response.context["amount_form"]["source"].value() == "Report"


def test_evidence_is_attached_and_removed(holder, draft):
    fields = {"purpose": "retirement_certificate", "file": SimpleUploadedFile("R.pdf", pdf()), "note": "page 1"}
    holder.post(address("claim_evidence", draft), fields)
    use = draft.evidence.get()
    assert use.note == "page 1"
    holder.post(address("claim_evidence_remove", draft, use.pk))
    use.refresh_from_db()
    assert use.removed_at is not None


def test_purposes_are_those_of_units(holder, draft):
    form = holder.get(address("claim_evidence", draft)).context["form"]
    offered = {value for value, _label in form.fields["purpose"].choices}
    of_units = {"retirement_certificate", "letter_of_authorisation", "registry_export"}
    assert offered == {"", "translation", "other", *of_units}


def test_advance_answer_is_asked_and_taken_back(holder, sendable):
    holder.post(address("claim_pre_check", sendable))
    sendable.refresh_from_db()
    assert sendable.state == "pre_check"
    assert "Take the question back" in holder.get(address("claim_pre_check", sendable)).content.decode()
    holder.post(address("claim_pre_check_take_back", sendable))
    sendable.refresh_from_db()
    assert sendable.state == "draft"


def test_advance_answer_needs_units(holder, draft):
    response = holder.post(address("claim_pre_check", draft))
    assert response.status_code == 422
    assert "There is nothing to ask about." in response.content.decode()


def test_given_answer_is_read(holder, sendable, acting):
    ask_pre_check(sendable, actor=acting("importer"))
    answer_pre_check(sendable, actor=acting("reviewer"), outcome="in_part", text="Half of it, for the limit.")
    text = holder.get(address("claim_pre_check", sendable)).content.decode()
    assert "Half of it, for the limit." in text
    assert "Would be accepted in part" in text


def test_json_is_the_sealed_content_byte_for_byte(holder, claim_in):
    claim = claim_in("submitted")
    response = holder.get(address("claim_content_json", claim))
    assert response.content.decode() == claim.snapshots.last().content
    assert "attachment" in response["Content-Disposition"]


def test_json_of_a_draft_says_what_it_says_now(holder, sendable):
    content = json.loads(holder.get(address("claim_content_json", sendable)).content)
    assert [block["serial"] for block in content["blocks"]] == [block.serial for block in sendable.blocks.all()]


def test_csv_holds_every_block_and_no_formula(holder, sendable):
    sendable.blocks.update(beneficiary="=1+1")
    text = holder.get(address("claim_blocks_csv", sendable)).content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == sendable.blocks.count()
    assert rows[0]["beneficiary"] == "'=1+1"
    assert rows[0]["quantity_t"] == "200"


def test_changes_are_told_block_by_block(holder, claim_in, sendable):
    holder.post(address("claim_pre_check", sendable))
    holder.post(address("claim_pre_check_take_back", sendable))
    sendable.blocks.update(beneficiary="Somebody else")
    response = holder.get(address("claim_changes", sendable))
    changes = [change for part in response.context["parts"] for change in part["changes"]]
    assert [(change.field, change.after) for change in changes] == [("Beneficiary", "Somebody else")]


@pytest.mark.parametrize(
    ("shape", "kind", "told"),
    [
        ("cad-trust", "json", "unit_serial_id"),
        ("cdop", "json", "serial_number"),
        ("article-6-actions", "csv", "Cooperative approach"),
        ("article-6-holdings", "csv", "Cooperative approach"),
    ],
)
def test_blocks_are_exchanged_in_the_shape_of_others(holder, sendable, shape, kind, told):
    answer = holder.get(reverse("units:claim_exchange", args=[sendable.pk, shape]))
    assert answer["Content-Disposition"].endswith(f'-{shape}.{kind}"')
    assert told in answer.content.decode()
    assert holder.get(reverse("units:claim_exchange", args=[sendable.pk, "else"])).status_code == 404
