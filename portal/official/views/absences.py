"""When officials are away, and who stands in for them."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from portal.official.access import official_only
from portal.official.forms_queue import AbsenceForm
from portal.ui.actors import actor_of
from portal.ui.forms import posted
from verification.accounts.enums import OfficialRole
from verification.accounts.models import Absence, User
from verification.audit.actors import Actor
from verification.kernel import clock
from verification.kernel.errors import Conflict, InvalidInput
from verification.registry.selectors import absences_for, officials_with_role
from verification.registry.services.absences import cancel_absence, record_absence

MOST_SHOWN = 100


@official_only
@require_http_methods(["GET", "HEAD", "POST"])
def absences(request: HttpRequest) -> HttpResponse:
    """One's own; for a head of team those of all officials."""
    actor = actor_of(request)
    is_lead = actor.has_role(OfficialRole.LEAD)
    colleagues = _officials()
    people = colleagues if is_lead else colleagues.filter(pk=actor.id)
    form = AbsenceForm(posted(request), people=people, colleagues=colleagues, initial={"person": actor.id})
    if request.method == "POST" and form.is_valid():
        try:
            record_absence(form.cleaned_data["person"], actor=actor, terms=form.terms)
        except InvalidInput as refusal:
            form.add_problems(refusal)
        else:
            messages.success(request, _("The absence is recorded."))
            return redirect("official:absences")
    coming = absences_for(actor).filter(ends_on__gt=clock.today())[:MOST_SHOWN]
    return render(request, "official/absences.html", {"form": form, "absences": coming, "is_lead": is_lead})


@official_only
@require_POST
def absence_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    absence = get_object_or_404(_cancellable(actor), pk=pk)
    try:
        cancel_absence(absence, actor=actor)
    except Conflict as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The absence is cancelled."))
    return redirect("official:absences")


def _cancellable(actor: Actor) -> QuerySet[Absence]:
    own = absences_for(actor)
    return own if actor.has_role(OfficialRole.LEAD) else own.filter(user_id=actor.id)


def _officials() -> QuerySet[User]:
    keys = Q()
    for role in (OfficialRole.REVIEWER, OfficialRole.APPROVER):
        keys |= Q(pk__in=officials_with_role(role).values("pk"))
    return User.objects.filter(keys).order_by("full_name")
