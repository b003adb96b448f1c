"""People, organisations and the clock of the demonstration."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field
from datetime import date

from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP
from django.db import transaction

from portal.commands.demonstration.workbooks import SITES
from portal.ui.demonstration import PASSWORD, PEOPLE
from verification.accounts.models import User
from verification.audit.actors import Actor
from verification.audit.services import record_event
from verification.claims.models import Claim
from verification.kernel import clock
from verification.registry.models import Accreditation, Installation, Organisation
from verification.registry.selectors import actor_for
from verification.registry.services import (
    OrganisationDetails,
    appoint_official,
    record_accreditation,
    register_installation,
    register_organisation,
)

Storyline = Generator[date, None, None]
StoryOfClaim = Generator[date, None, Claim]
SYSTEM = Actor.system("demonstration set-up")


@dataclass
class Stage:
    """Who and what the storylines act with."""

    users: dict[str, User] = field(default_factory=dict)
    installations: dict[str, Installation] = field(default_factory=dict)
    producer: Organisation = field(init=False)
    verifier: Organisation = field(init=False)
    importer: Organisation = field(init=False)
    accreditation: Accreditation = field(init=False)

    def actor(self, key: str) -> Actor:
        """The person as signed in just now, second factor included where one is needed."""
        user = self.users[key]
        has_factor = key in ("verifier", "reviewer", "approver")
        return actor_for(user, second_factor_at=clock.wall_now() if has_factor else None)


def set_clock(day: date) -> None:
    """From now on the product's clock reads ``day``."""
    clock.demonstrate(clock.Demonstration(starts_on=day, anchored_on=clock.wall_now().date()))


def perform(storylines: Sequence[Callable[[Stage], Storyline]], stage: Stage) -> None:
    """Run all storylines in the order of their days. Each yields the day of its next act."""
    running = [(next(play), index, play) for index, play in enumerate(line(stage) for line in storylines)]
    while running:
        running.sort(key=lambda entry: entry[:2])
        day, index, play = running.pop(0)
        set_clock(day)
        following = next(play, None)
        if following is not None:
            running.append((following, index, play))


@transaction.atomic
def set_stage() -> Stage:
    """Accounts with their second factors, three organisations, sites, accreditation, officials."""
    stage = Stage()
    record_event(
        "platform.clock.moved",
        actor=SYSTEM,
        subject_type="platform",
        subject_id="clock",
        facts={"reason": "A demonstration was set up; certificates issued in it are specimens."},
    )
    for somebody in PEOPLE:
        user = User.objects.create_user(somebody.email, PASSWORD, full_name=somebody.full_name)
        EmailAddress.objects.create(user=user, email=somebody.email, verified=True, primary=True)
        if somebody.totp_secret:
            TOTP.activate(user, somebody.totp_secret)
        stage.users[somebody.key] = user
    _organisations(stage)
    appoint_official(stage.users["reviewer"], "reviewer", official_number="R-0172", actor=SYSTEM)
    appoint_official(stage.users["reviewer"], "steward", official_number="S-0172", actor=SYSTEM)
    appoint_official(stage.users["approver"], "approver", official_number="A-0039", actor=SYSTEM)
    appoint_official(stage.users["lead"], "reviewer", official_number="R-0211", actor=SYSTEM)
    appoint_official(stage.users["lead"], "lead", official_number="L-0211", actor=SYSTEM)
    appoint_official(stage.users["judge"], "approver", official_number="A-0052", actor=SYSTEM)
    for site in SITES:
        stage.installations[site.key] = register_installation(
            stage.producer, site.details, actor=stage.actor("producer")
        )
    return stage


def _organisations(stage: Stage) -> None:
    stage.producer = register_organisation(
        OrganisationDetails(
            name="Karaçam Industries",
            local_name="Karaçam Sanayi ve Ticaret A.Ş.",
            local_language="tr",
            registration_number="0589 0412 7730 0016",
            country="TR",
            address="Cumhuriyet Bulvarı 140, İzmir",
            contact_email="emissions@karacam.example",
            is_producer=True,
        ),
        actor=SYSTEM,
        founder=stage.users["producer"],
    )
    stage.verifier = register_organisation(
        OrganisationDetails(
            name="Anadolu Verification",
            local_name="Anadolu Doğrulama ve Belgelendirme A.Ş.",
            local_language="tr",
            registration_number="0068 0551 2290 0011",
            country="TR",
            address="Atatürk Bulvarı 88, Ankara",
            contact_email="office@anadolu-verification.example",
            is_verifier=True,
        ),
        actor=SYSTEM,
        founder=stage.users["verifier"],
    )
    stage.importer = register_organisation(
        OrganisationDetails(
            name="Nordhafen Import GmbH",
            registration_number="HRB 220417",
            country="DE",
            address="Speicherstraße 4, 20457 Hamburg",
            contact_email="customs@nordhafen.example",
            is_importer=True,
        ),
        actor=SYSTEM,
        founder=stage.users["importer"],
    )
    stage.accreditation = record_accreditation(
        stage.verifier,
        actor=SYSTEM,
        body="Demonstration Accreditation Body",
        body_country="DE",
        number="DAB-V-0042",
        sectors=("cement", "fertilisers", "hydrogen", "iron_steel"),
        valid_from=date(2026, 9, 1),
        valid_to=date(2031, 9, 1),
    )
