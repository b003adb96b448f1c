"""Forms of the officials' pages about units. Rules of the domain are said by its services, not here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from crispy_forms.layout import LayoutObject
from django import forms
from django.core.validators import MaxValueValidator
from django.utils.translation import gettext_lazy as _

from portal.official.forms import long_text
from portal.ui.forms import DayInput, PortalForm, side_by_side
from portal.ui.uploads import UploadField, UploadForm
from verification.claims.enums import AdjustmentState, PreCheckOutcome, ReversalKind, ReversalOutcome
from verification.claims.services.unit_events import ReversalDetails

LONGEST_REASON = 300
WITHIN_BOUNDS = MaxValueValidator(2**63 - 1)
"""Serial numbers are kept in 64 bits. As a bound of the field, browsers would widen its box to so many digits."""


class BlockFilterForm(forms.Form):
    """Filters above the blocks of a claim; what does not fit is ignored."""

    found = forms.ChoiceField(label=_("Findings"), required=False)
    registry = forms.ChoiceField(label=_("Registry"), required=False)

    def __init__(self, *args: Any, families: Iterable[tuple[str, str]], codes: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["found"]).choices = [
            ("", _("All blocks")),
            ("any", _("With findings")),
            ("open", _("That need an answer")),
            *((code, code) for code in codes),
        ]
        cast(forms.ChoiceField, self.fields["registry"]).choices = [("", _("All registries")), *families]
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-select"

    def chosen(self, name: str) -> str:
        """The filter's value, empty where nothing fit."""
        self.is_valid()
        return self.cleaned_data.get(name, "")


class AcceptanceForm(PortalForm, forms.Form):
    """What the reviewer would accept of one block."""

    position = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    quantity = forms.IntegerField(
        label=_("Units accepted, the first of the block"),
        required=False,
        min_value=0,
        validators=[WITHIN_BOUNDS],
        help_text=_("Empty leaves it to the limit. The rest goes back to the claimant."),
    )
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Needed where less than the block is accepted. The claimant reads it."),
    )


class CodeAcceptanceForm(PortalForm, forms.Form):
    """The same answer for every block that has a finding of one code."""

    code = forms.ChoiceField(label=_("Blocks with a finding of"))
    reason = forms.CharField(
        label=_("Reason"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The claimant reads it beside each block."),
    )

    def __init__(self, *args: Any, codes: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["code"]).choices = [(code, code) for code in codes]


class PreCheckAnswerForm(PortalForm, forms.Form):
    """An official's answer in advance."""

    outcome = forms.ChoiceField(label=_("Answer"), widget=forms.RadioSelect, choices=PreCheckOutcome.choices)
    text = long_text(
        _("What would be accepted, and why"),
        help_text=_("The claimant reads it before it retires anything. It binds nobody."),
        rows=4,
    )


class RegistryExportForm(UploadForm, forms.Form):
    """A registry's public export, as it was fetched."""

    file = UploadField(label=_("The registry’s own file (.csv)"))
    fetched_on = forms.DateField(
        label=_("Fetched on"), widget=DayInput(), help_text=_("The day on which the registry gave it out.")
    )


class ReversalForm(PortalForm, forms.Form):
    """Something happened to accepted units."""

    kind = forms.ChoiceField(label=_("What happened"), choices=ReversalKind.choices)
    first = forms.IntegerField(label=_("First number struck"), min_value=0, validators=[WITHIN_BOUNDS])
    last = forms.IntegerField(label=_("Last number struck"), min_value=0, validators=[WITHIN_BOUNDS])
    effective_on = forms.DateField(label=_("From"), widget=DayInput())
    replacement_due_on = forms.DateField(
        label=_("To be replaced by"),
        widget=DayInput(),
        help_text=_("Until it is closed, these units cannot be used. The claimant is told the day."),
    )
    source = forms.CharField(
        label=_("Where it is published"), max_length=LONGEST_REASON, help_text=_("The notice, with its date or number.")
    )

    def layout(self) -> list[LayoutObject | str]:
        return [
            "kind",
            side_by_side("first", "last"),
            side_by_side("effective_on", "replacement_due_on"),
            "source",
        ]

    @property
    def details(self) -> ReversalDetails:
        return ReversalDetails(**{**self.cleaned_data, "kind": ReversalKind(self.cleaned_data["kind"])})


class ReversalCloseForm(PortalForm, forms.Form):
    outcome = forms.ChoiceField(
        label=_("Outcome"),
        widget=forms.RadioSelect,
        choices=[choice for choice in ReversalOutcome.choices if choice[0] in ("lifted", "revoked")],
        help_text=_("Replaced units close the event by themselves, when the claim that replaces them is approved."),
    )
    reason = long_text(_("Reason"), rows=2)


class AdjustmentForm(PortalForm, forms.Form):
    """What became known of the host country's corresponding adjustment."""

    state = forms.ChoiceField(label=_("State"), choices=AdjustmentState.choices)
    known_on = forms.DateField(label=_("Known on"), widget=DayInput())
    source = forms.CharField(
        label=_("Where it is published"),
        max_length=LONGEST_REASON,
        help_text=_("For example the country’s annual information, with its year."),
    )
