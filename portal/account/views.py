"""Profile, where to go after sign-in, and the second factor at sign-in."""

from __future__ import annotations

from typing import Any, cast

from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.account.forms import ProfileForm
from portal.ui.navigation import home_of
from portal.ui.second_factor import has_second_factor, needs_second_factor
from verification.accounts.models import User
from verification.accounts.services import rename_user
from verification.registry.selectors import actor_for, organisations_for


class SecondFactorView(AuthenticateView):
    """The second step of sign-in; knows who is about to be signed in."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        person = self.stage.login.user
        passkeys = Authenticator.objects.filter(user=person, type=Authenticator.Type.WEBAUTHN)
        return {**super().get_context_data(**kwargs), "person": person, "has_passkey": passkeys.exists()}


@login_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Where this person's work starts; the profile while they belong nowhere."""
    person = cast(User, request.user)
    return redirect(home_of(person) or "account:profile")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """Name, ways to sign in, and the organisations the person acts for."""
    person = cast(User, request.user)
    actor = actor_for(person)
    form = ProfileForm(request.POST or None, initial={"full_name": person.full_name})
    if request.method == "POST" and form.is_valid():
        rename_user(person, form.cleaned_data["full_name"], actor=actor)
        messages.success(request, _("Your name was saved."))
        return redirect("account:profile")
    authenticators = Authenticator.objects.filter(user=person).order_by("created_at")
    context = {
        "form": form,
        "totp": next((a for a in authenticators if a.type == Authenticator.Type.TOTP), None),
        "passkeys": [a for a in authenticators if a.type == Authenticator.Type.WEBAUTHN],
        "recovery_codes": next((a for a in authenticators if a.type == Authenticator.Type.RECOVERY_CODES), None),
        "needs_second_factor": needs_second_factor(person),
        "organisations": organisations_for(actor),
        "appointments": person.appointments.filter(valid_to=None).order_by("valid_from"),
    }
    return render(request, "account/profile.html", context)


@login_required
@require_safe
def second_factor_needed(request: HttpRequest) -> HttpResponse:
    """Why this person must set up a second factor first, and the two ways to do it."""
    if has_second_factor(request.user):
        return redirect("account:home")
    return render(request, "account/second_factor_needed.html")
