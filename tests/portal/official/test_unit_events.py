"""After an approval: events, the host's adjustment, the account, and what stands first on the home."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from verification.claims.models import AdjustmentEvent, ReversalEvent, UnitBlock
from verification.kernel import clock
from verification.ledger.models import UnitAccount

pytestmark = [pytest.mark.db, pytest.mark.django_db]


@pytest.fixture
def event(world) -> ReversalEvent:
    """The open event of the demonstration: the first 100 of 3,000 accepted units."""
    return ReversalEvent.objects.select_related("block", "claim").get()


def _typed(event, **changes):
    block = event.block
    return {
        "kind": "storage_reversed",
        "first": block.last - 49,
        "last": block.last,
        "effective_on": clock.today().isoformat(),
        "replacement_due_on": (clock.today() + timedelta(days=30)).isoformat(),
        "source": "Notice 12 of the programme",
    } | changes


def _events(event):
    return reverse("official:claim_events", args=[event.claim_id])


def test_page_lists_blocks_events_and_adjustments(client_of, event):
    context = client_of("reviewer").get(_events(event)).context
    assert [block.pk for block, _shape in context["rows"]] == [event.block_id]
    assert [row.pk for row, _shape in context["reversals"]] == [event.pk]
    assert [row.state for row in context["adjustments"]] == ["first_transferred"]


def test_event_suspends_the_units_at_once(client_of, event):
    answer = client_of("approver").post(reverse("official:reversal_record", args=[event.block_id]), _typed(event))
    assertRedirects(answer, _events(event))
    account = UnitAccount.objects.get()
    assert (account.suspended_t, account.available_t) == (150, 2850)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"first": 1}, "first"),
        ({"replacement_due_on": "2027-03-15"}, "replacement_due_on"),
        ({"source": ""}, "source"),
        ({"kind": "nothing"}, "kind"),
    ],
)
def test_wrong_event_is_refused_beside_the_field(changes, field, client_of, event):
    address = reverse("official:reversal_record", args=[event.block_id])
    answer = client_of("reviewer").post(address, _typed(event, **changes))
    assert list(answer.context["form"].errors) == [field]
    assert ReversalEvent.objects.count() == 1


def test_unfounded_event_restores_the_units(client_of, event):
    typed = {"outcome": "lifted", "reason": "The registry took its notice back."}
    answer = client_of("reviewer").post(reverse("official:reversal_close", args=[event.pk]), typed)
    assertRedirects(answer, _events(event))
    assert (UnitAccount.objects.get().available_t, UnitBlock.objects.get(pk=event.block_id).state) == (3000, "accepted")


def test_losing_units_takes_a_second_person(client_of, event):
    address = reverse("official:reversal_close", args=[event.pk])
    typed = {"outcome": "revoked", "reason": "Not replaced in time."}
    assertContains(client_of("reviewer").get(address), "A different official must take the units away")
    assert client_of("reviewer").post(address, typed).status_code == 403
    assertRedirects(client_of("approver").post(address, typed), _events(event))
    account = UnitAccount.objects.get()
    assert (account.lost_t, account.suspended_t, account.available_t) == (100, 0, 2900)


def test_closed_event_has_no_form_and_is_a_conflict(client_of, event):
    address = reverse("official:reversal_close", args=[event.pk])
    typed = {"outcome": "lifted", "reason": "Taken back."}
    client_of("reviewer").post(address, typed)
    assertContains(client_of("reviewer").get(address), "This event is closed:")
    assert client_of("reviewer").post(address, typed).status_code == 409


def test_adjustment_is_recorded(client_of, event):
    typed = {"state": "applied", "known_on": clock.today().isoformat(), "source": "Annual information 2027"}
    address = reverse("official:adjustment_record", args=[event.block_id])
    assertRedirects(client_of("approver").post(address, typed), _events(event))
    assert UnitBlock.objects.get(pk=event.block_id).adjustment_state == "applied"
    assert AdjustmentEvent.objects.latest("pk").source == "Annual information 2027"


def test_adjustment_of_tomorrow_is_refused(client_of, event):
    day = (clock.today() + timedelta(days=1)).isoformat()
    address = reverse("official:adjustment_record", args=[event.block_id])
    answer = client_of("approver").post(address, {"state": "applied", "known_on": day, "source": "A letter"})
    assert list(answer.context["form"].errors) == ["known_on"]
    assert AdjustmentEvent.objects.count() == 1


def test_returned_block_has_no_events(client_of, event):
    returned = UnitBlock.objects.get(claim=event.claim, state="returned")
    for name in ("reversal_record", "adjustment_record"):
        assert client_of("reviewer").get(reverse(f"official:{name}", args=[returned.pk])).status_code == 404


def test_claim_that_is_not_decided_has_no_such_page(client_of, world):
    waiting = UnitBlock.objects.filter(state="reserved").first()
    assert client_of("reviewer").get(reverse("official:claim_events", args=[waiting.claim_id])).status_code == 404


def test_account_shows_every_entry(client_of, event):
    account = UnitAccount.objects.get()
    answer = client_of("approver").get(reverse("official:unit_account", args=[account.pk]))
    assert [(entry.kind, entry.tonnes, entry.balance_t) for entry in answer.context["page"]] == [
        ("suspended", 100, 2900), ("credited", 3000, 3000),
    ]  # fmt: skip
    assert answer.context["room_t"] == 0


def test_passed_deadline_stands_first_on_the_home(client_of, event):
    address = reverse("official:queue")
    assert client_of("reviewer").get(address).context["overdue"] == []
    ReversalEvent.objects.filter(pk=event.pk).update(replacement_due_on=clock.today() - timedelta(days=1))
    page = client_of("reviewer").get(address)
    assert page.context["overdue"] == [event]
    text = page.content.decode()
    assert text.index("Not replaced in time") < text.index("Needs you now") < text.index("Open claims")
    ReversalEvent.objects.filter(pk=event.pk).update(outcome="lifted")
    assertNotContains(client_of("reviewer").get(address), "Not replaced in time")
