"""Give a person the role of an official: the first ones of a new site, before any steward is there."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from portal.commands.base import PortalCommand
from verification.accounts.enums import OfficialRole
from verification.accounts.selectors import user_with_email
from verification.audit.actors import Actor
from verification.kernel.errors import DomainError
from verification.registry.services import appoint_official


class Command(PortalCommand):
    help = "Appoint the person with this account as reviewer, approver or steward, from today."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("email", help="address of an account that exists")
        parser.add_argument("role", choices=OfficialRole.values)
        parser.add_argument("number", help="the official's number, printed on decisions instead of the name")

    def handle(self, *, email: str, role: str, number: str, as_json: bool, **options: Any) -> None:
        user = user_with_email(email)
        if user is None:
            self.refuse(f"No account has the address {email}. The person signs up first.")
        try:
            appointment = appoint_official(user, role, official_number=number, actor=Actor.system("command line"))
        except DomainError as error:
            self.refuse(str(error))
        record = {
            "email": user.email,
            "role": appointment.role,
            "official_number": appointment.official_number,
            "valid_from": appointment.valid_from.isoformat(),
        }
        words = f"{user.email} is {appointment.role} {appointment.official_number} from {appointment.valid_from}."
        self.say(record, as_json=as_json, in_words=[words])
