"""Messages to the signed-in person: unread first, and how they are delivered."""

from __future__ import annotations

from typing import Any, cast

from crispy_forms.layout import LayoutObject
from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.ui.access import signed_in
from portal.ui.actors import actor_of
from portal.ui.forms import PortalForm, posted
from portal.ui.pagination import keyset_page
from verification.accounts.models import User
from verification.notifications.enums import Category, Delivery
from verification.notifications.selectors import notices_of, settings_of, unread_count, unread_first
from verification.notifications.services import mark_read, save_settings

PAGE_SIZE = 25


class NoticeFilterForm(forms.Form):
    """What does not fit is ignored."""

    category = forms.ChoiceField(
        label=gettext_lazy("What"), required=False, choices=[("", gettext_lazy("Every message")), *Category.choices]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].widget.attrs["class"] = "form-select"

    @property
    def chosen(self) -> str:
        self.is_valid()
        return self.cleaned_data.get("category", "")


class NoticeSettingsForm(PortalForm, forms.Form):
    """One choice per category; the language where the portal speaks more than one."""

    to_do = forms.ChoiceField(
        label=gettext_lazy("Something to do"),
        choices=Delivery.choices,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("Questions, invitations, claims that wait for you."),
    )
    decision = forms.ChoiceField(
        label=gettext_lazy("Decisions"),
        choices=Delivery.choices,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("Approvals, refusals, certificates."),
    )
    information = forms.ChoiceField(
        label=gettext_lazy("Good to know"), choices=Delivery.choices, widget=forms.RadioSelect
    )
    language = forms.ChoiceField(label=gettext_lazy("Language of the e-mails"), choices=settings.SIGNED_IN_LANGUAGES)

    def layout(self) -> list[LayoutObject | str]:
        return [*Category.values, *(["language"] if len(settings.SIGNED_IN_LANGUAGES) > 1 else [])]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(settings.SIGNED_IN_LANGUAGES) == 1:
            del self.fields["language"]


@signed_in
@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """Every message, unread ones first; only the person's own."""
    person = cast(User, request.user)
    filters = NoticeFilterForm(request.GET)
    rows = unread_first(person)
    if filters.chosen:
        rows = rows.filter(category=filters.chosen)
    page = keyset_page(
        rows, order=("is_read", "-created_at", "-id"), cursor=request.GET.get("cursor", ""), size=PAGE_SIZE
    )
    context = {"page": page, "filters": filters, "unread": unread_count(person)}
    return render(request, "account/notifications.html", context)


@signed_in
@require_POST
def notice_read(request: HttpRequest, pk: int) -> HttpResponse:
    person = cast(User, request.user)
    mark_read(person, get_object_or_404(notices_of(person), pk=pk).pk)
    return redirect("notifications:list")


@signed_in
@require_POST
def notices_read(request: HttpRequest) -> HttpResponse:
    count = mark_read(cast(User, request.user))
    words = ngettext("One message is marked as read.", "%(n)d messages are marked as read.", count)
    messages.success(request, words % {"n": count})
    return redirect("notifications:list")


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def notice_settings(request: HttpRequest) -> HttpResponse:
    person = cast(User, request.user)
    standing = settings_of(person)
    names = (*Category.values, "language")
    form = NoticeSettingsForm(posted(request), initial={name: getattr(standing, name) for name in names})
    if request.method == "POST" and form.is_valid():
        deliveries = {category: form.cleaned_data[category] for category in Category.values}
        language = form.cleaned_data.get("language", standing.language)
        save_settings(person, actor=actor_of(request), deliveries=deliveries, language=language)
        messages.success(request, _("Saved. It holds for messages from now on."))
        return redirect("notifications:settings")
    return render(request, "account/notification_settings.html", {"form": form, "person": person})
