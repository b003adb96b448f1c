"""Forms of the queue: its filters, views that are kept, claims handled together, absences."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.official.forms import ClaimFilterForm, SignedForm, long_text
from portal.ui.forms import AlikeForm, DayInput, Pairs, PlainSelect, PortalForm
from verification.accounts.models import User
from verification.claims.enums import ClaimState
from verification.claims.services.bench import LONGEST_NAME
from verification.claims.workflow import OPEN_STATES
from verification.registry.services.absences import AbsenceTerms

Choices = Iterable[tuple[str, Any]]
COLLEAGUE = "colleague-"
OPEN = [(state.value, state.label) for state in ClaimState if state in OPEN_STATES]


class QueueFilterForm(ClaimFilterForm):
    """Filters above the queue."""

    state = forms.ChoiceField(
        label=_("Where it is"),
        required=False,
        widget=PlainSelect,
        choices=Pairs([("", _("Everything open")), ("untaken", _("Not taken")), *OPEN]),
    )
    who = forms.ChoiceField(label=_("Taken by"), required=False, widget=PlainSelect)
    due = forms.ChoiceField(
        label=_("Due"),
        required=False,
        widget=PlainSelect,
        choices=Pairs([("", _("Any day")), ("late", _("Past the date")), ("week", _("This week"))]),
    )
    scheme = forms.ChoiceField(label=_("Scheme"), required=False, widget=PlainSelect)
    country = forms.ChoiceField(label=_("Country"), required=False, widget=PlainSelect)

    def __init__(self, *args: Any, countries: Choices, schemes: Choices, colleagues: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer("country", [("", _("All countries")), *countries])
        self._offer("scheme", [("", _("Every scheme")), *schemes])
        self._offer(
            "who",
            [
                ("", _("Anyone")),
                ("me", _("Me")),
                ("nobody", _("Nobody")),
                ("away", _("People I stand in for")),
                *((f"{COLLEAGUE}{key}", name) for key, name in colleagues),
            ],
        )

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        cast(forms.ChoiceField, self.fields[name]).choices = Pairs(choices)


class SaveViewForm(AlikeForm, forms.Form):
    name = forms.CharField(label=_("Keep these filters as"), max_length=LONGEST_NAME)
    query = forms.CharField(required=False, widget=forms.HiddenInput)


class ReassignForm(PortalForm, forms.Form):
    """Several claims to one reviewer."""

    to = forms.ModelChoiceField(label=_("Give to"), queryset=User.objects.none(), empty_label=_("Choose a person"))
    reason = long_text(_("Why do they change hands?"), rows=2)

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ModelChoiceField, self.fields["to"]).queryset = people


class BatchSignForm(SignedForm):
    """One proof of the second factor for the decisions of one list."""


class AbsenceForm(PortalForm, forms.Form):
    person = forms.ModelChoiceField(label=_("Who is away"), queryset=User.objects.none(), empty_label=None)
    substitute = forms.ModelChoiceField(
        label=_("Who stands in"), queryset=User.objects.none(), empty_label=_("Choose a colleague")
    )
    starts_on = forms.DateField(label=_("First day away"), widget=DayInput())
    ends_on = forms.DateField(label=_("First day back"), widget=DayInput())

    def __init__(self, *args: Any, people: Any, colleagues: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ModelChoiceField, self.fields["person"]).queryset = people
        cast(forms.ModelChoiceField, self.fields["substitute"]).queryset = colleagues

    @property
    def terms(self) -> AbsenceTerms:
        said = self.cleaned_data
        return AbsenceTerms(substitute=said["substitute"], starts_on=said["starts_on"], ends_on=said["ends_on"])
