"""Forms for sharing a report: first the importer, then the report."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.ui.forms import PortalForm
from portal.ui.reports import slug_of
from verification.disclosure.assembly import ReportName
from verification.disclosure.enums import Level
from verification.registry.models import Organisation


class ImporterForm(PortalForm, forms.Form):
    """The importer's exact registration number or name."""

    importer = forms.CharField(
        label=_("Registration number or name of the importer"),
        max_length=256,
        help_text=_("Exactly as the importer gave it to you. Small and capital letters make no difference."),
    )


class ShareForm(PortalForm, forms.Form):
    """Which of the organisations found sees which report."""

    importer = forms.CharField(widget=forms.HiddenInput())
    recipient = forms.ModelChoiceField(
        queryset=Organisation.objects.none(), label=_("Importer"), widget=forms.RadioSelect(), empty_label=None
    )
    report = forms.ChoiceField(label=_("What it may see"), widget=forms.RadioSelect())
    note = forms.CharField(
        label=_("Note"), required=False, max_length=300, help_text=_("For your own list, for example the order.")
    )

    def __init__(
        self, *args: Any, found: Sequence[Organisation], addenda: Sequence[tuple[str, str]], typed: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, initial={"importer": typed, "recipient": found[0].pk}, **kwargs)
        recipient = cast(forms.ModelChoiceField, self.fields["recipient"])
        recipient.queryset = Organisation.objects.filter(pk__in=[each.pk for each in found])
        recipient.label_from_instance = lambda each: (  # type: ignore[method-assign]
            f"{each.name}, {each.registration_number}, {each.country}, {each.address}"
        )
        cast(forms.ChoiceField, self.fields["report"]).choices = [
            (Level.SUMMARY.value, _("Summary report: values of the goods, no quantities, no fuels")),
            (Level.FULL.value, _("Full report: all 35 items")),
            *(
                (slug_of(ReportName(Level.ADDENDUM, key)), _("Addendum for the declarant %(eori)s") % {"eori": eori})
                for key, eori in addenda
            ),
        ]
