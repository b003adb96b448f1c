"""Which value applies to a good: the ladder, climbed on plain data, every step of it written down."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from verification.determination.tables import (
    OTHER_COUNTRIES,
    PREFIX_LENGTHS,
    ApprovedOverride,
    BenchmarkTables,
    DefaultEdition,
    DefaultRow,
    GoodEntry,
    Origin,
    Overrides,
    Parameters,
    ParameterValue,
)
from verification.kernel.quantities import PRECISION, plain
from verification.kernel.spans import Span

DEFAULT_UNIT = "tCO2e/t"
NO_RUNG = "none"
_EXACT = Context(prec=PRECISION, rounding=ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Question:
    """Which value applies to this good, on this legal date, as known at this instant?

    ``good`` has eight or ten digits; ``origin`` is an ISO code; ``quantity_t`` is net mass in
    tonnes. An empty ``variant`` or ``route`` means "not said".
    """

    scheme: str
    good: str
    origin: str
    legal_date: date
    known_at: datetime
    nomenclature_year: int | None = None
    variant: str = ""
    installation: str = ""
    route: str = ""
    quantity_t: Decimal | None = None


class TraceLine(NamedTuple):
    """One rung tried: what was found, why it answered or did not, and by which rule."""

    rung: str
    found: str
    why: str
    reference: str


@dataclass(frozen=True, slots=True)
class Determination:
    """The answer. ``value`` is in ``unit``; ``None`` means no value, for the ``reason`` given.

    ``basis`` is ``verified``, ``default``, ``exempt`` or ``none``. ``direct`` and ``indirect`` of a
    default are the published parts without mark-up, for information; the value comes from the
    total. ``choices`` lists what the question must say where it was ambiguous. ``remainder``
    answers for the part of the quantity that a verified value no longer covers.
    """

    value: Decimal | None
    direct: Decimal | None
    indirect: Decimal | None
    unit: str
    basis: str
    rung: str
    edition: str
    reference: str
    valid_from: date | None
    valid_to: date | None
    certificate: str
    trace: tuple[TraceLine, ...]
    tables_sha256: str
    reason: str = ""
    choices: tuple[str, ...] = ()
    warning: str = ""
    row: str = ""
    base: Decimal | None = None
    mark_up: Decimal | None = None
    benchmark_route: str = ""
    override: str = ""
    verified_quantity_t: Decimal | None = None
    covered_quantity_t: Decimal | None = None
    remainder: Determination | None = None


def determine(
    question: Question, benchmarks: BenchmarkTables, overrides: Overrides, parameters: Parameters
) -> Determination:
    """Climb the scheme's ladder; the first rung that answers ends it. No input or output, no clock.

    Raises ``MissingReference`` where the default has a value but its mark-up is not published.
    """
    return _Climb(question, benchmarks, overrides, parameters).answer()


class _Climb:
    """One climb. Each rung returns an answer or ``None``, and leaves its lines in the trace."""

    def __init__(
        self, question: Question, benchmarks: BenchmarkTables, overrides: Overrides, parameters: Parameters
    ) -> None:
        self.question = question
        self.benchmarks = benchmarks
        self.overrides = overrides
        self.parameters = parameters
        self.trace: list[TraceLine] = []
        self.edition = benchmarks.edition_on(question.legal_date)

    def answer(self) -> Determination:
        question = self.question
        good = self.benchmarks.good_on(question.good, question.legal_date, question.nomenclature_year)
        origin = self.benchmarks.origin_on(question.origin, question.legal_date)
        if good is None:
            return self._no_value(*self._why_no_good())
        if origin is None:
            return self._no_value(f"{question.origin} is not a country or territory that {question.scheme} lists.")
        return self._climb_from(0, good, origin)

    def _climb_from(self, start: int, good: GoodEntry, origin: Origin) -> Determination:
        ladder = self.parameters.ladder
        for position in range(start, len(ladder)):
            answer = _RUNGS[ladder[position]](self, good, origin)
            if answer is None:
                continue
            if answer.basis == "verified" and self._exceeds(answer.covered_quantity_t):
                rest = _Climb(self.question, self.benchmarks, self.overrides, self.parameters)
                return replace(answer, remainder=rest._climb_from(position + 1, good, origin))
            return answer
        return self._no_value(f"No rung of the ladder has a value for {good.cn_code} from {origin.name}.")

    def _exceeds(self, covered_t: Decimal | None) -> bool:
        asked = self.question.quantity_t
        return asked is not None and covered_t is not None and asked > covered_t

    # The rungs

    def exemption(self, good: GoodEntry, origin: Origin) -> Determination | None:
        if origin.standing == "third_country":
            self._note("exemption", "", f"{origin.name} is a third country inside the scheme.", origin.reference)
            return None
        what = "outside the scheme" if origin.standing == "exempt" else "inside the customs territory"
        reason = f"Goods originating in {origin.name} are {what}; no value is needed."
        self._note("exemption", origin.iso2, reason, origin.reference)
        return self._answer(basis="exempt", rung="exemption", reference=origin.reference, reason=reason)

    def override(self, good: GoodEntry, origin: Origin) -> Determination | None:
        matches, why = _matching_overrides(self.question, good, self.overrides)
        if len(matches) > 1:
            return self._ambiguous_override(matches)
        if not matches:
            self._note("override", "", why, "")
            return None
        found = matches[0]
        left = found.quantity_left_t
        if left is not None and left <= 0:
            why = f"The verified quantity of {plain(found.verified_quantity_t or Decimal(0))} t has been drawn in full."
            self._note("override", found.id, why, found.reference)
            return None
        value = found.see_direct if good.is_direct_only else found.see_total
        scope = "direct emissions only" if good.is_direct_only else "direct and indirect emissions"
        why = f"Approved value of {found.installation}, {plain(value)} {found.unit}; {scope} count for {good.cn_code}."
        self._note("override", found.id, why, found.reference)
        return self._answer(
            value=value,
            direct=found.see_direct,
            indirect=found.see_indirect,
            unit=found.unit,
            basis="verified",
            rung="override",
            reference=found.reference,
            valid_from=found.span.start,
            valid_to=found.span.end,
            certificate=found.certificate,
            override=found.id,
            verified_quantity_t=found.verified_quantity_t,
            covered_quantity_t=left,
        )

    def alternative_value(self, good: GoodEntry, origin: Origin) -> Determination | None:
        self._note("alternative_value", "", f"No approved alternative value for {origin.name}.", "")
        return None

    def country_default(self, good: GoodEntry, origin: Origin) -> Determination | None:
        return self._default("country_default", origin.iso2, origin.name, good)

    def other_countries_default(self, good: GoodEntry, origin: Origin) -> Determination | None:
        return self._default("other_countries_default", OTHER_COUNTRIES, "Other countries and territories", good)

    # How they do it

    def _default(self, rung: str, country: str, name: str, good: GoodEntry) -> Determination | None:
        """The default of one table: longest prefix, then variant; a dash or nothing leaves the rung unanswered."""
        edition = self.edition
        if edition is None:
            self._note(rung, "", f"No edition of the default values holds on {self.question.legal_date}.", "")
            return None
        row, choices = _row_for(edition, country, self.question.good, self.question.variant)
        if choices:
            return self._ambiguous_good(rung, name, choices)
        if row is None:
            self._note(rung, "", _why_no_row(edition, country, name, self.question.good), edition.act)
            return None
        if row.total is None:
            why = f"{name} shows a dash for {row.cn_prefix}; the whole row of other countries applies."
            self._note(rung, row.key, why, row.reference)
            return None
        return self._marked_up(rung, row, edition, self.parameters.mark_up_for(good.sector, self.question.legal_date))

    def _marked_up(self, rung: str, row: DefaultRow, edition: DefaultEdition, mark_up: ParameterValue) -> Determination:
        assert row.total is not None
        value = _raised(row.total, mark_up.value, self.parameters.mark_up_decimals)
        percent = _percent(mark_up.value)
        why = (
            f"Row {row.key}: base {row.total} {DEFAULT_UNIT}, mark-up {percent} % "
            f"({mark_up.reference}) on the total gives {value}."
        )
        self._note(rung, row.key, f"{why} {edition.warning}" if edition.warning else why, row.reference)
        valid = _common_days(edition.span, mark_up.span)
        return self._answer(
            value=value,
            direct=row.direct,
            indirect=row.indirect,
            unit=DEFAULT_UNIT,
            basis="default",
            rung=rung,
            edition=edition.code,
            reference=row.reference,
            valid_from=valid.start,
            valid_to=valid.end,
            warning=edition.warning,
            row=row.key,
            base=row.total,
            mark_up=mark_up.value,
            benchmark_route=row.benchmark_route,
        )

    def _ambiguous_good(self, rung: str, name: str, choices: tuple[str, ...]) -> Determination:
        reason = f"{self.question.good} has several values in the table of {name}; say which: {', '.join(choices)}."
        self._note(rung, "", reason, "")
        return self._no_value(reason, choices)

    def _ambiguous_override(self, matches: list[ApprovedOverride]) -> Determination:
        choices = tuple(sorted({" ".join(filter(None, (match.route, match.variant))) for match in matches}))
        reason = (
            f"{self.question.installation} has several approved values for {self.question.good}; "
            f"say the route or variant: {', '.join(choices)}."
        )
        self._note("override", "", reason, "")
        return self._no_value(reason, choices)

    def _why_no_good(self) -> tuple[str, tuple[str, ...]]:
        question = self.question
        entries = self.benchmarks.goods.get(question.good[:8], ())
        successors = tuple(code for entry in entries for code in entry.successors)
        if successors:
            return f"{question.good} was split; on {question.legal_date} use {', '.join(successors)}.", successors
        return f"{question.good} is not a good of {question.scheme} on {question.legal_date}.", ()

    def _note(self, rung: str, found: str, why: str, reference: str) -> None:
        self.trace.append(TraceLine(rung, found, why, reference or self.parameters.ladder_reference))

    def _no_value(self, reason: str, choices: tuple[str, ...] = ()) -> Determination:
        if not self.trace or self.trace[-1].why != reason:
            self._note(NO_RUNG, "", reason, "")
        return self._answer(basis="none", rung=NO_RUNG, reason=reason, choices=choices)

    def _answer(
        self, *, basis: str, rung: str, value: Decimal | None = None, direct: Decimal | None = None,
        indirect: Decimal | None = None, unit: str = "", edition: str = "", reference: str = "",
        valid_from: date | None = None, valid_to: date | None = None, certificate: str = "", **more: Any,
    ) -> Determination:  # fmt: skip
        return Determination(
            value, direct, indirect, unit, basis, rung, edition, reference, valid_from, valid_to, certificate,
            tuple(self.trace), self.benchmarks.content_sha256, **more,
        )  # fmt: skip


_RUNGS: Mapping[str, Callable[[_Climb, GoodEntry, Origin], Determination | None]] = {
    "exemption": _Climb.exemption,
    "override": _Climb.override,
    "alternative_value": _Climb.alternative_value,
    "country_default": _Climb.country_default,
    "other_countries_default": _Climb.other_countries_default,
}


def _row_for(
    edition: DefaultEdition, country: str, code: str, variant: str
) -> tuple[DefaultRow | None, tuple[str, ...]]:
    """The row of the longest prefix that is no heading; or the choices where the code alone does not decide."""
    longer = edition.longer_codes.get((country, code))
    if longer:
        return None, longer
    for length in PREFIX_LENGTHS:
        if length > len(code):
            continue
        rows = edition.rows.get((country, code[:length]))
        if not rows:
            continue
        if len(rows) > 1 or rows[0].variant:
            chosen = next((row for row in rows if row.variant == variant), None)
            if chosen is None:
                return None, tuple(sorted(row.variant for row in rows))
        else:
            chosen = rows[0]
        if chosen.no_value_reason != "heading":
            return chosen, ()
    return None, ()


def _why_no_row(edition: DefaultEdition, country: str, name: str, code: str) -> str:
    if country not in edition.countries:
        return f"The default values have no table for {name}."
    return f"The table of {name} has no value for {code} or a shorter code; headings carry none."


def _matching_overrides(
    question: Question, good: GoodEntry, overrides: Overrides
) -> tuple[list[ApprovedOverride], str]:
    """Approved values that fit, those for the exact code before those for the category; or why none fits."""
    if not question.installation:
        return [], "No installation was named."
    found = list(overrides.get(question.installation, ()))
    if not found:
        return [], f"{question.installation} has no approved value."
    exact = [each for each in found if each.good_code and question.good.startswith(each.good_code)]
    by_category = [each for each in found if each.category == good.category]
    if not exact and not by_category:
        return [], f"{question.installation} has no approved value for {question.good} or {good.category}."
    why = ""
    for group in (exact, by_category):
        fitting, reason = _fitting(group, question)
        if fitting:
            return fitting, ""
        why = why or reason
    return [], why


def _fitting(group: list[ApprovedOverride], question: Question) -> tuple[list[ApprovedOverride], str]:
    """Narrow by knowledge, then legal date, then route and variant; name the first that leaves nothing."""
    if not group:
        return [], ""
    group = [each for each in group if each.is_known_at(question.known_at)]
    if not group:
        return [], f"No approved value of {question.installation} was in force at {question.known_at.isoformat()}."
    group = [each for each in group if question.legal_date in each.span]
    if not group:
        return [], f"No approved value of {question.installation} covers {question.legal_date}."
    group = [
        each
        for each in group
        if _is_compatible(question.route, each.route) and _is_compatible(question.variant, each.variant)
    ]
    if not group:
        return [], f"No approved value of {question.installation} is for this route or variant."
    return group, ""


def _is_compatible(asked: str, approved: str) -> bool:
    """An approval that names none holds for all; a question that names none fits any."""
    return not asked or not approved or asked == approved


@lru_cache(maxsize=65536)
def _raised(total: Decimal, mark_up: Decimal, decimals: int) -> Decimal:
    """The total with its mark-up, half up."""
    return _EXACT.multiply(total, 1 + mark_up).quantize(Decimal(1).scaleb(-decimals), context=_EXACT)


@lru_cache(maxsize=1024)
def _percent(fraction: Decimal) -> str:
    return plain(fraction * 100)


@lru_cache(maxsize=1024)
def _common_days(first: Span, second: Span) -> Span:
    ends = [end for end in (first.end, second.end) if end is not None]
    return Span(max(first.start, second.start), min(ends) if ends else None)
