"""The history of a claim in words, its file to take away, and what was known on another day."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.urls import reverse

from verification.accounts.models import Appointment
from verification.audit.models import Event
from verification.certificates.models import Certificate

pytestmark = pytest.mark.db


def test_history_is_told_in_words_with_hashes_folded(client_of, claim_at) -> None:
    claim = claim_at("Aliağa")
    page = client_of("approver").get(reverse("official:audit", args=[claim.pk]))
    text = page.content.decode()
    told = page.context["events"]
    assert [each.sequence for each in told] == sorted(each.sequence for each in told)
    assert {"Sent, sealed", "A certificate was granted", "An approved value came into force"} <= {e.title for e in told}
    event = Event.objects.filter(subject_id=str(claim.pk)).first()
    assert text.index("<details") < text.index(event.sha256)
    assert "Take the file away" in text


def test_history_is_paged(client_of, claim_at, monkeypatch) -> None:
    monkeypatch.setattr("portal.official.views.case_file.PAGE_SIZE", 3)
    address = reverse("official:audit", args=[claim_at("Aliağa").pk])
    first = client_of("approver").get(address).context
    second = client_of("approver").get(address, {"cursor": first["page"].next_cursor}).context
    assert len(first["events"]) == len(second["events"]) == 3
    assert first["events"][-1].sequence < second["events"][0].sequence


def test_officials_take_the_file_of_a_case(client_of, claim_at) -> None:
    claim = claim_at("Aliağa")
    answer = client_of("approver").post(reverse("official:case_file", args=[claim.pk]))
    assert answer["Content-Disposition"] == f'attachment; filename="{claim.number}-case-officials.zip"'
    content = b"".join(answer.streaming_content)
    assert len(content) == int(answer["Content-Length"])
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        assert file.testzip() is None
        assert {"index.html", "check.py", "manifest.json"} <= set(file.namelist())
    assert Event.objects.latest("sequence").name == "casefile.case.exported"


def test_reviewer_who_is_not_on_the_case_is_refused(client_of, claim_at, user_of) -> None:
    Appointment.objects.filter(user=user_of("reviewer")).exclude(role="reviewer").delete()
    claim, before = claim_at("Silifke"), Event.objects.count()
    client = client_of("reviewer")
    assert client.post(reverse("official:case_file", args=[claim.pk])).status_code == 403
    assert Event.objects.count() == before
    page = client.get(reverse("official:audit", args=[claim.pk])).content.decode()
    assert "Take the file away" not in page
    assert "The officials on the case, approvers and stewards take it away." in page


def test_time_travel_asks_first(client_of) -> None:
    page = client_of("reviewer").get(reverse("official:time_travel"), {"number": "EC-2027-000001"})
    assert "journey" not in page.context
    assert 'value="EC-2027-000001"' in page.content.decode()


def test_time_travel_shows_then_now_and_what_happened(client_of, claim_at) -> None:
    claim = claim_at("Aliağa")
    day = claim.created_at.date().isoformat()
    page = client_of("reviewer").get(
        reverse("official:time_travel"), {"number": Certificate.objects.get(claim=claim).number, "known_on": day}
    )
    assert page.context["claim"] == claim
    state = next(fact for fact in page.context["journey"].facts if fact.label == "State")
    assert state.now == "Approved"
    assert "What happened between" in page.content.decode()


def test_time_travel_answers_for_a_good(client_of) -> None:
    asked = {"known_on": "2027-03-14", "scheme": "eu-cbam", "good": "7208 39 00", "origin": "TR"}
    asked["legal_date"] = "2026-05-01"
    page = client_of("reviewer").get(reverse("official:time_travel"), asked)
    assert {fact.label: fact.now for fact in page.context["journey"].facts}["Basis"] == "default"


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"known_on": "2027-03-14"}, "Name either a number or a good."),
        ({"known_on": "2027-03-14", "number": "X", "good": "72083900"}, "Name either a number or a good."),
        ({"known_on": "2027-03-14", "number": "EC-1999-000001"}, "No claim was sent under this number."),
        ({"known_on": "2099-01-01", "number": "EC-2027-000001"}, "This day has not come yet."),
        ({"known_on": "2027-03-14", "good": "72083900"}, "A good is asked for with its origin."),
        ({"known_on": "2027-03-14", "good": "72", "origin": "TR"}, "write its eight digits"),
        ({"known_on": "soon", "number": "EC-2027-000001"}, "Enter a valid date."),
    ],
)
def test_time_travel_says_what_is_wrong(client_of, asked: dict[str, str], message: str) -> None:
    page = client_of("reviewer").get(reverse("official:time_travel"), asked)
    assert message in page.content.decode()
    assert "journey" not in page.context
