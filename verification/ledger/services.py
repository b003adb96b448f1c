"""The only writer of accounts and entries. Every movement is an entry, in the transaction of what caused it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import connection

from verification.audit.actors import Actor
from verification.audit.services import record_event
from verification.kernel import clock
from verification.kernel.errors import InvalidInput, Problem
from verification.ledger.enums import EntryKind
from verification.ledger.models import UnitAccount, UnitEntry
from verification.registry.models import Organisation

REFERENCE = "The scheme's limit policy for units"


@dataclass(frozen=True)
class AccountKey:
    """Whose account, in which scheme, for which period; ``period_end`` is the first day after it."""

    organisation: Organisation
    scheme: str
    period_start: date
    period_end: date


@dataclass(frozen=True)
class Entitlement:
    """The limit as a decision found it, in whole tonnes."""

    policy: str
    own_limit_t: int
    carried_t: int


def credit_units(
    key: AccountKey, entitlement: Entitlement, tonnes_by_class: Mapping[str, int], *, reference: str, actor: Actor
) -> UnitAccount:
    """Credit accepted units. Raises ``InvalidInput`` where the limit of the period has no room for all of them.

    The account is locked first, so that of two decisions at once each sees what the other has credited.
    """
    account = _locked(key, entitlement)
    tonnes = sum(tonnes_by_class.values())
    room = entitlement.own_limit_t + entitlement.carried_t - account.counted_t
    if tonnes > room:
        raise InvalidInput(
            "The units cannot be credited.",
            [
                Problem(
                    "block",
                    "L-LIMIT",
                    f"The limit of the period leaves room for {max(room, 0):,} t.",
                    "Accept fewer units; the rest stays with the claimant, not consumed.",
                    found=f"{tonnes:,} t",
                    expected=f"at most {max(room, 0):,} t",
                    reference=REFERENCE,
                )
            ],
        )
    account.policy = entitlement.policy
    account.own_limit_t, account.carried_t = entitlement.own_limit_t, entitlement.carried_t
    for unit_class, amount in sorted(tonnes_by_class.items()):
        if amount:
            _enter(account, EntryKind.CREDITED, amount, reference, actor, unit_class=unit_class)
    return account


def suspend_units(account: UnitAccount, tonnes: int, *, reference: str, note: str, actor: Actor) -> UnitAccount:
    """An event puts accepted units in doubt: until it is cleared they cannot be drawn."""
    return _enter(_relocked(account), EntryKind.SUSPENDED, tonnes, reference, actor, note=note)


def restore_units(account: UnitAccount, tonnes: int, *, reference: str, note: str, actor: Actor) -> UnitAccount:
    """The event was unfounded, or other units replace those that it struck."""
    return _enter(_relocked(account), EntryKind.RESTORED, tonnes, reference, actor, note=note)


def lose_units(
    account: UnitAccount, tonnes: int, *, reference: str, note: str, actor: Actor, unit_class: str = ""
) -> UnitAccount:
    """Suspended units are gone for good: not replaced in time, replaced by others, or their certificate revoked."""
    return _enter(_relocked(account), EntryKind.LOST, tonnes, reference, actor, unit_class=unit_class, note=note)


def draw_units(account: UnitAccount, tonnes: int, *, reference: str, actor: Actor) -> UnitAccount:
    """A declaration uses units. Raises ``InvalidInput`` for more than there are."""
    return _enter(_relocked(account), EntryKind.DRAWN, tonnes, reference, actor)


def return_units(account: UnitAccount, tonnes: int, *, reference: str, actor: Actor) -> UnitAccount:
    """A declaration that drew units is withdrawn or needs fewer."""
    return _enter(_relocked(account), EntryKind.RETURNED, tonnes, reference, actor)


_EFFECTS: dict[EntryKind, dict[str, int]] = {
    EntryKind.CREDITED: {"credited_t": 1},
    EntryKind.SUSPENDED: {"suspended_t": 1},
    EntryKind.RESTORED: {"suspended_t": -1},
    EntryKind.LOST: {"suspended_t": -1, "lost_t": 1},
    EntryKind.DRAWN: {"drawn_t": 1},
    EntryKind.RETURNED: {"drawn_t": -1},
}


def _enter(
    account: UnitAccount,
    kind: EntryKind,
    tonnes: int,
    reference: str,
    actor: Actor,
    *,
    unit_class: str = "",
    note: str = "",
) -> UnitAccount:
    for column, sign in _EFFECTS[kind].items():
        setattr(account, column, getattr(account, column) + sign * tonnes)
    if tonnes <= 0 or account.available_t < 0 or min(account.suspended_t, account.drawn_t) < 0:
        raise InvalidInput(
            f"{EntryKind(kind).label}: {tonnes:,} t is not possible.",
            [
                Problem(
                    "block",
                    "LED-001",
                    "The balance of units does not allow it.",
                    "Look at the account; use at most what it holds.",
                    found=f"{tonnes:,} t",
                    expected=f"what {account} holds",
                    reference=REFERENCE,
                )
            ],
        )
    account.save()
    entry = UnitEntry(
        account=account,
        kind=kind,
        tonnes=tonnes,
        unit_class=unit_class,
        reference=reference,
        note=note,
        balance_t=account.available_t,
        at=clock.now(),
        actor_id=actor.id or None,
        actor_label=actor.label,
    )
    entry.save(force_insert=True)
    record_event(
        f"ledger.units.{kind}",
        actor=actor,
        subject_type="unit_account",
        subject_id=account.pk,
        facts={"tonnes": tonnes, "class": unit_class, "reference": reference, "balance": account.available_t},
    )
    return account


def _locked(key: AccountKey, entitlement: Entitlement) -> UnitAccount:
    if not connection.in_atomic_block:
        raise RuntimeError("Units move inside the transaction of what moves them.")
    account, _ = UnitAccount.objects.select_for_update().get_or_create(
        organisation=key.organisation,
        scheme=key.scheme,
        period_start=key.period_start,
        defaults={
            "period_end": key.period_end,
            "policy": entitlement.policy,
            "own_limit_t": entitlement.own_limit_t,
            "carried_t": entitlement.carried_t,
        },
    )
    return account


def _relocked(account: UnitAccount) -> UnitAccount:
    if not connection.in_atomic_block:
        raise RuntimeError("Units move inside the transaction of what moves them.")
    return UnitAccount.objects.select_for_update().get(pk=account.pk)
