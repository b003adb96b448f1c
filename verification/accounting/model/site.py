"""Who reports, on which site, for which period, by which plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class Period:
    """Reporting period; both days belong to it."""

    starts_on: date | None = None
    ends_on: date | None = None

    @property
    def is_calendar_year(self) -> bool:
        start, end = self.starts_on, self.ends_on
        return bool(start and end and start == date(start.year, 1, 1) and end == date(start.year, 12, 31))


@dataclass(frozen=True)
class Installation:
    """The site; ``country`` is ISO 3166 alpha-2, coordinates are decimal degrees of the main source."""

    name: str = ""
    name_local: str = ""
    registry_id: str = ""
    street: str = ""
    economic_activity: str = ""
    post_code: str = ""
    po_box: str = ""
    city: str = ""
    country: str = ""
    un_locode: str = ""
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    representative: str = ""
    email: str = ""
    telephone: str = ""


@dataclass(frozen=True)
class Verifier:
    name: str = ""
    street: str = ""
    city: str = ""
    post_code: str = ""
    country: str = ""
    representative: str = ""
    email: str = ""
    telephone: str = ""
    fax: str = ""
    accreditation_state: str = ""
    accreditation_body: str = ""
    accreditation_number: str = ""


@dataclass(frozen=True)
class MonitoringPlan:
    """The plan that the report follows (2025/2547 Annex II, A.5), in the words of the operator.

    ``months_monitored`` is given by installations that began in the period.
    """

    version: str = ""
    dated_on: date | None = None
    summary: str = ""
    attribution_method: str = ""
    zero_rating_method: str = ""
    months_monitored: int | None = None


@dataclass(frozen=True)
class DataQuality:
    quality: str = ""
    default_justification: str = ""
    assurance: str = ""


@dataclass(frozen=True)
class OtherGood:
    """A good of the installation that the scheme does not cover; ``amount`` in ``unit``."""

    id: str
    name: str = ""
    amount: Decimal | None = None
    unit: str = ""
