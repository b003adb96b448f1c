"""The form with which stewards write a version of a wording, and the filter above their list."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import LayoutObject
from django import forms
from django.core.validators import validate_slug
from django.utils.translation import gettext_lazy as _

from portal.official.forms import LONGEST_GROUND, long_text
from portal.ui.forms import DayInput, PortalForm, section, side_by_side
from verification.wording.enums import Act, Language, WordedKind
from verification.wording.services import WordingText


class WordingFilterForm(forms.Form):
    """What does not fit is ignored."""

    language = forms.ChoiceField(label=_("Language"), required=False, choices=Language.choices)
    act = forms.ChoiceField(label=_("For"), required=False, choices=[("", _("Every act")), *Act.choices])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-select"

    def chosen(self, name: str) -> str:
        self.is_valid()
        return self.cleaned_data.get(name, "")


class WordingForm(PortalForm, forms.Form):
    """A new text, or the next version of one: then what it is for stands fast."""

    key = forms.CharField(
        label=_("Short name"),
        max_length=60,
        validators=[validate_slug],
        help_text=_("Small letters, digits and hyphens, for example evidence-2."),
    )
    language = forms.ChoiceField(label=_("Language"), choices=Language.choices)
    claim_kind = forms.ChoiceField(label=_("Kind of claim"), choices=WordedKind.choices, required=False)
    act = forms.ChoiceField(label=_("For"), choices=Act.choices)
    scheme = forms.ChoiceField(label=_("Scheme"), required=False)
    title = forms.CharField(label=_("Title, for officials"), max_length=120)
    text = long_text(_("Text"), rows=6, help_text=_("Names in braces are filled, for example {claim}."))
    legal_ground = forms.CharField(label=_("Legal ground"), max_length=LONGEST_GROUND)
    valid_from = forms.DateField(label=_("First day on which it may be used"), widget=DayInput())

    FIXED = ("key", "language", "claim_kind", "act", "scheme")

    def __init__(self, *args: Any, schemes: list[str], is_next: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scheme"].choices = [("", _("Every scheme")), *((code, code) for code in schemes)]  # type: ignore[attr-defined]
        self.is_next = is_next
        if is_next:
            for name in self.FIXED:
                self.fields[name].disabled = True

    def layout(self) -> list[LayoutObject | str]:
        purpose = section(_("What it is for"), "key", "language", "claim_kind", "act", "scheme")
        words = section(_("What it says"), "title", "text", "legal_ground", side_by_side("valid_from"))
        return [words] if self.is_next else [purpose, words]

    @property
    def content(self) -> WordingText:
        return WordingText(**self.cleaned_data)
