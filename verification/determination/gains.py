"""The gain of a verified value in money after free allocation, from the data in force."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import partial

from verification.determination.engine import DEFAULT_UNIT, Question, determine
from verification.determination.obligation import Gain, PrecursorAllocation, gain_between, price_at, side_for
from verification.determination.snapshot import Snapshot, snapshot_of
from verification.kernel.errors import MissingReference
from verification.reference.selectors import published_release


def gain_of_verified_value(
    question: Question, verified_per_t: Decimal, *, precursors: Sequence[PrecursorAllocation] = (),
    benchmark_route: str = "", snapshot: Snapshot | None = None,
) -> Gain:  # fmt: skip
    """Default against the verified value in tCO2e per tonne of good, both after free allocation.

    ``verified_per_t`` is in the good's emissions scope. ``benchmark_route`` is the route letter of
    the producer's own process, where the good's column A knows several. ``snapshot`` is the release known at
    the question's instant, for callers that ask about many goods. Raises ``MissingReference``
    where there is no default, or where a factor, benchmark or price has not been published.
    """
    snapshot = snapshot or snapshot_of(published_release(question.scheme, question.known_at))
    default = determine(replace(question, installation=""), snapshot.tables, {}, snapshot.parameters)
    if default.value is None or default.unit != DEFAULT_UNIT:
        raise MissingReference(f"There is no default to compare with: {default.reason}")
    side = partial(
        side_for,
        good=question.good,
        on=question.legal_date,
        tables=snapshot.tables,
        parameters=snapshot.parameters,
    )
    return gain_between(
        side("default", default.value, route=default.benchmark_route),
        side("verified", verified_per_t, route=benchmark_route, precursors=precursors),
        price_at(snapshot.parameters, question.legal_date),
    )
