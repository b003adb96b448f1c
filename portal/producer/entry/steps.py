"""The parts of a claim as a person fills them in: which sections stand on which page, and how far each is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from verification.accounting.entry.answers import PAIR, SINGLE_KEY, Answers, RowAnswers, is_blank
from verification.accounting.entry.numbers import NotANumber, grouped, number_from
from verification.accounting.entry.schema import Kind, Section, Shape
from verification.accounting.entry.sections import section_named
from verification.checks.model import Severity
from verification.claims.enums import WayIn
from verification.claims.models import Claim

PLACE_SEPARATOR = "/"


@dataclass(frozen=True)
class Step:
    """A page of the task list: its sections in order. ``is_needed``: a claim cannot do without it."""

    key: str
    title: str | Promise
    hint: str | Promise
    sections: tuple[str, ...]
    is_needed: bool = True


STEPS = (
    Step("installation", gettext_lazy("Installation"), gettext_lazy("Where the goods are made."), ("installation",)),
    Step("period", gettext_lazy("Reporting period and plan"), gettext_lazy("The year and the monitoring plan."),
         ("period", "plan")),
    Step("processes", gettext_lazy("Processes and routes"), gettext_lazy("What is made, and in which steps."),
         ("processes",)),
    Step("production", gettext_lazy("Production"), gettext_lazy("How much each process made."),
         ("production", "co_products", "other_goods")),
    Step("streams", gettext_lazy("Fuels, materials and emissions"), gettext_lazy("What is burnt, used and measured."),
         ("streams", "anode_effects", "measured_sources", "data_gaps", "co2_transfers")),
    Step("energy", gettext_lazy("Heat and electricity"), gettext_lazy("Where energy comes from and goes to."),
         ("electricity_sources", "energy_use", "heat_sources", "chp_units")),
    Step("precursors", gettext_lazy("Precursors"), gettext_lazy("Bought materials with emissions of their own."),
         ("precursors", "deliveries"), is_needed=False),
    Step("goods", gettext_lazy("Goods"), gettext_lazy("The customs codes that you export."), ("goods",)),
    Step("quality", gettext_lazy("Totals and quality of the data"), gettext_lazy("What the other parts cannot tell."),
         ("quality", "totals", "electricity_addenda"), is_needed=False),
)  # fmt: skip

CROSSES_ON: Mapping[str, tuple[str, ...]] = {
    "streams": ("attribution",),
    "anode_effects": ("attribution",),
    "measured_sources": ("attribution",),
    "data_gaps": ("attribution",),
    "production": ("route_production", "internal_use"),
    "precursors": ("purchases", "precursor_use"),
    "goods": ("composition",),
}


def step_named(key: str) -> Step:
    """Raises ``Http404``."""
    for step in STEPS:
        if step.key == key:
            return step
    raise Http404


def step_of(section_key: str) -> Step:
    """The page on which a section stands, or on which the section stands whose rows it crosses."""
    for step in STEPS:
        for key in step.sections:
            if section_key == key or section_key in CROSSES_ON.get(key, ()):
                return step
    raise Http404


def entry_section(key: str) -> Section:
    """A section that has pages of its own. Raises ``Http404``."""
    if not any(key in step.sections for step in STEPS):
        raise Http404
    return section_named(key)


def crosses_of(section: Section) -> tuple[Section, ...]:
    """Pairs that are asked on the page of a row of the section."""
    return tuple(section_named(key) for key in CROSSES_ON.get(section.key, ()))


def row_label(section: Section, key: str, answers: Answers) -> str:
    """What a person calls the row: its first text, else its key."""
    named = section_named(section.extends) if section.shape is Shape.EXTENSION else section
    values = answers.get(named.key, {}).get(key, {})
    for field in named.fields:
        if field.kind is Kind.TEXT and values.get(field.name, "").strip():
            return values[field.name].strip()
        if field.name == "category" and values.get(field.name):
            return values[field.name]
    return _("%(what)s %(key)s") % {"what": _(named.row_title), "key": "" if key == SINGLE_KEY else key}


def row_keys(section: Section, answers: Answers) -> list[str]:
    """Rows of the section, those of an extension being the rows that it extends."""
    if section.shape is Shape.SINGLE:
        return [SINGLE_KEY]
    return list(answers.get(section.extends or section.key, {}))


@dataclass(frozen=True)
class Place:
    """A problem's field, taken apart: section, row and name."""

    section: str
    row: str
    name: str


def place_of(problem: Mapping[str, Any]) -> Place | None:
    """Where a problem of answers stands, or ``None`` for one that stands nowhere in the form."""
    parts = str(problem.get("field") or "").split(PLACE_SEPARATOR, 2)
    return Place(*parts) if len(parts) == 3 else None


def address_of(claim: Claim, problem: Mapping[str, Any]) -> str:
    """The page of the form on which a problem is mended, or empty for one that is not of the form."""
    place = place_of(problem)
    if claim.way_in != WayIn.ANSWERS or place is None:
        return ""
    step = step_of(place.section)
    row = place.row.split(PAIR, 1)[0]
    for key in step.sections:
        if place.section == key or (place.section in CROSSES_ON.get(key, ()) and _is_row_of(key, row)):
            return reverse("producer:claim_row", args=[claim.pk, key, row])
    return reverse("producer:claim_step", args=[claim.pk, step.key])


def _is_row_of(section_key: str, row: str) -> bool:
    prefix = section_named(section_named(section_key).extends or section_key).prefix
    return row.startswith(prefix)


def blocking_in(step: Step, problems: Sequence[Mapping[str, Any]]) -> int:
    """Problems on the step's pages that stop sending."""
    here = {*step.sections, *(cross for key in step.sections for cross in CROSSES_ON.get(key, ()))}
    places = [place_of(problem) for problem in problems if problem["severity"] == Severity.BLOCK]
    return sum(place is not None and place.section in here for place in places)


def answered_rows(step: Step, answers: Answers) -> int:
    return sum(not is_blank(values) for key in step.sections for values in answers.get(key, {}).values())


def state_of(step: Step, answers: Answers, problems: Sequence[Mapping[str, Any]]) -> tuple[str, str]:
    """State and word of the step for the task list."""
    count = blocking_in(step, problems)
    if count and answered_rows(step, answers):
        return "to_correct", ngettext("%(n)s to correct", "%(n)s to correct", count) % {"n": count}
    if answered_rows(step, answers):
        return "complete", _("Complete")
    return "not_started", _("To do") if step.is_needed or count else _("None yet")


def row_problems(
    section: Section, key: str, problems: Sequence[Mapping[str, Any]]
) -> list[tuple[Place, Mapping[str, Any]]]:
    """Problems of one row and of the pairs that are asked on its page."""
    crosses = {cross.key for cross in crosses_of(section)}
    found = []
    for problem in problems:
        place = place_of(problem)
        if place is None:
            continue
        is_own = place.section == section.key and place.row == key
        is_pair = place.section in crosses and place.row.split(PAIR, 1)[0] == key
        if is_own or is_pair:
            found.append((place, problem))
    return found


def _readable(text: str) -> str:
    """A typed number with its digits in groups; as it was typed where it is none."""
    try:
        return grouped(number_from(text))
    except NotANumber:
        return text


def summary_of(section: Section, values: RowAnswers, most: int = 4) -> list[str]:
    """The first answers of a row in a few words, for lists."""
    said = []
    for field in section.fields:
        text = values.get(field.name, "").strip()
        if not text or field.kind in (Kind.LONG_TEXT, Kind.LINK):
            continue
        if field.choices:
            text = _(dict(field.choices).get(text, text))
        unit = (values.get(field.unit_name) or (field.units[0] if field.units else "")).replace("CO2", "CO₂")
        said.append(f"{_readable(text)} {unit}".strip() if field.kind is Kind.NUMBER else text.replace("\n", ", "))
    return said[1 : most + 1]
