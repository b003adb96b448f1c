"""Organisations beside those of the demonstration, made through the services."""

from __future__ import annotations

from decimal import Decimal

from tests.factories.people import make_user
from verification.accounts.models import User
from verification.audit.actors import Actor
from verification.registry.models import Installation, Organisation
from verification.registry.selectors import actor_for
from verification.registry.services import (
    InstallationDetails,
    OrganisationDetails,
    register_installation,
    register_organisation,
)

SYSTEM = Actor.system("test")


def make_organisation(
    name: str, *, is_producer: bool = False, is_verifier: bool = False, is_importer: bool = False
) -> tuple[Organisation, User]:
    """An organisation and the person who acts for it."""
    key = name.lower().replace(" ", "-")
    user = make_user(f"{key}@works.example", name)
    details = OrganisationDetails(
        name=name,
        registration_number=key,
        country="IN",
        address="1 Test Road",
        contact_email=user.email,
        is_producer=is_producer,
        is_verifier=is_verifier,
        is_importer=is_importer,
    )
    return register_organisation(details, actor=SYSTEM, founder=user), user


def make_installation(organisation: Organisation, user: User, name: str = "Test Works") -> Installation:
    details = InstallationDetails(
        name=name,
        address="1 Test Road",
        city="Pune",
        country="IN",
        latitude=Decimal("18.52"),
        longitude=Decimal("73.85"),
        economic_activity="Manufacture of cement",
    )
    return register_installation(organisation, details, actor=actor_for(user))
