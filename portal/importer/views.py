"""What an importer asks: which value applies, why, and what it is worth."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from portal.importer.forms import LookupForm
from portal.importer.to_do import to_do_for
from portal.ui.access import signed_in
from portal.ui.actors import actor_of
from verification.certificates.selectors import public_certificate_by_number
from verification.determination.engine import Determination, Question
from verification.determination.gains import gain_of_verified_value
from verification.determination.obligation import Gain
from verification.determination.services import determine_question
from verification.kernel import clock
from verification.kernel.errors import InvalidInput, MissingReference
from verification.kernel.quantities import exact
from verification.reference.selectors import known_schemes
from verification.registry.selectors import organisations_for

BASIS_WORDS = {
    "verified": _("Verified value of the installation"),
    "default": _("Default value"),
    "exempt": _("No value is needed"),
    "none": _("No value"),
}
RUNG_WORDS = {
    "exemption": _("Is the origin exempt?"),
    "override": _("Is there an approved value?"),
    "alternative_value": _("Is there an alternative value?"),
    "country_default": _("Default of the country"),
    "other_countries_default": _("Default of other countries"),
    "none": _("Result"),
}


@signed_in
@require_safe
def lookup(request: HttpRequest) -> HttpResponse:
    """The form, and below it the answer. The address keeps the question."""
    actor = actor_of(request)
    is_importer = organisations_for(actor).filter(is_importer=True).exists()
    if not (is_importer or actor.is_official):
        raise Http404
    is_asked = bool(request.GET.get("good"))
    form = LookupForm(_completed(request) if is_asked else None, initial={"legal_date": clock.today()})
    context: dict[str, Any] = {"form": form, "may_offer_units": is_importer, "to_do": to_do_for(actor)}
    if is_asked and form.is_valid():
        try:
            context["result"] = _result(form.question)
        except InvalidInput as refusal:
            form.add_problems(refusal)
        except MissingReference as missing:
            context["missing"] = str(missing)
    return render(request, "importer/lookup.html", context)


@dataclass(frozen=True)
class Part:
    """An answer for a part of the quantity, in words."""

    answer: Determination
    basis: Any
    quantity_t: Any
    certificate: Any
    steps: list[tuple[Any, Any]]
    choice_name: str

    @property
    def increase(self) -> Any:
        """What the mark-up adds, in tCO2e/t."""
        if self.answer.value is None or self.answer.base is None:
            return None
        with exact():
            return self.answer.value - self.answer.base


@dataclass(frozen=True)
class Result:
    question: Question
    parts: list[Part]
    gain: Gain | None
    no_gain: str

    @property
    def is_gain_a_lower_limit(self) -> bool:
        """Free allocation that came with precursors is not known here; it only makes the verified side cheaper."""
        if self.gain is None:
            return False
        own, whole = self.gain.verified.benchmark, self.gain.default.benchmark
        return own is not None and whole is not None and own.value != whole.value


def _result(question: Question) -> Result:
    answer = determine_question(question)
    parts = [_part(question, answer, answer.covered_quantity_t if answer.remainder else question.quantity_t)]
    if answer.remainder and question.quantity_t is not None and answer.covered_quantity_t is not None:
        with exact():
            parts.append(_part(question, answer.remainder, question.quantity_t - answer.covered_quantity_t))
    gain, no_gain = _gain(question, answer)
    return Result(question, parts, gain, no_gain)


def _part(question: Question, answer: Determination, quantity_t: Any) -> Part:
    return Part(
        answer=answer,
        basis=BASIS_WORDS[answer.basis],
        quantity_t=quantity_t,
        certificate=public_certificate_by_number(answer.certificate) if answer.certificate else None,
        steps=[(RUNG_WORDS.get(line.rung, line.rung), line) for line in answer.trace],
        choice_name=_choice_name(answer),
    )


def _choice_name(answer: Determination) -> str:
    """Which field of the question a choice belongs to."""
    if not answer.choices:
        return ""
    if all(choice.isdigit() for choice in answer.choices):
        return "good"
    return "route" if answer.trace[-1].rung == "override" else "variant"


def _gain(question: Question, answer: Determination) -> tuple[Gain | None, str]:
    if answer.basis != "verified" or answer.value is None:
        return None, ""
    try:
        return gain_of_verified_value(replace(question, quantity_t=None), answer.value), ""
    except MissingReference as missing:
        return None, str(missing)


def _completed(request: HttpRequest) -> Any:
    """The question of the address; what a short link leaves out is filled with today and the first scheme."""
    asked = request.GET.copy()
    if not asked.get("scheme"):
        asked["scheme"] = next(iter(known_schemes()), "")
    if not asked.get("legal_date"):
        asked["legal_date"] = clock.today().isoformat()
    return asked
