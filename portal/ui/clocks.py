"""The officials' clock of a claim in words, colour and shape: the same in the queue and on the claim's page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Protocol

from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from verification.claims.clocks import Clock, Passage, Tone, read_clock
from verification.claims.models import Claim, Step
from verification.database.kept import Given, Kept
from verification.kernel import clock as product_clock
from verification.reference.selectors import Procedure, procedure_of, releases_read_once

SHAPES = {
    Tone.ON_TIME: "open",
    Tone.SOON: "act",
    Tone.LATE: "stop",
    Tone.STOPPED: "wait",
    Tone.DONE: "past",
}
STEPS = Kept(
    lambda: (
        Step.objects.filter(claim__in=Given("claims"))
        .order_by("claim_id", "claim_version")
        .values_list("claim_id", "at", "to_state")
    )
)


@dataclass(frozen=True)
class ShownClock:
    """What ``components/clock.html`` draws. ``word`` never stands on the colour alone; ``note`` says the day."""

    tone: str
    shape: str
    word: str
    note: str
    on: date | None


class Timed(Protocol):
    """A claim, or what a list knows of it."""

    @property
    def pk(self) -> Any: ...

    @property
    def scheme(self) -> str: ...


def clocks_of(claims: Iterable[Timed]) -> dict[Any, ShownClock]:
    """The clocks of all of them by the claim's key; one query for their steps, one for the releases of the schemes."""
    found = list(claims)
    passages: dict[Any, list[Passage]] = defaultdict(list)
    for claim_id, at, state in STEPS.rows(claims=[claim.pk for claim in found]):
        passages[claim_id].append(Passage(at.date(), state))
    schemes = {claim.scheme for claim in found}
    with releases_read_once(*schemes):
        procedures: Mapping[str, Procedure] = {scheme: procedure_of(scheme) for scheme in schemes}
    today = product_clock.today()
    return {
        claim.pk: shown(read_clock(passages[claim.pk], today, procedures[claim.scheme]))
        for claim in found
        if passages[claim.pk]
    }


def clock_of(claim: Claim, steps: Iterable[Step]) -> ShownClock | None:
    """``steps`` of the claim, the oldest first; ``None`` for a claim that nobody has sent yet."""
    passages = [Passage(step.at.date(), step.to_state) for step in steps]
    return shown(read_clock(passages, product_clock.today(), procedure_of(claim.scheme))) if passages else None


def shown(clock: Clock) -> ShownClock:
    return _shown(clock, get_language())


@lru_cache(maxsize=4_096)
def _shown(clock: Clock, _language: str | None) -> ShownClock:
    """The claims of a list stand at the same few days."""
    word, note, on = _said(clock)
    return ShownClock(str(clock.tone), SHAPES[clock.tone], word, note, on)


def _said(clock: Clock) -> tuple[str, str, date | None]:
    if clock.tone == Tone.STOPPED:
        since = clock.stopped_on
        return _("stopped"), _("since %(day)s") % {"day": _day(since)}, since
    if clock.tone == Tone.DONE:
        days = ngettext("%(n)s working day", "%(n)s working days", clock.used_days) % {"n": clock.used_days}
        return _("done"), _("in %(days)s") % {"days": days}, None
    if clock.tone == Tone.LATE:
        over = -clock.left_days
        if over == 0:
            return _("over"), _("was %(day)s") % {"day": _day(clock.due_on)}, clock.due_on
        word = ngettext("%(n)s working day over", "%(n)s working days over", over) % {"n": over}
        return word, _("was %(day)s") % {"day": _day(clock.due_on)}, clock.due_on
    if clock.left_days == 0:
        return _("today"), _day(clock.due_on), clock.due_on
    word = ngettext("%(n)s working day left", "%(n)s working days left", clock.left_days) % {"n": clock.left_days}
    return word, _("by %(day)s") % {"day": _day(clock.due_on)}, clock.due_on


def _day(day: date | None) -> str:
    return date_format(day, "j M Y") if day else ""
