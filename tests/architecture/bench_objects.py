"""What stands in the addresses of pages for the officials' own work."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from portal.ui.demonstration import person
from tests.factories.screening import screened_list
from verification.accounts.models import Absence, User
from verification.audit.actors import Actor
from verification.certificates.models import IssuingBatch
from verification.certificates.services.batch import start_batch
from verification.claims.models import Claim, SavedView, ScreeningList
from verification.claims.services.bench import save_view
from verification.kernel import clock
from verification.registry.selectors import actor_for
from verification.registry.services.absences import AbsenceTerms, record_absence


def _user(key: str) -> User:
    return User.objects.get(email=person(key).email)


def _saved_view() -> dict[str, object]:
    view = SavedView.objects.first() or save_view(actor=actor_for(_user("reviewer")), name="Units", query="kind=units")
    return {"pk": view.pk}


def _screening_list() -> dict[str, object]:
    recommended = Claim.objects.get(installation__city="Gebze")
    return {"pk": (ScreeningList.objects.first() or screened_list(recommended)).pk}


def _absence() -> dict[str, object]:
    reviewer, today = _user("reviewer"), clock.today()
    terms = AbsenceTerms(substitute=_user("lead"), starts_on=today, ends_on=today + timedelta(days=7))
    absence = Absence.objects.first() or record_absence(reviewer, actor=actor_for(reviewer), terms=terms)
    return {"pk": absence.pk}


def _issuing_batch() -> dict[str, object]:
    standing = IssuingBatch.objects.first()
    return {"pk": (standing or start_batch(actor=Actor.system(), scheme="eu-cbam", year=clock.today().year)).pk}


BENCH_OBJECTS: dict[str, Callable[[], dict[str, object]]] = {
    "saved_view": _saved_view,
    "screening_list": _screening_list,
    "absence": _absence,
    "issuing_batch": _issuing_batch,
}
