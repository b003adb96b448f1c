"""The verifier's part of the report, one form for each subject (2025/2546, Annex, 2.1 to 2.5).

``answers`` of a form are plain: numbers as text, days in ISO. They are what is stored and sealed.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from crispy_forms.layout import LayoutObject
from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from portal.ui.choices import country_choices
from portal.ui.forms import DayInput, PortalForm, section, side_by_side
from verification.claims.enums import VisitKind
from verification.claims.verification.words import TeamRole
from verification.kernel.quantities import plain

YEARS_DECLARED = 5
OBJECTIVES = _(
    "Whether the operator’s emissions report is free of material misstatement and of material non-conformity,"
    " with reasonable assurance."
)
SCOPE = _("Every production process of the installation and the whole reporting period.")
CRITERIA = _("Regulation (EU) 2023/956, Annexes IV and VI; Implementing Regulations (EU) 2025/2547 and 2025/2546.")


def long_text(
    label: Any, help_text: str | Promise = "", *, initial: Any = "", is_required: bool = False
) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=is_required,
        max_length=5000,
        initial=initial,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def decimal_field(label: Any, **more: Any) -> forms.DecimalField:
    return forms.DecimalField(label=label, min_value=0, widget=forms.TextInput(attrs={"inputmode": "decimal"}), **more)


def day_field(label: Any) -> forms.DateField:
    return forms.DateField(label=label, required=False, widget=DayInput())


class PartForm(PortalForm, forms.Form):
    """A form whose answers are a part of the report, or one row of it."""

    @property
    def answers(self) -> dict[str, Any]:
        return {name: _plain(value) for name, value in self.cleaned_data.items()}


class TeamMemberForm(PartForm):
    name = forms.CharField(label=_("Name"), max_length=200)
    role = forms.ChoiceField(label=_("Part in the work"), choices=TeamRole.choices)
    speaks_english = forms.BooleanField(label=_("Speaks English, the language of the report"), required=False)
    speaks_operator_language = forms.BooleanField(label=_("Speaks the operator’s language"), required=False)
    visited_site = forms.BooleanField(label=_("Took part in the site visit"), required=False)


class PrecursorForm(PartForm):
    precursor = forms.CharField(label=_("Precursor"), max_length=200)
    producer = forms.CharField(label=_("Its producer"), max_length=200, required=False)
    name = forms.CharField(label=_("Verifier of the producer"), max_length=200, required=False)
    address = forms.CharField(label=_("Address of that verifier"), max_length=500, required=False)
    country = forms.ChoiceField(label=_("Country of that verifier"), required=False)
    lead_auditor = forms.CharField(label=_("Lead auditor"), max_length=200, required=False)
    accreditation_number = forms.CharField(label=_("Accreditation number"), max_length=60, required=False)
    accreditation_body = forms.CharField(label=_("Accreditation body"), max_length=200, required=False)
    is_positive = forms.TypedChoiceField(
        label=_("Is that statement positive?"),
        choices=[("", _("Not known")), ("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda value: value == "yes",
        empty_value=None,
        required=False,
    )
    issued_on = day_field(_("Issued on"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        initial = dict(kwargs.pop("initial", None) or {})
        if isinstance(initial.get("is_positive"), bool):
            initial["is_positive"] = "yes" if initial["is_positive"] else "no"
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["country"].choices = country_choices()


class VisitsForm(PartForm):
    kind = forms.ChoiceField(label=_("Site visit of this period"), choices=VisitKind.choices, widget=forms.RadioSelect)
    started_on = day_field(_("First day"))
    ended_on = day_field(_("Last day"))
    days_on_site = decimal_field(_("Days on site"), required=False, max_digits=5, decimal_places=1)
    last_physical_on = day_field(_("Last visit in person, ever"))
    ground = long_text(
        _("Why nobody came in person"),
        _("For a virtual or waived visit: your risk analysis and what reduces the risk."),
    )
    is_force_majeure = forms.BooleanField(
        label=_("Serious, extraordinary circumstances outside the operator’s control kept us away"), required=False
    )
    others = long_text(_("Other visits"), _("For example to the head office."))
    declared_ground = long_text(
        _("Where the earlier visits are shown"), _("Name the earlier verification reports. The officials look at them.")
    )

    def __init__(self, *args: Any, year: int, **kwargs: Any) -> None:
        initial = dict(kwargs.pop("initial", None) or {})
        declared = initial.pop("declared", [])
        initial |= {f"year_{row['year']}": row["kind"] for row in declared}
        initial["declared_ground"] = declared[0]["ground"] if declared else ""
        super().__init__(*args, initial=initial, **kwargs)
        self.years = [year - back for back in range(1, YEARS_DECLARED + 1)]
        for earlier in self.years:
            self.fields[f"year_{earlier}"] = forms.ChoiceField(
                label=_now("Visit of %(year)s") % {"year": earlier},
                choices=[("", _("Not verified, or not known")), *VisitKind.choices],
                required=False,
            )

    def layout(self) -> list[LayoutObject | str]:
        lead = _("Only for periods that were verified before this portal knew the installation.")
        return [
            section(
                _("This period"), "kind", side_by_side("started_on", "ended_on"),
                side_by_side("days_on_site", "last_physical_on"), "ground", "is_force_majeure", "others",
            ),
            section(_("Earlier periods"), *(f"year_{year}" for year in self.years), "declared_ground", lead=lead),
        ]  # fmt: skip

    @property
    def answers(self) -> dict[str, Any]:
        found = super().answers
        ground = found.pop("declared_ground")
        kinds = {year: found.pop(f"year_{year}") for year in self.years}
        found["declared"] = [{"year": year, "kind": kind, "ground": ground} for year, kind in kinds.items() if kind]
        return found


class TermsForm(PartForm):
    objectives = long_text(_("Objectives"), initial=OBJECTIVES, is_required=True)
    scope = long_text(_("Scope"), initial=SCOPE, is_required=True)
    plan_version = forms.CharField(label=_("Version of the monitoring plan"), max_length=60)
    plan_dated_on = forms.DateField(label=_("Date of the monitoring plan"), widget=DayInput())
    criteria = long_text(_("Criteria"), initial=CRITERIA, is_required=True)
    materiality_percent = decimal_field(
        _("Level of materiality, per cent"),
        max_digits=5,
        decimal_places=2,
        initial=5,
        help_text=_("At most 5 % of the specific embedded emissions of each customs code."),
    )

    def layout(self) -> list[LayoutObject | str]:
        plan = side_by_side("plan_version", "plan_dated_on")
        return ["objectives", "scope", plan, "criteria", "materiality_percent"]


class MethodsForm(PartForm):
    attribution = long_text(_("How emissions are attributed to the processes"), is_required=True)
    zero_rated_fuels = long_text(_("Zero-rated fuels and their proof"), _("Leave empty what does not arise."))
    heat = long_text(_("Measurable heat from or to other installations"))
    waste_gases = long_text(_("Waste gases"))
    co2_capture = long_text(_("Capture and transfer of CO₂"))
    confirms_benchmarks = forms.BooleanField(
        label=_("The benchmarks that the operator used are the right ones"), required=False
    )


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, date):
        return value.isoformat()
    return value
