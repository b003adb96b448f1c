"""Tags for the portal's components; available in every template without ``load``.

A component is one file in ``templates/components/`` whose first lines say what it takes. Those
that only need values are included::

    {% include "components/figures.html" with figures=figures only %}

Those that wrap content, or that need a decision, are tags::

    {% table_box _("Claims") %}<table class="table">…</table>{% endtable_box %}
    {% notice "caution" %}<p>…</p>{% endnotice %}
    {% status_badge claim.state claim.get_state_display %}
    {% breadcrumbs _("Home") home_address _("Claim EC-2027-000418") %}
    {% keep_query cursor=page.next_cursor %}
    {% letters claim "producer:letter" %}
    {% picture "components/chart_years.html" years %}
    {% fields_of form %}
"""

from __future__ import annotations

import pickle
from collections.abc import Hashable
from functools import lru_cache
from typing import Any

from crispy_forms.templatetags.crispy_forms_filters import as_crispy_form
from crispy_forms.utils import render_crispy_form
from django import template
from django.forms import BoundField
from django.template import Context
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from portal.ui.clocks import ShownClock
from portal.ui.forms import PortalForm
from portal.ui.states import shape_of
from verification.claims.models import Claim
from verification.letters.selectors import letters_of

register = template.Library()


@register.simple_tag
def status_badge(state: str, label: str = "") -> SafeString:
    """A state as a word and a shape. ``label`` defaults to the label of a choice."""
    return status_as(shape_of(state), str(label or getattr(state, "label", state)))


@register.simple_tag
def status_as(shape: str, word: str) -> SafeString:
    """A word with a named shape: done, valid, open, half, act, wait, info, stop, past.

    Written without a template: lists hold dozens of them, and each template would cost as much as a row.
    """
    return _status(shape, str(word))


@lru_cache(maxsize=512, typed=True)
def _status(shape: str, word: str) -> SafeString:
    return format_html('<span class="status status-{}">{}</span>', shape, word)


@register.simple_tag
def clock(shown: ShownClock | None) -> SafeString:
    """The officials' clock: word, shape and colour; a dash where none runs."""
    return mark_safe('<span class="muted">–</span>') if shown is None else _clock(shown)


@lru_cache(maxsize=4_096)
def _clock(shown: ShownClock) -> SafeString:
    word = format_html('<span class="status status-{} clock clock-{}">{}</span>', shown.shape, shown.tone, shown.word)
    if not shown.note:
        return word
    note = format_html('<time datetime="{}">{}</time>', shown.on.isoformat(), shown.note) if shown.on else shown.note
    return format_html('{} <span class="sub">{}</span>', word, note)


@register.inclusion_tag("components/breadcrumbs.html")
def breadcrumbs(*words_and_addresses: str) -> dict[str, Any]:
    """Label, address, label, address … and last the label of this page."""
    *pairs, here = words_and_addresses
    return {"links": list(zip(pairs[::2], pairs[1::2], strict=True)), "here": here}


@register.simple_block_tag
def table_box(content: str, label: str) -> SafeString:
    """Around every table: scrolls inside, takes focus, is named to screen readers."""
    return render_to_string("components/table_box.html", {"content": content, "label": label})


@register.simple_block_tag
def notice(content: str, kind: str = "", heading: str = "") -> SafeString:
    """One thing to know before going on. Kinds: empty, good, caution, bad."""
    return render_to_string("components/notice.html", {"content": content, "kind": kind, "heading": heading})


@register.simple_tag(takes_context=True)
def keep_query(context: dict[str, Any], **changes: object) -> str:
    """The address's query with ``changes``; a value of ``None`` or empty text removes its key."""
    query = context["request"].GET.copy()
    for key, value in changes.items():
        if value in (None, ""):
            query.pop(key, None)
        else:
            query[key] = str(value)
    return f"?{query.urlencode()}"


@register.inclusion_tag("components/letters.html")
def letters(claim: Claim, download: str) -> dict[str, Any]:
    """The letters of a claim that this person may see, each with its file; ``download`` names the address."""
    return {"letters": letters_of(claim), "download": download}


@register.filter
def first_input_id(field: BoundField) -> str:
    """The id to which a message about ``field`` links: the input, or the first of its choices."""
    return field.id_for_label or f"{field.auto_id}_0"


@register.simple_tag(takes_context=True)
def fields_of(context: Context, form: Any) -> SafeString:
    """The fields of a form, by crispy; those of an empty one that shows many people the same are kept. Its token
    stands outside."""
    kept_by = form.kept_by() if isinstance(form, PortalForm) and not form.is_bound else None  # type: ignore[attr-defined]
    if kept_by is None:
        return render_crispy_form(form, context=context.flatten()) if hasattr(form, "helper") else as_crispy_form(form)
    begins_with = tuple(sorted(form.initial.items()))
    return _written(_EmptyForm(form, (type(form), form.auto_id, form.prefix, begins_with, kept_by, get_language())))


class _EmptyForm:
    """A form to be written, equal to another whose fields say the same."""

    def __init__(self, form: Any, says: Hashable) -> None:
        self.form = form
        self._says = says

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _EmptyForm) and self._says == other._says

    def __hash__(self) -> int:
        return hash(self._says)


@lru_cache(maxsize=256)
def _written(empty: _EmptyForm) -> SafeString:
    form, empty.form = empty.form, None
    return render_crispy_form(form)


@register.simple_tag
def picture(template_name: str, chart: Any) -> SafeString:
    """A picture and its numbers as a table, drawn from ``chart`` alone. Whoever works on a claim opens its page again
    and again; the same picture is drawn once in a process."""
    return _drawn(template_name, get_language(), _Drawing(chart))


class _Drawing:
    """What a picture is drawn from, equal to another of the same content."""

    def __init__(self, chart: Any) -> None:
        self.chart = chart
        self._content = pickle.dumps(chart)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Drawing) and self._content == other._content

    def __hash__(self) -> int:
        return hash(self._content)


@lru_cache(maxsize=256)
def _drawn(template_name: str, language: str | None, drawing: _Drawing) -> SafeString:
    return render_to_string(template_name, {"chart": drawing.chart})
