"""Registering sites."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from verification.audit.actors import Actor
from verification.audit.services import record_event
from verification.kernel import clock
from verification.kernel.errors import InvalidInput, NotAllowed, Problem
from verification.registry.models import Installation, Organisation
from verification.registry.services.calendar import same_day_later

REGISTRATION_YEARS = 5
_UNLOCODE = re.compile(r"^[A-Z]{2}[A-Z2-9]{3}$")


@dataclass(frozen=True)
class InstallationDetails:
    """Coordinates in decimal degrees, six decimals kept (Regulation (EU) 2023/956, Article 10)."""

    name: str
    address: str
    city: str
    country: str
    latitude: Decimal
    longitude: Decimal
    economic_activity: str
    unlocode: str = ""
    local_name: str = ""


@transaction.atomic
def register_installation(organisation: Organisation, details: InstallationDetails, *, actor: Actor) -> Installation:
    """Register a site for five years. Raises ``InvalidInput`` naming each field, ``NotAllowed``."""
    if not (actor.belongs_to(organisation.pk) and organisation.is_producer):
        raise NotAllowed("Only the producer itself registers its installations.")
    problems = list(_installation_problems(details))
    if problems:
        raise InvalidInput("The installation could not be registered.", problems)
    today = clock.today()
    installation = Installation(
        organisation=organisation,
        code=_next_installation_code(details.country),
        registered_on=today,
        valid_to=same_day_later(today, REGISTRATION_YEARS),
        **vars(details),
    )
    installation.save(force_insert=True)
    record_event(
        "registry.installation.registered",
        actor=actor,
        subject_type="installation",
        subject_id=installation.pk,
        facts={"code": installation.code, "name": installation.name, "organisation": str(organisation.pk)},
    )
    return installation


def _installation_problems(details: InstallationDetails) -> Iterator[Problem]:
    for name, limit in (("latitude", 90), ("longitude", 180)):
        value = getattr(details, name)
        if not -limit <= value <= limit:
            yield Problem(
                "block",
                "REG-002",
                f"The {name} must lie between −{limit} and {limit} degrees.",
                "Use decimal degrees, for example 38.790000.",
                field=name,
                found=str(value),
            )
    if details.unlocode and not _UNLOCODE.match(details.unlocode):
        yield Problem(
            "block",
            "REG-003",
            "A UN/LOCODE has two letters for the country and three characters for the place.",
            "Write it without a space, for example TRALI, or leave it empty.",
            field="unlocode",
            found=details.unlocode,
        )
    elif details.unlocode and details.unlocode[:2] != details.country:
        yield Problem(
            "block",
            "REG-004",
            "The UN/LOCODE lies in another country than the installation.",
            "Correct the country or the UN/LOCODE.",
            field="unlocode",
            found=details.unlocode,
            expected=details.country,
        )


def _next_installation_code(country: str) -> str:
    last = Installation.objects.select_for_update().filter(country=country).order_by("-code").first()
    number = int(last.code.split("-")[1]) + 1 if last else 1
    return f"{country}-{number:04d}"
