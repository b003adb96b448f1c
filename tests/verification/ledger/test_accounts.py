"""The account of accepted units: entries are only added, and the database holds the sums within their bounds."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from tests.factories.organisations import make_organisation
from verification.audit.actors import Actor
from verification.kernel.errors import InvalidInput
from verification.ledger.models import UnitAccount, UnitEntry
from verification.ledger.selectors import accounts_for, counted_by_class, earlier_accounts
from verification.ledger.services import (
    AccountKey,
    Entitlement,
    credit_units,
    draw_units,
    lose_units,
    restore_units,
    return_units,
    suspend_units,
)
from verification.registry.selectors import actor_for

pytestmark = [pytest.mark.db, pytest.mark.django_db]
SYSTEM = Actor.system("test")
LIMIT = Entitlement("policy", 1_000, 200)


@pytest.fixture
def key() -> AccountKey:
    organisation, _ = make_organisation("Holder", is_importer=True)
    return AccountKey(organisation, "model-bca", date(2026, 1, 1), date(2027, 1, 1))


def credited(key: AccountKey, reference: str = "UC-1", **tonnes: int) -> UnitAccount:
    return credit_units(key, LIMIT, tonnes or {"a": 700}, reference=reference, actor=SYSTEM)


def test_balance_follows_every_entry(key: AccountKey) -> None:
    account = credited(key, a=700, b=300)
    account = draw_units(account, 400, reference="DEC-1", actor=SYSTEM)
    account = suspend_units(account, 100, reference="UC-1", note="event", actor=SYSTEM)
    account = restore_units(account, 40, reference="UC-1", note="unfounded", actor=SYSTEM)
    account = lose_units(account, 60, reference="UC-1", note="not replaced", actor=SYSTEM, unit_class="a")
    account = return_units(account, 50, reference="DEC-1", actor=SYSTEM)
    assert (account.credited_t, account.counted_t, account.available_t) == (1_000, 940, 590)
    assert list(account.entries.values_list("balance_t", flat=True)) == [700, 1_000, 600, 500, 540, 540, 590]
    assert counted_by_class(account) == {"a": 640, "b": 300}
    assert counted_by_class(account, but="UC-1") == {}


def test_limit_leaves_room_for_no_more(key: AccountKey) -> None:
    credited(key, a=1_200)
    with pytest.raises(InvalidInput) as refused:
        credited(key, reference="UC-2", a=1)
    assert refused.value.problems[0].code == "L-LIMIT"
    assert UnitEntry.objects.count() == 1


@pytest.mark.parametrize(
    "act",
    [
        lambda account: draw_units(account, 701, reference="D", actor=SYSTEM),
        lambda account: draw_units(account, 0, reference="D", actor=SYSTEM),
        lambda account: draw_units(account, -1, reference="D", actor=SYSTEM),
        lambda account: return_units(account, 1, reference="D", actor=SYSTEM),
        lambda account: restore_units(account, 1, reference="D", note="", actor=SYSTEM),
        lambda account: lose_units(account, 1, reference="D", note="", actor=SYSTEM),
        lambda account: suspend_units(account, 701, reference="D", note="", actor=SYSTEM),
    ],
)
def test_what_the_account_does_not_hold_cannot_move(key: AccountKey, act) -> None:
    account = credited(key)
    with pytest.raises(InvalidInput):
        act(account)
    account.refresh_from_db()
    assert (account.available_t, account.entries.count()) == (700, 1)


def test_database_refuses_what_bypasses_the_services(key: AccountKey) -> None:
    account = credited(key)
    for change in ({"credited_t": 1_201}, {"drawn_t": 701}, {"suspended_t": -1}):
        with pytest.raises(IntegrityError), transaction.atomic():
            UnitAccount.objects.filter(pk=account.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        account.entries.update(tonnes=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        account.entries.all()[0].delete()


def test_one_claim_is_credited_once(key: AccountKey) -> None:
    credited(key, a=100)
    with pytest.raises(IntegrityError), transaction.atomic():
        credited(key, a=100)


def test_a_party_sees_its_own_accounts(key: AccountKey) -> None:
    account = credited(key)
    _, stranger = make_organisation("Stranger", is_importer=True)
    assert not accounts_for(actor_for(stranger)).exists()
    owner = key.organisation.memberships.get().user
    assert list(accounts_for(actor_for(owner))) == [account]
    assert earlier_accounts(key.organisation, "model-bca", date(2027, 1, 1)) == [account]
    assert earlier_accounts(key.organisation, "model-bca", date(2026, 1, 1)) == []
