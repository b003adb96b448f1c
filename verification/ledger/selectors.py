"""Reading accounts. A party sees its own; officials see all."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet, Sum

from verification.audit.actors import Actor
from verification.ledger.enums import EntryKind
from verification.ledger.models import UnitAccount, UnitEntry
from verification.registry.models import Organisation


def accounts_for(actor: Actor) -> QuerySet[UnitAccount]:
    accounts = UnitAccount.objects.select_related("organisation")
    return accounts if actor.is_official else accounts.filter(organisation_id__in=actor.organisation_ids)


def account_of(organisation: Organisation, scheme: str, period_start: date) -> UnitAccount | None:
    """The account of a party's period. The caller has checked that it may be seen."""
    return UnitAccount.objects.filter(organisation=organisation, scheme=scheme, period_start=period_start).first()


def earlier_accounts(organisation: Organisation, scheme: str, before: date) -> list[UnitAccount]:
    """Accounts of earlier periods, the oldest first."""
    found = UnitAccount.objects.filter(organisation=organisation, scheme=scheme, period_start__lt=before)
    return list(found.order_by("period_start"))


def counted_by_class(account: UnitAccount, *, but: str = "") -> dict[str, int]:
    """Tonnes that take room of the limit, by class of units; without those of the claim with the number ``but``."""
    entries = UnitEntry.objects.filter(account=account, kind__in=(EntryKind.CREDITED, EntryKind.LOST))
    sums = entries.exclude(reference=but).values("unit_class", "kind").annotate(total=Sum("tonnes"))
    found: dict[str, int] = {}
    for row in sums.order_by("unit_class", "kind"):
        sign = 1 if row["kind"] == EntryKind.CREDITED else -1
        found[row["unit_class"]] = found.get(row["unit_class"], 0) + sign * row["total"]
    return found
