"""End what a person may do as an official."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from portal.commands.base import PortalCommand
from verification.accounts.enums import OfficialRole
from verification.accounts.selectors import user_with_email
from verification.audit.actors import Actor
from verification.kernel.errors import DomainError
from verification.registry.services import end_appointment


class Command(PortalCommand):
    help = "End an official's role, at once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("email", help="address of the official's account")
        parser.add_argument("role", choices=OfficialRole.values)

    def handle(self, *, email: str, role: str, as_json: bool, **options: Any) -> None:
        user = user_with_email(email)
        if user is None:
            self.refuse(f"No active account has the address {email}.")
        try:
            appointment = end_appointment(user, role, actor=Actor.system("command line"))
        except DomainError as error:
            self.refuse(str(error))
        record = {
            "email": user.email,
            "role": appointment.role,
            "official_number": appointment.official_number,
            "valid_to": appointment.valid_to.isoformat() if appointment.valid_to else None,
        }
        words = f"{user.email} is no longer {appointment.role} from {appointment.valid_to}."
        self.say(record, as_json=as_json, in_words=[words])
