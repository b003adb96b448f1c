"""Forms of the officials' pages. Rules of the domain are said by its services, not here."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, cast

from crispy_forms.layout import LayoutObject
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from portal.official.wordings import LEGAL_GROUND, wordings_for
from portal.ui.forms import AlikeForm, CodeInput, DayInput, Pairs, PlainSelect, PortalForm, plain_choices, section
from portal.ui.templatetags.ui import cn_code
from verification.accounts.models import User
from verification.claims.enums import ClaimKind, RecommendationKind
from verification.claims.services.deciding import Ruling
from verification.kernel.errors import InvalidInput

LONGEST_TEXT = 5000
LONGEST_GROUND = 300
LEGAL_REVOCATION = "Regulation (EU) 2023/956, Article 19"
KIND_CHOICES = [(kind.value, kind.label) for kind in ClaimKind]


def long_text(label: Any, *, help_text: Any = "", rows: int = 3) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": rows})
    )


class ClaimFilterForm(forms.Form):
    """Filters above a list of claims; what does not fit is ignored."""

    q = forms.CharField(label=_("Anything printed on a claim"), required=False, max_length=300)
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, widget=PlainSelect, choices=Pairs([("", _("Every kind")), *KIND_CHOICES])
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            is_choice = isinstance(field, forms.ChoiceField)
            field.widget.attrs["class"] = "form-select" if is_choice else "form-control"

    def chosen(self, name: str) -> str:
        """The filter's value, empty where nothing fit."""
        self.is_valid()
        return self.cleaned_data.get(name, "")


class DecisionFilterForm(ClaimFilterForm):
    """Filters above the decisions."""


def no_conflict() -> forms.BooleanField:
    return forms.BooleanField(
        label=_("I have no conflict of interest: no tie to this producer, its verifier or its competitors."),
        error_messages={"required": _("Without this declaration a colleague must take the claim.")},
    )


class TakeForm(AlikeForm, forms.Form):
    has_no_conflict = no_conflict()


class ReleaseForm(AlikeForm, forms.Form):
    reason = long_text(_("Why do you give it back?"), rows=2)


class ConflictForm(AlikeForm, forms.Form):
    statement = forms.CharField(
        label=_("What is the conflict?"),
        help_text=_("In a few words. You are out of this claim for good; a colleague takes it."),
        max_length=300,
    )


class ReassignForm(PortalForm, forms.Form):
    """To whom the claim goes; ``people`` are those whom this person may name."""

    to = forms.ModelChoiceField(label=_("Give it to"), queryset=User.objects.none(), empty_label=None)
    reason = long_text(_("Why does it change hands?"), rows=2)

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ModelChoiceField, self.fields["to"]).queryset = people


class NoteForm(AlikeForm, forms.Form):
    text = long_text(_("New note"), help_text=_("Only officials read it. It cannot be changed later."), rows=2)


class AnswerFindingForm(AlikeForm, forms.Form):
    finding_key = forms.CharField(max_length=120, widget=forms.HiddenInput)
    text = long_text(_("Your answer, kept with the decision"), rows=2)


class RecommendForm(PortalForm, forms.Form):
    """The reviewer's opinion; a wording that is chosen fills the reasons, which stay free to change.

    ``goods`` are the sealed goods, each of which an approval in part may leave out for a reason.
    """

    kind = forms.ChoiceField(
        label=_("Recommendation"),
        choices=RecommendationKind.choices,
        initial=RecommendationKind.APPROVE,
        widget=PlainSelect,
    )
    wording = forms.ChoiceField(label=_("Approved wording"), required=False, widget=PlainSelect)
    reasons = long_text(_("Reasons"), rows=4)

    def __init__(
        self, *args: Any, claim_kind: str, scheme: str = "", goods: Sequence[Mapping[str, Any]] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        wordings = [(wording.key, wording.title) for wording in wordings_for(claim_kind, scheme=scheme)]
        cast(forms.ChoiceField, self.fields["wording"]).choices = [("", _("None")), *wordings]
        if claim_kind == ClaimKind.CARBON_PRICE:
            cast(forms.ChoiceField, self.fields["kind"]).choices = [
                choice for choice in RecommendationKind.choices if choice[0] != RecommendationKind.IN_PART
            ]
        self.goods = goods if len(goods) > 1 else ()
        for number, row in enumerate(self.goods):
            name = f"{cn_code(row['cn'])} {row.get('process') or ''}, {row.get('route') or ''}".strip(" ,")
            self.fields[f"left_out_{number}"] = forms.BooleanField(
                label=_("Not approved: %(good)s") % {"good": name}, required=False
            )
            self.fields[f"reason_{number}"] = forms.CharField(
                label=_("Why %(code)s is not approved") % {"code": cn_code(row["cn"])}, max_length=500, required=False
            )

    def kept_by(self) -> Hashable:
        choices = (cast(forms.ChoiceField, self.fields[name]).choices for name in ("kind", "wording"))
        return tuple(map(plain_choices, choices)), tuple(str(field.label) for field in self.fields.values())

    def layout(self) -> list[LayoutObject | str]:
        parts = [name for number in range(len(self.goods)) for name in (f"left_out_{number}", f"reason_{number}")]
        lead = _("Tick what is left out. Those goods stay on their default value.")
        return [
            "kind",
            "wording",
            "reasons",
            *([section(_("Only for an approval in part"), *parts, lead=lead)] if parts else []),
        ]

    @property
    def left_out(self) -> list[dict[str, Any]]:
        """The goods that were ticked, each with its reason."""
        return [
            {**row, "reason": self.cleaned_data[f"reason_{number}"]}
            for number, row in enumerate(self.goods)
            if self.cleaned_data[f"left_out_{number}"]
        ]

    def add_problems(self, refusal: InvalidInput) -> None:
        """A missing reason is told beside its good."""
        missing = {
            f"reason_{row['cn']}": f"reason_{number}"
            for number, row in reversed(list(enumerate(self.goods)))
            if self.cleaned_data[f"left_out_{number}"] and not self.cleaned_data[f"reason_{number}"].strip()
        }
        problems = [replace(each, field=missing.get(each.field, each.field)) for each in refusal.problems]
        super().add_problems(InvalidInput(refusal.summary, problems))


class SendBackForm(AlikeForm, forms.Form):
    reason = long_text(_("What should the reviewer look at?"), rows=2)


class SignedForm(PortalForm, forms.Form):
    """A form that ends in a signature: the code is asked for unless one was proved a moment ago."""

    code = forms.CharField(label=_("Six digits from your authenticator"), max_length=11, widget=CodeInput())

    def __init__(self, *args: Any, asks_code: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_code:
            del self.fields["code"]

    @property
    def asks_code(self) -> bool:
        return "code" in self.fields

    def refuse_code(self) -> None:
        self.add_error("code", _("This code is wrong, was used already or is too old. Type the one shown now."))


class DecisionForm(SignedForm):
    """What the approver signs."""

    outcome = forms.ChoiceField(label=_("Decision"), widget=forms.RadioSelect)
    wording = forms.ChoiceField(label=_("Approved wording"), required=False)
    reasons = long_text(
        _("Reasons, printed on the decision"),
        help_text=_("The producer reads them. A refusal says how to cure it."),
        rows=4,
    )
    legal_ground = forms.CharField(label=_("Legal ground"), max_length=LONGEST_GROUND, initial=LEGAL_GROUND)
    has_no_conflict = no_conflict()
    seen_version = forms.IntegerField(widget=forms.HiddenInput)
    seen_effect = forms.CharField(widget=forms.HiddenInput, required=False, max_length=100)

    def __init__(
        self, *args: Any, outcomes: Iterable[tuple[str, Any]], wordings: Iterable[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["outcome"]).choices = list(outcomes)
        cast(forms.ChoiceField, self.fields["wording"]).choices = [("", _("None")), *wordings]

    def layout(self) -> list[LayoutObject | str]:
        return [
            "outcome",
            "wording",
            "reasons",
            "legal_ground",
            "has_no_conflict",
            "seen_version",
            "seen_effect",
            *(["code"] if self.asks_code else []),
        ]

    @property
    def ruling(self) -> Ruling:
        return Ruling(
            reasons=self.cleaned_data["reasons"],
            legal_ground=self.cleaned_data["legal_ground"],
            seen_version=self.cleaned_data["seen_version"],
            has_no_conflict=self.cleaned_data["has_no_conflict"],
        )


class RevocationProposalForm(PortalForm, forms.Form):
    """The first of the two officials who revoke."""

    reason = long_text(_("Reason"), help_text=_("The producer and the public read it."))
    legal_ground = forms.CharField(label=_("Legal ground"), max_length=LONGEST_GROUND)
    effective_on = forms.DateField(
        label=_("First day on which the value no longer counts"),
        help_text=_("The first day of the certificate revokes it from the start."),
        widget=DayInput(),
    )


class RevocationConfirmForm(SignedForm):
    """The second official's signature."""


class ProposalDropForm(PortalForm, forms.Form):
    reason = long_text(_("Why does the certificate stay in force?"), rows=2)
