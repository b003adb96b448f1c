"""Forms about what the verifier found."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.ui.forms import PortalForm
from verification.claims.services.verifier_findings import FindingDetails
from verification.claims.verification.words import FindingKind, FindingOutcome


class FindingForm(PortalForm, forms.Form):
    kind = forms.ChoiceField(label=_("Kind"), choices=FindingKind.choices)
    is_material = forms.BooleanField(
        label=_("It is material"),
        required=False,
        help_text=_("From 5 % of the specific embedded emissions of a customs code, or by your judgement."),
    )
    subject = forms.ChoiceField(label=_("About"), required=False)
    text = forms.CharField(label=_("What you found"), max_length=5000, widget=forms.Textarea(attrs={"rows": 5}))

    def __init__(self, *args: Any, subjects: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["subject"].choices = [("", _("The report as a whole")), *((each, each) for each in subjects)]

    @property
    def details(self) -> FindingDetails:
        return FindingDetails(**self.cleaned_data)


class ClosingForm(PortalForm, forms.Form):
    outcome = forms.ChoiceField(label=_("Outcome"), choices=FindingOutcome.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The producer reads it, and it stands in the report."),
    )
