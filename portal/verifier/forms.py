"""Answers to an invitation, and the signature (Implementing Regulation (EU) 2025/2546, Annex, 2.6)."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import LayoutObject
from django import forms
from django.utils.translation import gettext_lazy as _

from portal.ui.forms import CodeInput, DayInput, PortalForm, section, side_by_side
from portal.ui.uploads import UploadField, UploadForm
from verification.claims.enums import Assurance, Opinion
from verification.kernel.errors import InvalidInput
from verification.registry.models import Accreditation


class StatementForm(UploadForm, forms.Form):
    """What the verifier signs. An uploaded report is kept while other fields are corrected."""

    upload_field = "report"

    opinion = forms.ChoiceField(label=_("Opinion"), choices=Opinion.choices, widget=forms.RadioSelect)
    assurance = forms.ChoiceField(
        label=_("Level of assurance"),
        choices=Assurance.choices,
        initial=Assurance.REASONABLE,
        help_text=_("A value can only replace the default with reasonable assurance."),
    )
    report_number = forms.CharField(label=_("Number of the report"), max_length=60)
    report_dated_on = forms.DateField(
        label=_("Date of the report"),
        widget=DayInput(),
        help_text=_("The date of your opinion. Your accreditation must hold on it, and today."),
    )
    report = UploadField(label=_("Verification report (PDF)"))
    kept_report = forms.UUIDField(required=False, widget=forms.HiddenInput)
    accreditation = forms.ModelChoiceField(
        queryset=Accreditation.objects.none(), label=_("Accreditation"), empty_label=_("Choose")
    )
    code = forms.CharField(
        label=_("Six digits from your authenticator"), max_length=11, required=False, widget=CodeInput()
    )
    seen_sha256 = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, accreditations: list[Accreditation], asks_code: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asks_code = asks_code
        field = self.fields["accreditation"]
        field.queryset = Accreditation.objects.filter(pk__in=[each.pk for each in accreditations])
        if len(accreditations) == 1:
            field.initial = accreditations[0]
        self.fields["report"].required = not self.data.get("kept_report")
        if asks_code:
            self.fields["code"].required = True
        else:
            del self.fields["code"]

    def layout(self) -> list[LayoutObject | str]:
        sign = ["seen_sha256", "kept_report", *(["code"] if self.asks_code else [])]
        return [
            section(_("Opinion"), "opinion", "assurance"),
            section(
                _("Report"), side_by_side("report_number", "report_dated_on"), "report", "accreditation"
            ),
            section(_("Signature"), *sign),
        ]  # fmt: skip

    def add_refusal(self, refusal: InvalidInput) -> None:
        """Why nothing was signed: beside the field, or on top for what other pages ask."""
        PortalForm.add_problems(self, refusal)


class AcceptForm(PortalForm, forms.Form):
    declaration = forms.BooleanField(
        label=_("I declare this for the verifier"),
        required=False,
    )


class DeclineForm(PortalForm, forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The producer reads it."),
    )
