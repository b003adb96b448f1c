"""The statement in the structure of the verification report (Implementing Regulation (EU) 2025/2546, Annex)."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import LayoutObject
from django import forms
from django.utils.translation import gettext_lazy as _

from portal.ui.forms import CodeInput, DayInput, PortalForm, section, side_by_side
from portal.ui.uploads import UploadField, UploadForm
from verification.claims.enums import Assurance, Opinion, VisitKind
from verification.claims.services.verification import StatementDetails
from verification.registry.models import Accreditation

LONG = {"rows": 3}
NOT_DETAILS = frozenset({"report", "kept_report", "accreditation", "code"})


def long_text(label: Any, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, required=False, max_length=5000, widget=forms.Textarea(attrs=LONG)
    )


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
    materiality_percent = forms.DecimalField(
        label=_("Materiality applied, per cent"),
        min_value=0,
        max_value=100,
        max_digits=5,
        decimal_places=2,
        initial=5,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    visit_kind = forms.ChoiceField(label=_("Site visit"), choices=VisitKind.choices)
    visit_started_on = forms.DateField(label=_("First day of the visit"), required=False, widget=DayInput())
    visit_ended_on = forms.DateField(label=_("Last day of the visit"), required=False, widget=DayInput())
    visit_ground = long_text(_("Ground for no physical visit"))
    corrected_misstatements = long_text(_("Misstatements that were corrected"))
    uncorrected_misstatements = long_text(_("Misstatements that were not corrected"))
    non_conformities = long_text(_("Non-conformities"))
    recommendations = long_text(_("Recommendations for improvement"))
    lead_auditor = forms.CharField(label=_("Lead auditor"), max_length=200)
    independent_reviewer = forms.CharField(
        label=_("Independent reviewer"), max_length=200, help_text=_("A person who took no part in the audit.")
    )
    technical_expert = forms.CharField(label=_("Technical expert"), max_length=200, required=False)
    report_number = forms.CharField(label=_("Number of the report"), max_length=60)
    report_dated_on = forms.DateField(label=_("Date of the report"), widget=DayInput())
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
            section(_("Opinion"), "opinion", side_by_side("assurance", "materiality_percent")),
            section(_("Site visit"), "visit_kind", side_by_side("visit_started_on", "visit_ended_on"), "visit_ground"),
            section(
                _("What was found"), "corrected_misstatements", "uncorrected_misstatements", "non_conformities",
                "recommendations",
            ),
            section(_("Team"), "lead_auditor", "independent_reviewer", "technical_expert"),
            section(
                _("Report"), side_by_side("report_number", "report_dated_on"), "report", "accreditation"
            ),
            section(_("Signature"), *sign),
        ]  # fmt: skip

    @property
    def details(self) -> StatementDetails:
        return StatementDetails(**{key: value for key, value in self.cleaned_data.items() if key not in NOT_DETAILS})


class DeclineForm(PortalForm, forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The producer reads it."),
    )
