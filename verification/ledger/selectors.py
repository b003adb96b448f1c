"""Reading accounts. A party sees its own; officials see all."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet, Sum

from verification.audit.actors import Actor
from verification.database.kept import Given, Kept
from verification.ledger.enums import EntryKind
from verification.ledger.models import UnitAccount, UnitEntry
from verification.registry.models import Organisation


def accounts_for(actor: Actor) -> QuerySet[UnitAccount]:
    accounts = UnitAccount.objects.select_related("organisation")
    return accounts if actor.is_official else accounts.filter(organisation_id__in=actor.organisation_ids)


def account_of(organisation: Organisation, scheme: str, period_start: date) -> UnitAccount | None:
    """The account of a party's period. The caller has checked that it may be seen."""
    return ACCOUNT.first(organisation=organisation.pk, scheme=scheme, period_start=period_start)


ACCOUNT = Kept(
    lambda: UnitAccount.objects.filter(
        organisation_id=Given("organisation"), scheme=Given("scheme"), period_start=Given("period_start")
    )
)


def earlier_accounts(organisation: Organisation, scheme: str, before: date) -> list[UnitAccount]:
    """Accounts of earlier periods, the oldest first."""
    return EARLIER_ACCOUNTS.rows(organisation=organisation.pk, scheme=scheme, before=before)


EARLIER_ACCOUNTS = Kept(
    lambda: UnitAccount.objects.filter(
        organisation_id=Given("organisation"), scheme=Given("scheme"), period_start__lt=Given("before")
    ).order_by("period_start")
)


def counted_by_class(account: UnitAccount, *, but: str = "") -> dict[str, int]:
    """Tonnes that take room of the limit, by class of units; without those of the claim with the number ``but``."""
    found: dict[str, int] = {}
    for unit_class, kind, total in COUNTED.rows(account=account.pk, but=but):
        sign = 1 if kind == EntryKind.CREDITED else -1
        found[unit_class] = found.get(unit_class, 0) + sign * total
    return found


COUNTED = Kept(
    lambda: (
        UnitEntry.objects.filter(account_id=Given("account"), kind__in=(EntryKind.CREDITED, EntryKind.LOST))
        .exclude(reference=Given("but"))
        .values_list("unit_class", "kind")
        .annotate(total=Sum("tonnes"))
        .order_by("unit_class", "kind")
    )
)
