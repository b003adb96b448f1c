"""Registering organisations, people, installations and accreditations; one module per subject."""

from verification.registry.services.accreditations import record_accreditation, record_accreditation_measure
from verification.registry.services.installations import InstallationDetails, register_installation
from verification.registry.services.officials import appoint_official, end_appointment
from verification.registry.services.organisations import (
    OrganisationDetails,
    add_member,
    end_membership,
    register_organisation,
)

__all__ = [
    "InstallationDetails",
    "OrganisationDetails",
    "add_member",
    "appoint_official",
    "end_appointment",
    "end_membership",
    "record_accreditation",
    "record_accreditation_measure",
    "register_installation",
    "register_organisation",
]
