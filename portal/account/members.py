"""Who acts for an organisation: seen by its members, changed by its managers."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.account.forms import MemberForm
from portal.ui.access import signed_in
from portal.ui.actors import actor_of
from portal.ui.throttle import is_within_limit
from verification.audit.actors import Actor
from verification.kernel.errors import InvalidInput, NotAllowed
from verification.registry.enums import MembershipRole
from verification.registry.models import Organisation
from verification.registry.selectors import manages, memberships_for, organisations_for
from verification.registry.services import add_member, end_membership

ADDITIONS_PER_MINUTE = 10


@signed_in
@require_safe
def members(request: HttpRequest, pk: object) -> HttpResponse:
    """The members and their roles; for managers also the form that adds one."""
    actor = actor_of(request)
    return _page(request, actor, get_object_or_404(organisations_for(actor), pk=pk), MemberForm())


@signed_in
@require_POST
def member_add(request: HttpRequest, pk: object) -> HttpResponse:
    """Let the person with this account act for the organisation.

    The answer tells whether an address has an account, so it is given to managers only and not
    often a minute.
    """
    actor = actor_of(request)
    organisation = get_object_or_404(organisations_for(actor), pk=pk)
    _demand_manager(actor, organisation)
    form = MemberForm(request.POST)
    if not is_within_limit(request, f"member_add:{actor.id}", per_minute=ADDITIONS_PER_MINUTE):
        form.add_error(None, _("These are many in a short time. Wait a minute, then go on."))
    elif form.is_valid():
        person, role = form.cleaned_data["email"], MembershipRole(form.cleaned_data["role"])
        try:
            add_member(organisation, person, role, actor=actor)
        except InvalidInput as refusal:
            form.add_problems(refusal)
        else:
            words = _("%(person)s acts for %(organisation)s now.")
            messages.success(request, words % {"person": person, "organisation": organisation})
            return redirect("account:members", pk=pk)
    return _page(request, actor, organisation, form)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def member_end(request: HttpRequest, pk: object, membership_pk: int) -> HttpResponse:
    """Asks once more, then ends the membership at once."""
    actor = actor_of(request)
    organisation = get_object_or_404(organisations_for(actor), pk=pk)
    membership = get_object_or_404(memberships_for(actor, organisation.pk), pk=membership_pk)
    _demand_manager(actor, organisation)
    is_own = str(membership.user_id) == actor.id
    if request.method == "POST":
        end_membership(membership, actor=actor)
        words = _("%(person)s no longer acts for %(organisation)s.")
        messages.success(request, words % {"person": membership.user, "organisation": organisation})
        return redirect("account:profile") if is_own else redirect("account:members", pk=pk)
    context = {"organisation": organisation, "membership": membership, "is_own": is_own}
    return render(request, "account/member_end.html", context)


def _demand_manager(actor: Actor, organisation: Organisation) -> None:
    if not manages(actor, organisation):
        raise NotAllowed(_("Only a manager of the organisation changes who acts for it."))


def _page(request: HttpRequest, actor: Actor, organisation: Organisation, form: MemberForm) -> HttpResponse:
    memberships = list(memberships_for(actor, organisation.pk))
    managers = [each for each in memberships if each.role == MembershipRole.MANAGER]
    context = {
        "organisation": organisation,
        "memberships": memberships,
        "is_manager": manages(actor, organisation),
        "last_manager": managers[0] if len(managers) == 1 else None,
        "form": form,
    }
    return render(request, "account/members.html", context)
