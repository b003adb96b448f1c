"""A unit claim before officials: the queue, its page, what is accepted, and the signature."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from verification.accounts.models import Appointment
from verification.audit.actors import Actor
from verification.certificates.models import Certificate
from verification.claims.findings import open_findings
from verification.claims.models import Claim, Decision, UnitBlock
from verification.claims.services import review
from verification.claims.services.deciding import comment_on_draft
from verification.claims.services.sealing import seal_content
from verification.claims.services.unit_acceptance import return_blocks_found_by
from verification.claims.services.unit_events import set_acceptance
from verification.kernel.errors import Conflict, InvalidInput, NotAllowed
from verification.ledger.models import UnitAccount

pytestmark = [pytest.mark.db, pytest.mark.django_db]
MOST_QUERIES = 45


@pytest.fixture
def claim_in(world):
    """A unit claim of the demonstration by its state."""
    return lambda state: Claim.objects.get(kind="units", state=state)


@pytest.fixture
def reviewed(claim_in, acting) -> Claim:
    """The claim of treaty units (900 t) in the reviewer's hands."""
    return review.take_claim(claim_in("submitted"), actor=acting("reviewer"), has_no_conflict=True)


@pytest.fixture
def recommended(reviewed, acting):
    """The same, recommended for approval after the reviewer let in ``quantity`` units."""

    def recommend(quantity: int | None) -> Claim:
        actor = acting("reviewer")
        if quantity is not None:
            set_acceptance(reviewed, actor=actor, position=1, quantity=quantity, reason="Sold on in part.")
        for finding in open_findings(reviewed):
            review.answer_finding(reviewed, actor=actor, finding_key=finding.key, text="Seen.")
        review.recommend(reviewed, actor=actor, kind="approve", reasons="As marked.")
        return reviewed

    return recommend


def _address(name: str, claim: Claim) -> str:
    return reverse(f"official:{name}", args=[claim.pk])


def _signed(page, **changes):
    """What the form of the page would send."""
    form = page.context["form"]
    names = ("outcome", "reasons", "legal_ground", "seen_version", "seen_effect")
    shown = {name: form.initial.get(name, form.fields[name].initial or "") for name in names}
    return shown | {"has_no_conflict": "on"} | changes


@pytest.mark.parametrize(
    ("query", "kinds"),
    [
        ({"kind": "units"}, {"units"}),
        ({"kind": "emissions"}, {"emissions"}),
        ({"q": "Nordhafen"}, {"units"}),
        ({"q": "RW-5-9990001-2-2-0-7014 - RW-5-9990900-2-2-0-7014"}, {"units"}),
        ({"q": "rw-5-9990001"}, {"units"}),
        ({"q": "9990500"}, {"units"}),
        ({"q": "9990900-9991000"}, {"units"}),
        ({"q": "9990901 to 9991000"}, set()),
        ({"country": "DE"}, {"units"}),
    ],
)
def test_queue_finds_units_by_kind_serial_and_range(query, kinds, client_of):
    rows = client_of("reviewer").get(reverse("official:queue"), query).context["rows"]
    assert {row.line.kind for row in rows} == kinds


def test_queue_shows_blocks_and_tonnes(client_of):
    rows = client_of("reviewer").get(reverse("official:queue"), {"kind": "units"}).context["rows"]
    assert {(row.line.state, row.blocks, row.offered_t) for row in rows} == {
        ("submitted", 1, 900), ("recommended", 1, 1800),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("query", "count"), [({}, 4), ({"kind": "units"}, 1), ({"q": "9990002000"}, 1), ({"q": "9990003001-9990003644"}, 1)]
)
def test_decisions_are_found_by_kind_and_serial(query, count, client_of):
    assert len(client_of("approver").get(reverse("official:decisions"), query).context["rows"]) == count


def test_page_shows_what_is_offered_and_how_the_limit_was_worked_out(client_of, claim_in):
    answer = client_of("reviewer").get(_address("claim", claim_in("submitted")))
    assert [figure["value"] for figure in answer.context["figures"]] == ["900", "900", "0"]
    assert answer.context["limit"]["base"] == "adjustable"
    row = answer.context["block_rows"][0]
    assert (row.block.quantity, row.would_t, row.would_return_t) == (900, 900, 0)
    assertContains(answer, "Nordhafen Import GmbH")
    assertNotContains(answer, "No verifier has confirmed this snapshot.")


def test_page_of_a_decided_claim_shows_what_was_accepted(client_of, claim_in):
    answer = client_of("approver").get(_address("claim", claim_in("approved")))
    assert [figure["value"] for figure in answer.context["figures"]] == ["3\u00a0644", "3\u00a0000", "644"]
    assert [(row.block.state, row.block.quantity) for row in answer.context["block_rows"]] == [
        ("suspended", 3000), ("returned", 644),
    ]  # fmt: skip
    assert answer.context["limit"]["limit_t"] == "3000"


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({}, 1),
        ({"found": "any"}, 1),
        ({"found": "D-ISSUED"}, 1),
        ({"found": "no-such-code"}, 1),
        ({"registry": "kyoto"}, 1),
        ({"registry": "verra"}, 1),
    ],
)
def test_blocks_are_filtered_and_what_does_not_fit_is_ignored(query, count, client_of, claim_in):
    answer = client_of("reviewer").get(_address("claim", claim_in("submitted")), query)
    assert len(answer.context["block_rows"]) == count


def test_filter_leaves_out_blocks_without_the_finding(client_of, claim_in):
    claim = claim_in("submitted")
    _more_blocks(claim, 3)
    client = client_of("reviewer")
    every = client.get(_address("claim", claim)).context["block_rows"]
    without = client.get(_address("claim", claim), {"found": "C-BENEF"}).context["block_rows"]
    assert (len(every), [row.block.position for row in without]) == (4, [2, 3, 4])


def test_blocks_that_are_being_prepared_are_not_shown(client_of, claim_in):
    claim = claim_in("submitted")
    UnitBlock.objects.filter(claim=claim).update(state="draft", is_active=False)
    assert client_of("reviewer").get(_address("claim", claim)).context["block_rows"] == []


def test_page_asks_the_same_number_of_queries_for_any_number_of_blocks(client_of, claim_in):
    client, claim = client_of("reviewer"), claim_in("submitted")
    seal_content(
        claim, actor=Actor("user", str(claim.created_by_id), "claimant")
    )  # sealed again: the page compares with what was sealed before
    few = _queries(client, claim)
    _more_blocks(claim, 60)
    many = _queries(client, claim)
    assert many == few
    assert few <= MOST_QUERIES


@pytest.mark.parametrize("name", ["claim_reports", "claim_computation", "claim_computation_json"])
def test_pages_of_numbers_do_not_exist_for_units(name, client_of, claim_in):
    assert client_of("reviewer").get(_address(name, claim_in("submitted"))).status_code == 404


@pytest.mark.parametrize("name", ["claim_changes", "audit"])
def test_other_pages_work_without_an_installation(name, client_of, claim_in):
    assert client_of("reviewer").get(_address(name, claim_in("submitted"))).status_code == 200


def test_reviewer_accepts_a_part_with_a_reason(client_of, reviewed):
    typed = {"position": "1", "quantity": "100", "reason": "The others were sold on."}
    assertRedirects(client_of("reviewer").post(_address("claim_accept", reviewed), typed), _address("claim", reviewed))
    block = reviewed.blocks.get()
    assert (block.accepted_quantity, block.acceptance_reason) == (100, "The others were sold on.")
    answer = client_of("reviewer").get(_address("claim", reviewed))
    assert [figure["value"] for figure in answer.context["figures"]] == ["900", "100", "800"]


def test_less_without_a_reason_keeps_what_was_typed(client_of, reviewed):
    answer = client_of("reviewer").post(_address("claim_accept", reviewed), {"position": "1", "quantity": "100"})
    assert "reason" in answer.context["forms"]["accept"].errors
    assertContains(answer, 'value="100"')
    assert reviewed.blocks.get().accepted_quantity is None


def test_form_for_a_block_opens_with_what_stands(client_of, reviewed):
    answer = client_of("reviewer").get(_address("claim", reviewed), {"block": "1"})
    assert answer.context["accept_form"].initial["quantity"] == 900
    assert "accept_form" not in client_of("reviewer").get(_address("claim", reviewed), {"block": "99999999999"}).context


def test_every_block_with_a_finding_is_returned_at_once(client_of, reviewed):
    _more_blocks(reviewed, 2)
    typed = {"code": "C-BENEF", "reason": "The beneficiary is not named."}
    client_of("reviewer").post(_address("claim_accept_code", reviewed), typed)
    assert list(reviewed.blocks.order_by("position").values_list("accepted_quantity", "acceptance_reason")) == [
        (None, ""), (0, "The beneficiary is not named."), (0, "The beneficiary is not named."),
    ]  # fmt: skip


@pytest.mark.parametrize(("code", "reason", "field"), [("C-BENEF", " ", "reason"), ("S-QTY", "Why.", "code")])
def test_blocks_are_not_returned_without_a_ground(code, reason, field, reviewed, acting):
    _more_blocks(reviewed, 1)
    with pytest.raises(InvalidInput) as refused:
        return_blocks_found_by(reviewed, actor=acting("reviewer"), code=code, reason=reason)
    assert [problem.field for problem in refused.value.problems] == [field]
    assert not reviewed.blocks.filter(accepted_quantity=0).exists()


def test_only_the_reviewer_of_the_claim_returns_blocks(reviewed, acting):
    with pytest.raises(NotAllowed):
        return_blocks_found_by(reviewed, actor=acting("approver"), code="C-BENEF", reason="Why.")


def test_blocks_are_returned_only_during_the_review(recommended, acting):
    claim = recommended(None)
    with pytest.raises(Conflict):
        return_blocks_found_by(claim, actor=acting("reviewer"), code="C-BENEF", reason="Why.")


@pytest.mark.parametrize("key", ["approver"])
def test_others_than_the_reviewer_have_no_form(key, client_of, reviewed):
    assertNotContains(client_of(key).get(_address("claim", reviewed)), 'id="judge"')


def test_wording_of_units_fills_the_numbers(client_of, reviewed):
    client_of("reviewer").post(_address("claim_accept", reviewed), {"position": 1, "quantity": 100, "reason": "Why."})
    typed = {"wording": "units-in-part-1", "fill": "1"}
    answer = client_of("reviewer").post(_address("claim_recommend", reviewed), typed)
    assertContains(answer, f"Of the 900 t offered in claim {reviewed.number}, 100 t can be accepted")
    assertContains(answer, "The other 800 t are not consumed")


def test_wordings_are_those_of_the_kind(client_of, reviewed, claim_at):
    keys = {key for key, _ in _wordings(client_of("reviewer").get(_address("claim", reviewed)))}
    assert "units-limit-1" in keys
    assert "complete-1" not in keys


def test_approval_of_everything(client_of, recommended):
    claim = recommended(None)
    page = client_of("approver").get(_address("decision", claim))
    assert [outcome for outcome, _ in page.context["outcomes"]] == ["approved", "draft_refusal"]
    assert (page.context["offered_t"], page.context["accepted_t"], page.context["returned_t"]) == (900, 900, 0)
    answer = client_of("approver").post(_address("decision", claim), _signed(page))
    certificate = Certificate.objects.get(claim=claim)
    assertRedirects(answer, reverse("official:certificate", args=[certificate.pk]))
    assertContains(client_of("approver").get(reverse("official:certificate", args=[certificate.pk])), "9990900")


def test_less_than_offered_is_approved_in_part_and_credited(client_of, recommended):
    claim = recommended(100)
    page = client_of("approver").get(_address("decision", claim))
    assert [outcome for outcome, _ in page.context["outcomes"]] == ["in_part", "draft_refusal"]
    assert page.context["form"].initial["outcome"] == "in_part"
    row = page.context["ranges"][0]
    assert (row.accepted, row.returned) == ((9990001, 9990100), (9990101, 9990900))
    assert sum(tonnes for _, tonnes in page.context["credit"]) == 100
    client_of("approver").post(_address("decision", claim), _signed(page))
    assert Decision.objects.get(claim=claim).outcome == "in_part"
    assert UnitAccount.objects.get(scheme=claim.scheme, organisation=claim.organisation).credited_t == 100


def test_nothing_left_can_only_be_refused(client_of, recommended):
    page = client_of("approver").get(_address("decision", recommended(0)))
    assert [outcome for outcome, _ in page.context["outcomes"]] == ["draft_refusal"]
    assertContains(page, "No unit of this claim can be accepted")


def test_refused_units_are_free_again(client_of, claim_in, acting):
    claim, client = claim_in("recommended"), client_of("approver")
    client.post(_address("decision", claim), _signed(client.get(_address("decision", claim)), outcome="draft_refusal"))
    claim.refresh_from_db()
    comment_on_draft(claim, actor=acting("importer"), comment="No comment.")
    client.post(_address("decision", claim), _signed(client.get(_address("decision", claim)), outcome="refused"))
    assert Decision.objects.get(claim=claim).outcome == "refused"
    assert set(claim.blocks.values_list("state", "is_active")) == {("released", False)}


def test_signature_holds_only_for_what_was_read(client_of, recommended):
    claim = recommended(100)
    page = client_of("approver").get(_address("decision", claim))
    UnitBlock.objects.filter(claim=claim).update(accepted_quantity=50)
    answer = client_of("approver").post(_address("decision", claim), _signed(page, reasons="My own words."))
    assert answer.status_code == 409
    assertContains(answer, "My own words.", status_code=409)
    assert not Decision.objects.filter(claim=claim).exists()


def test_four_eyes_hold_for_units(client_of, recommended, user_of):
    claim, person = recommended(None), user_of("reviewer")
    earliest = person.appointments.earliest("valid_from").valid_from
    Appointment.objects.create(user=person, role="approver", official_number="A-9999", valid_from=earliest)
    page = client_of("reviewer").get(_address("decision", claim))
    assertContains(page, "You reviewed this claim. A different person must decide on it.")
    assert client_of("reviewer").post(_address("decision", claim), _signed(page)).status_code == 403


def test_second_factor_is_asked_for_units(client_of, recommended):
    claim = recommended(None)
    page = client_of("approver", has_factor=False).get(_address("decision", claim))
    assert page.context["asks_code"]
    client_of("approver", has_factor=False).post(_address("decision", claim), _signed(page, code="000000"))
    assert not Decision.objects.filter(claim=claim).exists()


def _wordings(page):
    return page.context["forms"]["recommend"].fields["wording"].choices


def _queries(client, claim) -> int:
    client.get(_address("claim", claim))
    with CaptureQueriesContext(connection) as seen:
        assert client.get(_address("claim", claim)).status_code == 200
    return len(seen)


def _more_blocks(claim: Claim, count: int) -> None:
    """Further blocks under examination, whose beneficiary is not named, sealed with the others."""
    kept = claim.blocks.get(position=1)
    for position in range(2, count + 2):
        first = 99_000_000 + 100 * position
        kept.pk, kept.position, kept.beneficiary = None, position, ""
        kept.first, kept.last, kept.quantity = first, first + 9, 10
        kept.serial = f"RW-5-{first}-2-2-0-7014 - RW-5-{first + 9}-2-2-0-7014"
        kept.raw_serial = kept.serial
        kept.save(force_insert=True)
    seal_content(claim, actor=Actor("user", str(claim.created_by_id), "claimant"))
