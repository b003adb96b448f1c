"""What reading a template yields, and the rules it is read under."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from verification.accounting.calculation import InstallationResult
from verification.accounting.model import InstallationReport
from verification.kernel.errors import Problem


@dataclass(frozen=True)
class PeriodRule:
    """Periods that a scheme accepts: not before ``earliest_start_on``, whole calendar years if it says so."""

    earliest_start_on: date | None = None
    is_calendar_year_required: bool = True


@dataclass(frozen=True)
class TemplateRules:
    """What depends on day and scheme. ``known_goods`` holds codes or prefixes of 4 to 10 digits."""

    today: date
    known_goods: frozenset[str] | None = None
    period: PeriodRule | None = None


@dataclass(frozen=True)
class TemplateIdentity:
    name: str = ""
    version: str = ""
    issued_on: date | None = None
    language: str = ""


@dataclass(frozen=True)
class Stated:
    """Results that the file itself carries, by path of what they belong to; only those present.

    Keys are ``products.0.see_direct``, ``source_streams.3.fossil_tco2e``, ``totals.direct_tco2e``
    and so on; ``sources`` holds their cells.
    """

    values: Mapping[str, Decimal] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class TemplateReading:
    """A template as read: content, recomputed result, results stated in the file, problems.

    ``report`` and ``result`` are ``None`` where the file cannot be read at all.
    """

    template: TemplateIdentity = TemplateIdentity()
    report: InstallationReport | None = None
    result: InstallationResult | None = None
    stated: Stated = Stated()
    problems: tuple[Problem, ...] = ()

    @property
    def is_readable(self) -> bool:
        return self.report is not None

    @property
    def is_blocked(self) -> bool:
        return any(item.severity == "block" for item in self.problems)
