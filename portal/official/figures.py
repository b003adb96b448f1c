"""The numbers above the queue. One question to the database for all of them; each count stops."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from django.db.models import IntegerField, QuerySet, Subquery
from django.utils.translation import gettext as _

from portal.official.queue import UNTAKEN, due_within, late, sunday_of
from verification.accounts.models import User
from verification.audit.actors import Actor
from verification.claims.models import PreCheck
from verification.claims.selectors import open_claims, reversals_overdue_on
from verification.database.kept import Given, Kept
from verification.kernel import clock

MOST_COUNTED = 1_000
MOST_PRE_CHECKS = 100


class Counted(Subquery):
    """How many rows the query finds, as a value beside others. It has to be sliced: what is counted is bounded."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()


@dataclass(frozen=True)
class Counts:
    """Claims nobody took, claims that officials owe this week and owed before, requests for an advance answer,
    events whose units were not replaced in time."""

    untaken: int
    this_week: int
    late: int
    pre_checks: int
    overdue: int


def counts_for(actor: Actor, most_overdue: int) -> Counts:
    """For officials; others wait for nothing."""
    if not actor.is_official:
        return Counts(0, 0, 0, 0, 0)
    today = clock.today()
    [found] = _counted(most_overdue).rows(person=int(actor.id), today=today, sunday=sunday_of(today))
    return Counts(**found)


@cache
def _counted(most_overdue: int) -> Kept[dict[str, int]]:
    waiting, today = open_claims().order_by(), Given("today")
    asked = {
        "untaken": _first(waiting.filter(state__in=UNTAKEN), MOST_COUNTED + 1),
        "this_week": _first(due_within(waiting, today, Given("sunday")), MOST_COUNTED + 1),
        "late": _first(late(waiting, today), MOST_COUNTED + 1),
        "pre_checks": _first(PreCheck.objects.filter(answered_at=None).order_by(), MOST_PRE_CHECKS),
        "overdue": _first(reversals_overdue_on(today).order_by(), most_overdue),
    }
    counted = {name: Counted(rows) for name, rows in asked.items()}
    return Kept(lambda: User.objects.filter(pk=Given("person")).values(**counted))


def figures(counts: Counts, needing: str) -> list[dict[str, str]]:
    """The four numbers on top."""
    return [
        {"label": _("Need you now"), "value": needing},
        {"label": _("Not taken"), "value": _up_to_most(counts.untaken)},
        {"label": _("Due this week"), "value": _up_to_most(counts.this_week)},
        {"label": _("Past the date"), "value": _up_to_most(counts.late)},
    ]


def _first(rows: QuerySet, most: int) -> QuerySet:
    return rows.values("pk")[:most]


def _up_to_most(count: int) -> str:
    return f"{count:,}" if count <= MOST_COUNTED else f"{MOST_COUNTED:,}+"
