"""Form fields that the parts of a carbon price claim share."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.ui.choices import country_choices
from portal.ui.forms import DayInput
from verification.accounting.entry.numbers import NotANumber, number_from
from verification.claims.models import Claim
from verification.claims.selectors import evidence_of
from verification.evidence.enums import FileState, Purpose
from verification.evidence.models import EvidenceFile
from verification.kernel.quantities import plain

CURRENCY_LETTERS = 3


class NumberField(forms.CharField):
    """An exact number as people write it; never below zero. Empty is ``None``."""

    def __init__(self, *, is_positive: bool = False, **kwargs: Any) -> None:
        super().__init__(widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "input-number"}), **kwargs)
        self.is_positive = is_positive

    def prepare_value(self, value: Any) -> Any:
        return plain(value) if isinstance(value, Decimal) else value

    def clean(self, value: Any) -> Decimal | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            number = number_from(text)
        except NotANumber as refusal:
            raise ValidationError(f"{refusal.message} {refusal.mend}".strip()) from refusal
        if number < 0 or (self.is_positive and number == 0):
            raise ValidationError(_("The number must be above zero.") if self.is_positive else _("Without a sign."))
        return number


class WholeField(NumberField):
    """Whole units, above zero."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(is_positive=True, **kwargs)

    def clean(self, value: Any) -> Any:
        number = super().clean(value)
        if number is not None and number != number.to_integral_value():
            raise ValidationError(_("Units are whole tonnes."))
        if number is not None and number >= 2**63:
            raise ValidationError(_("The number is too large."))
        return None if number is None else int(number)


class DayField(forms.DateField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=DayInput(), **kwargs)


class CurrencyField(forms.CharField):
    """Three letters of ISO 4217."""

    def __init__(self, **kwargs: Any) -> None:
        given = {"label": gettext_lazy("Currency"), "help_text": gettext_lazy("Three letters, for example EUR or TRY.")}
        super().__init__(
            widget=forms.TextInput(attrs={"class": "input-short", "autocapitalize": "characters"}),
            **{**given, **kwargs},
        )

    def clean(self, value: Any) -> str:
        code = super().clean(value).strip().upper()
        if code and not (len(code) == CURRENCY_LETTERS and code.isascii() and code.isalpha()):
            raise ValidationError(_("A currency has three letters, such as EUR."))
        return code


class CountryField(forms.ChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=country_choices, **{"label": gettext_lazy("Country"), **kwargs})


class YesNoField(forms.TypedChoiceField):
    """Yes, no, or not answered yet."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            choices=[("", gettext_lazy("Choose")), ("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))],
            coerce=lambda value: value == "yes",
            empty_value=None,
            **kwargs,
        )

    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no", None: ""}.get(value, value)


class EvidenceChoice(forms.ModelChoiceField):
    """One of the files that stand in the claim; ``of_claim`` gives it its files."""

    def __init__(self, *, purpose: Purpose, **kwargs: Any) -> None:
        super().__init__(
            queryset=EvidenceFile.objects.none(), required=False, empty_label=gettext_lazy("None yet"), **kwargs
        )
        self.purpose = purpose

    def of_claim(self, claim: Claim) -> None:
        uses = evidence_of(claim).filter(file__state=FileState.CLEAN)
        suited = uses.filter(purpose=self.purpose).values("file_id")
        self.queryset = EvidenceFile.objects.filter(pk__in=suited).order_by("name")
        if not self.queryset.exists():
            self.help_text = _("Attach it under “Evidence” first, as “%(purpose)s”.") % {"purpose": self.purpose.label}

    def label_from_instance(self, file: EvidenceFile) -> str:
        return file.name
