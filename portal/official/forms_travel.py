"""What an official asks about the past. It travels in the address, so that an answer can be kept and asked again."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.ui.forms import DayInput, PortalForm, section, side_by_side
from verification.determination.engine import Question
from verification.determination.services import question_for
from verification.kernel import clock
from verification.kernel.errors import InvalidInput
from verification.reference.selectors import known_schemes, published_release


class TravelForm(PortalForm, forms.Form):
    """A claim by its number, or a good; and the day."""

    known_on = forms.DateField(label=_("As known on"), widget=DayInput(), help_text=_("At the end of that day, UTC."))
    number = forms.CharField(
        label=_("Number of a claim or certificate"), required=False, max_length=40, help_text=_("Or name a good below.")
    )
    scheme = forms.ChoiceField(label=_("Scheme"), required=False)
    good = forms.CharField(label=_("Customs code"), required=False, max_length=14)
    origin = forms.CharField(
        label=_("Country of origin"), required=False, max_length=2, help_text=_("Two letters, for example TR.")
    )
    installation = forms.CharField(label=_("Installation"), required=False, max_length=20)
    legal_date = forms.DateField(label=_("Date of import"), required=False, widget=DayInput())
    route = forms.CharField(label=_("Production route"), required=False, max_length=80)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["scheme"]).choices = [
            (code, published_release(code).definition.get("short_name", code)) for code in known_schemes()
        ]

    def layout(self) -> list[Any]:
        return [
            side_by_side("known_on", "number"),
            section(
                _("A good"),
                side_by_side("scheme", "good", "origin"),
                side_by_side("installation", "legal_date", "route"),
            ),
        ]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("known_on") and found["known_on"] > clock.today():
            self.add_error("known_on", _("This day has not come yet."))
        if bool(found.get("number")) == bool(found.get("good")):
            self.add_error("number", _("Name either a number or a good."))
        if found.get("good") and not found.get("origin"):
            self.add_error("origin", _("A good is asked for with its origin."))
        if found.get("good") and not self.errors:
            try:
                found["question"] = self._question(found)
            except InvalidInput as refusal:
                self.add_problems(refusal)
        return found

    @property
    def known_at(self) -> datetime:
        """The end of the day; of today, this instant."""
        return min(datetime.combine(self.cleaned_data["known_on"], time.max, tzinfo=UTC), clock.now())

    def _question(self, found: dict[str, Any]) -> Question:
        return question_for(
            found["scheme"],
            found["good"],
            found["origin"],
            legal_date=found["legal_date"],
            known_at=min(datetime.combine(found["known_on"], time.max, tzinfo=UTC), clock.now()),
            installation=found["installation"],
            route=found["route"],
        )
