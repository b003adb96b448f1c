"""One thing that waits for a person: every home page begins with a list of these."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from verification.kernel import clock


@dataclass(frozen=True)
class ToDo:
    """What, where, why; ``due_on`` where a day ends it, else ``at``, since when it waits.

    ``shape`` and ``word`` are those of a status.
    """

    title: str
    address: str
    detail: str = ""
    due_on: date | None = None
    shape: str = "act"
    word: str = ""
    at: datetime | None = None

    @property
    def days_left(self) -> str:
        """In words; empty where no day ends it."""
        if self.due_on is None:
            return ""
        left = (self.due_on - clock.today()).days
        if left < 0:
            return _("The day is over")
        return ngettext("%(n)s day left", "%(n)s days left", left) % {"n": left}
