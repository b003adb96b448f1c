"""Base of the portal's forms: one look, errors on top and beside the field, no script needed.

A view renders a form with ``components/form.html``; a page that lays out its own ``<form>`` uses
``{% crispy form %}`` inside it. Labels stand above, then help, then the message, then the input;
optional fields say so, required ones say nothing.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from functools import lru_cache
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Fieldset, LayoutObject
from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict, flatatt
from django.http import HttpRequest, QueryDict
from django.utils.choices import BaseChoiceIterator
from django.utils.functional import Promise
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from verification.kernel.errors import InvalidInput

MISSING = _("This is missing.")


class Pairs(BaseChoiceIterator):
    """Choices that are pairs already: a form takes them as they are, without a copy of each for every request."""

    def __init__(self, pairs: Iterable[tuple[str, Any]]) -> None:
        self.pairs = tuple(pairs)

    def __iter__(self) -> Iterator[tuple[str, Any]]:
        return iter(self.pairs)

    def __deepcopy__(self, memo: object) -> Pairs:
        return self


class PlainSelect(forms.Select):
    """A list of choices, or groups of them, written in one go: a template for each of three hundred countries takes
    longer than the rest of the page."""

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        chosen = "" if value is None else str(value)
        options = _options(plain_choices(self.choices), chosen)
        built = self.build_attrs(self.attrs, attrs)
        return format_html("<select{}>{}</select>", flatatt({"name": name, **built}), options)


Plain = tuple[str, "str | tuple[Plain, ...]"]
"""What is sent and how it is called; or the name of a group and its choices."""


def plain_choices(choices: Iterable[tuple[Any, Any]]) -> tuple[Plain, ...]:
    return tuple(
        (str(key), plain_choices(words) if isinstance(words, list | tuple) else str(words)) for key, words in choices
    )


@lru_cache(maxsize=128)
def _options(choices: tuple[Plain, ...], chosen: str) -> SafeString:
    """The same choices are written for everybody; kept by what they say."""
    return mark_safe("\n".join(_option(key, words, chosen) for key, words in choices))  # noqa: S308


def _option(key: str, words: str | tuple[Plain, ...], chosen: str) -> str:
    if isinstance(words, str):
        return f'<option value="{escape(key)}"{" selected" if key == chosen else ""}>{escape(words)}</option>'
    inside = "\n".join(_option(each, called, chosen) for each, called in words)
    return f'<optgroup label="{escape(key)}">\n{inside}\n</optgroup>'


class PortalForm:
    """Mixin before ``forms.Form`` or ``forms.ModelForm``.

    Override ``layout()`` for sections. ``shows_errors_elsewhere`` turns the summary inside the
    form off for pages that put ``components/error_summary.html`` at their top.
    """

    use_required_attribute = False
    shows_errors_elsewhere = False
    errors: ErrorDict

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():  # type: ignore[attr-defined]
            if field.error_messages.get("required") == forms.Field.default_error_messages["required"]:
                field.error_messages["required"] = MISSING

    def layout(self) -> list[LayoutObject | str] | None:
        """Sections and fields in order; ``None`` shows every field as declared."""
        return None

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper(self)
        layout = self.layout()
        if layout is not None:
            helper.layout.fields = list(layout)
        helper.form_tag = False
        helper.disable_csrf = True
        return helper

    def kept_by(self) -> Hashable | None:
        """What the fields of an empty form of this class depend on, beside its prefix and what they begin with: they
        are then written once in a process. ``None`` where they are written each time."""
        return None

    def add_problems(self, refusal: InvalidInput) -> None:
        """Put the domain's problems beside the fields they name, others on top of the form."""
        for problem in refusal.problems:
            known = problem.field in self.fields  # type: ignore[attr-defined]
            message = f"{problem.message} {problem.mend}".strip()
            self.add_error(problem.field if known else None, ValidationError(message))  # type: ignore[attr-defined]
        if not refusal.problems:
            self.add_error(None, ValidationError(refusal.summary))  # type: ignore[attr-defined]


class AlikeForm(PortalForm):
    """A form that asks everybody the same."""

    def kept_by(self) -> Hashable | None:
        return ()


class CodeInput(forms.TextInput):
    """Input for the six digits of an authenticator."""

    def __init__(self) -> None:
        super().__init__(
            attrs={
                "class": "input-otp",
                "inputmode": "numeric",
                "autocomplete": "one-time-code",
                "maxlength": "11",
                "spellcheck": "false",
            }
        )


class DayInput(forms.DateInput):
    """The browser's own date field; the value travels as ISO."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d", attrs={"class": "input-day"})


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: the fields that were sent, none on a page that is only opened."""
    return request.POST if request.method == "POST" else None


def section(heading: str | Promise, *fields: LayoutObject | str, lead: str | Promise = "") -> Fieldset:
    """Fields that belong together, under a heading that screen readers announce with each."""
    body = [HTML(format_html('<p class="text-measure">{}</p>', lead)), *fields] if lead else fields
    return Fieldset(heading, *body, css_class="form-section")


def side_by_side(*fields: LayoutObject | str) -> Div:
    """Short fields in one row where there is room."""
    return Div(*fields, css_class="side-by-side")
