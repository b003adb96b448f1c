"""Forms that claims of every kind have: evidence, declaration, withdrawal, and what a claim starts with."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.ui.forms import PortalForm
from portal.ui.uploads import UploadField, UploadForm
from verification.audit.actors import Actor
from verification.claims.models import Claim
from verification.claims.policy import demand_editable
from verification.claims.services.producer import attach_evidence
from verification.evidence.enums import Purpose
from verification.evidence.services import store_evidence
from verification.kernel import clock
from verification.kernel.errors import InvalidInput
from verification.reference.selectors import known_schemes, published_release, scheme_start

ROWS = {"rows": 4}
READ_FROM_WORKBOOK = (Purpose.COMMUNICATION_TEMPLATE,)


class EvidenceForm(UploadForm, forms.Form):
    """A file, what it proves, and a note for the official."""

    purpose = forms.ChoiceField(
        label=_("What it proves"),
        choices=[("", _("Choose"))] + [choice for choice in Purpose.choices if choice[0] not in READ_FROM_WORKBOOK],
    )
    file = UploadField(label=_("File"))
    note = forms.CharField(
        label=_("Note for the official"),
        max_length=300,
        required=False,
        help_text=_("For example the page on which the number stands."),
    )

    def __init__(self, *args: Any, purposes: Iterable[Purpose] = (), **kwargs: Any) -> None:
        """``purposes`` are those of the claim's kind; every purpose that takes a file where none are named."""
        super().__init__(*args, **kwargs)
        named = [(purpose.value, purpose.label) for purpose in purposes if purpose not in READ_FROM_WORKBOOK]
        if named:
            self.fields["purpose"].choices = [("", _("Choose")), *named]  # type: ignore[attr-defined]


class DeclarationForm(PortalForm, forms.Form):
    """The last tick before sending. Whether it is needed is for the service to say."""

    declaration = forms.BooleanField(
        required=False,
        label=_("I declare that these data are true and complete, and that I may act for the organisation."),
    )


class WithdrawForm(PortalForm, forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs=ROWS),
        help_text=_("The officials read it. You need not give one."),
    )


def scheme_choices() -> list[tuple[str, str]]:
    return [(code, scheme_name(code)) for code in known_schemes()]


def scheme_name(code: str) -> str:
    return str(published_release(code).definition["short_name"])


def reporting_years() -> list[int]:
    """From the first year of the oldest scheme to the current one, the newest first."""
    first = min((scheme_start(code).year for code in known_schemes()), default=clock.today().year)
    return list(range(clock.today().year, first - 1, -1))


def attach_from(form: EvidenceForm, claim: Claim, actor: Actor) -> bool:
    """Store and attach what the valid form holds; the domain's refusal goes beside the file."""
    chosen = form.cleaned_data
    try:
        demand_editable(actor, claim)
        stored = store_evidence(
            chosen["file"].chunks(), name=chosen["file"].name, organisation_id=claim.organisation_id, actor=actor
        )
        attach_evidence(claim, actor=actor, file=stored, purpose=Purpose(chosen["purpose"]), note=chosen["note"])
    except InvalidInput as refusal:
        form.add_problems(refusal)
        return False
    return True


class MessageForm(PortalForm, forms.Form):
    """What one side writes to the other about a finding of the verifier."""

    text = forms.CharField(label=_("Message"), max_length=5000, widget=forms.Textarea(attrs=ROWS))
