"""Saying the same of several blocks at once: only what is filled in changes where the blocks differ."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crispy_forms.layout import LayoutObject
from django import forms
from django.utils.translation import gettext_lazy as _

from portal.ui.choices import country_choices
from portal.ui.forms import DayInput, PortalForm, section, side_by_side
from portal.units.forms import ROWS, EvidenceChoice, files_of
from verification.claims.enums import UnitEventKind
from verification.claims.models import Authorisation, Claim, UnitBlock
from verification.claims.services.units import BlockAnswers
from verification.evidence.enums import Purpose
from verification.evidence.models import EvidenceFile

DIFFERS = _("The chosen blocks differ here. Leave it empty to keep what each of them says.")
KEEP = _("Keep what each block says")
OF_THE_BLOCK = ("event", "event_on", "beneficiary", "purpose", "authorisation")
FILLED_ONLY = ("project", "country", "vintage_from", "vintage_to")
DAYS = ("first_crediting_start", "issued_on")
FACTS = ("methodology", *DAYS, "event_reason", "labels")
PROOFS = (Purpose.RETIREMENT_CERTIFICATE, Purpose.REGISTRY_EXPORT)


class DescribeForm(PortalForm, forms.Form):
    """What a registry's certificate says of the blocks, and where it stands."""

    event = forms.ChoiceField(label=_("What happened to the units"), required=False)
    event_on = forms.DateField(label=_("On which day"), required=False, widget=DayInput())
    beneficiary = forms.CharField(
        label=_("Beneficiary"),
        required=False,
        max_length=300,
        help_text=_("Exactly as it stands on the registry’s certificate."),
    )
    purpose = forms.CharField(
        label=_("Purpose"),
        required=False,
        widget=forms.Textarea(attrs=ROWS),
        help_text=_("The registry’s text of the retirement: it names the scheme and the year."),
    )
    event_reason = forms.CharField(label=_("Reason code of the registry"), required=False, max_length=100)
    project = forms.CharField(label=_("Project"), required=False, max_length=60)
    country = forms.ChoiceField(label=_("Country of the project"), required=False)
    vintage_from = forms.DateField(label=_("Vintage from"), required=False, widget=DayInput())
    vintage_to = forms.DateField(label=_("Vintage to, last day"), required=False, widget=DayInput())
    methodology = forms.CharField(
        label=_("Methodology"), required=False, max_length=100, help_text=_("For example VM0042 or AMS-II.G.")
    )
    first_crediting_start = forms.DateField(
        label=_("Start of the first crediting period"), required=False, widget=DayInput()
    )
    issued_on = forms.DateField(label=_("Issued on"), required=False, widget=DayInput())
    labels = forms.CharField(
        label=_("Labels of the registry"), required=False, max_length=300, help_text=_("Parted by semicolons.")
    )
    authorisation = forms.ModelChoiceField(
        queryset=Authorisation.objects.none(), label=_("Letter of authorisation"), required=False
    )
    evidence = EvidenceChoice(
        queryset=EvidenceFile.objects.none(),
        label=_("Certificate of the retirement"),
        required=False,
        empty_label=_("As it is"),
        help_text=_("Attach it first under Evidence."),
    )

    def __init__(self, *args: Any, claim: Claim, blocks: Sequence[UnitBlock], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.differing = self._differing(blocks)
        events = list(UnitEventKind.choices)
        self.fields["event"].choices = [("", KEEP), *events] if "event" in self.differing else events
        self.fields["country"].choices = country_choices()
        self.fields["authorisation"].queryset = claim.authorisations.all()
        self.fields["evidence"].queryset = files_of(claim, *PROOFS)
        for name in self.differing:
            self.fields[name].help_text = DIFFERS
        for name in {*OF_THE_BLOCK, *FILLED_ONLY, *FACTS} - self.differing:
            self.initial[name] = _said(blocks[0], name)

    def layout(self) -> list[LayoutObject | str]:
        return [
            section(_("Retirement"), side_by_side("event", "event_on"), "beneficiary", "purpose", "event_reason"),
            section(_("Project"), side_by_side("project", "country"), side_by_side("vintage_from", "vintage_to"),
                    "methodology", side_by_side("first_crediting_start", "issued_on"), "labels"),
            section(_("Proof"), "authorisation", "evidence"),
        ]  # fmt: skip

    @property
    def answers(self) -> BlockAnswers:
        """Where blocks differ, an empty answer keeps what each says."""
        said = self.cleaned_data
        kept = tuple(name for name in OF_THE_BLOCK if name in self.differing and not said[name])
        facts = {name: self._fact(name) for name in FACTS if said[name] or self.initial.get(name)}
        return BlockAnswers(
            event=UnitEventKind(said["event"]) if said["event"] else UnitEventKind.NOT_YET,
            event_on=said["event_on"],
            beneficiary=said["beneficiary"],
            purpose=said["purpose"],
            facts=facts,
            authorisation=said["authorisation"],
            evidence=said["evidence"],
            kept=kept,
            **{name: said[name] for name in FILLED_ONLY},
        )

    def _fact(self, name: str) -> object:
        value = self.cleaned_data[name]
        if name == "labels":
            return [part.strip() for part in value.split(";") if part.strip()]
        return value.isoformat() if name in DAYS and value else value or ""

    @staticmethod
    def _differing(blocks: Sequence[UnitBlock]) -> set[str]:
        names = (*OF_THE_BLOCK, *FILLED_ONLY, *FACTS)
        return {name for name in names if len({str(_said(block, name)) for block in blocks}) > 1}


def _said(block: UnitBlock, name: str) -> Any:
    if name == "authorisation":
        return block.authorisation_id
    if name == "labels":
        return "; ".join(block.facts.get("labels", ()))
    return block.facts.get(name, "") if name in FACTS else getattr(block, name)
