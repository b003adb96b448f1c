import json

import pytest
from django.core.management import CommandError, call_command

from tests.factories.people import make_official, make_user
from tests.portal.commands.test_commands import run
from verification.audit.models import Event
from verification.kernel import clock
from verification.registry.selectors import actor_for

pytestmark = [pytest.mark.db, pytest.mark.django_db]


def test_official_is_appointed_from_today(capsys):
    user = make_user()
    code, out, _ = run(capsys, "appoint_official", "Ada@Works.example", "steward", "S-0001", "--json")
    assert (code, json.loads(out)) == (
        0,
        {
            "email": "ada@works.example",
            "role": "steward",
            "official_number": "S-0001",
            "valid_from": clock.today().isoformat(),
        },
    )
    assert actor_for(user).roles == {"steward"}
    event = Event.objects.latest("sequence")
    assert (event.name, event.actor_kind, event.actor_label) == (
        "accounts.official.appointed",
        "system",
        "command line",
    )


def test_appointing_says_in_words_what_it_did(capsys):
    make_user()
    code, out, _ = run(capsys, "appoint_official", "ada@works.example", "reviewer", "R-0001")
    assert (code, out) == (0, f"ada@works.example is reviewer R-0001 from {clock.today()}.\n")


@pytest.mark.parametrize("command", [("appoint_official", "eve@works.example", "reviewer", "R-1"),
                                     ("end_appointment", "eve@works.example", "reviewer")])  # fmt: skip
def test_unknown_address_is_told(command):
    with pytest.raises(CommandError, match=r"eve@works\.example") as refusal:
        call_command(*command)
    assert refusal.value.returncode == 1


def test_role_that_is_held_is_not_given_again():
    make_official()
    with pytest.raises(CommandError, match="is reviewer already") as refusal:
        call_command("appoint_official", "marta@office.example", "reviewer", "R-2")
    assert refusal.value.returncode == 1


def test_unknown_role_is_told():
    make_user()
    with pytest.raises(CommandError, match="invalid choice"):
        call_command("appoint_official", "ada@works.example", "minister", "M-1")


def test_appointment_is_ended_once(capsys):
    user = make_official()
    code, out, _ = run(capsys, "end_appointment", user.email, "reviewer", "--json")
    assert (code, json.loads(out)["valid_to"]) == (0, clock.today().isoformat())
    assert not actor_for(user).is_official
    with pytest.raises(CommandError, match="is not reviewer"):
        call_command("end_appointment", user.email, "reviewer")
