"""From the acceptance to the check page: one subject a page, nothing typed is lost, nobody else gets in."""

import pytest
from django.urls import reverse

from portal.verifier.urls import urlpatterns
from tests.factories.organisations import make_organisation
from tests.factories.people import give_authenticator
from tests.factories.verification import fill_report, sign
from verification.claims.models import VerificationWork
from verification.claims.services.verifier_findings import FindingDetails, raise_finding
from verification.claims.verification.words import FindingKind
from verification.claims.verifier_selectors import additions_of

pytestmark = pytest.mark.db
VISIT = {"kind": "physical", "started_on": "2027-02-01", "ended_on": "2027-02-03", "days_on_site": "3"}
PERSON = {"name": "Emre Yıldırım", "role": "lead_auditor", "speaks_english": "on", "visited_site": "on"}


def at(name, work, *more):
    return reverse(f"verifier:{name}", args=[work.pk, *more])


def states(response):
    return [task["state"] for task in response.context["tasks"]]


def test_invitation_is_accepted_with_the_declaration(verifier, invitation):
    address = reverse("verifier:engagement_accept", args=[invitation.pk])
    assert "no conflict of interest" in verifier.get(address).content.decode()
    assert list(verifier.post(address, {}).context["form"].errors) == ["declaration"]
    response = verifier.post(address, {"declaration": "on"})
    work = VerificationWork.objects.get(claim=invitation.claim)
    assert response["Location"] == at("work", work)
    assert verifier.post(address, {"declaration": "on"}).status_code == 409


def test_task_list_opens_the_signature_last(verifier, work, acting):
    response = verifier.get(at("work", work))
    assert states(response) == ["not_started"] * 4 + ["complete", "complete", "not_yet"]
    fill_report(work, acting("verifier"))
    assert states(verifier.get(at("work", work))) == ["complete"] * 6 + ["not_started"]
    finding = FindingDetails(FindingKind.NON_CONFORMITY, False, "", "Late calibration.")
    raise_finding(work, actor=acting("verifier"), details=finding)
    assert states(verifier.get(at("work", work)))[-2:] == ["to_answer", "not_yet"]


def test_visit_is_saved_and_read_again(verifier, work):
    address = at("part", work, "visits")
    assert verifier.post(address, VISIT)["Location"] == at("work", work)
    visits = additions_of(work).visits
    assert (visits.kind, str(visits.started_on), visits.days_on_site) == ("physical", "2027-02-01", 3)
    assert 'value="2027-02-03"' in verifier.get(address).content.decode()


def test_visit_that_is_not_allowed_keeps_what_was_typed(verifier, work):
    response = verifier.post(at("part", work, "visits"), VISIT | {"kind": "virtual", "ground": "Low & steady"})
    assert list(response.context["form"].errors) == ["kind"]
    shown = response.content.decode()
    assert "In the first period that is verified the site is visited in person." in shown
    assert "Low &amp; steady" in shown
    assert not work.drafts.exists()


def test_earlier_visits_are_declared_with_their_ground(verifier, work):
    fields = VISIT | {"kind": "virtual", "ground": "Low risk", "year_2025": "physical"}
    response = verifier.post(at("part", work, "visits"), fields)
    assert "where it is shown" in response.content.decode()
    verifier.post(at("part", work, "visits"), fields | {"declared_ground": "Report AV-2026-3"})
    assert additions_of(work).history == {2025: "physical"}


@pytest.mark.parametrize(
    ("part", "fields", "field"),
    [
        ("terms", {"plan_version": "3"}, "plan_dated_on"),
        ("methods", {"heat": "None"}, "attribution"),
        ("visits", VISIT | {"started_on": "soon"}, "started_on"),
    ],
)
def test_wrong_field_of_a_part_is_named(verifier, work, part, fields, field):
    assert field in verifier.post(at("part", work, part), fields).context["form"].errors


def test_people_are_added_changed_and_removed(verifier, work):
    team = at("part", work, "team")
    assert verifier.post(at("row_add", work, "team"), PERSON)["Location"] == team
    verifier.post(at("row_add", work, "team"), {"name": "Selin Kaya", "role": "independent_reviewer"})
    shown = verifier.get(team).content.decode()
    assert "No auditor speaks the operator’s language." in shown
    verifier.post(at("row", work, "team", 1), PERSON | {"speaks_operator_language": "on"})
    assert "Still to mend" not in verifier.get(team).content.decode()
    assert "Remove “Selin Kaya”?" in verifier.get(at("row_remove", work, "team", 2)).content.decode()
    verifier.post(at("row_remove", work, "team", 2))
    assert [member.name for member in additions_of(work).team] == ["Emre Yıldırım"]
    assert verifier.get(at("row", work, "team", 2)).status_code == 404


def test_unknown_parts_do_not_exist(verifier, work):
    assert verifier.get(at("part", work, "weather")).status_code == 404
    assert verifier.get(at("row_add", work, "visits")).status_code == 404


def test_answers_are_checked_before_the_signature(verifier, work, invitation, acting):
    shown = verifier.get(at("check", work)).content.decode()
    assert "Go on to the signature" not in shown
    fill_report(work, acting("verifier"))
    shown = verifier.get(at("check", work)).content.decode()
    assert "Go on to the signature" in shown
    for word in ("Emre Yıldırım", "Physical visit", "By the activity level of each process", 'datetime="2027-01-18"'):
        assert word in shown


def test_finding_goes_from_page_to_page(verifier, work):
    address = at("finding_raise", work)
    fields = {"kind": "misstatement", "is_material": "on", "subject": "Electricity", "text": "Read twice."}
    assert list(verifier.post(address, fields | {"text": ""}).context["form"].errors) == ["text"]
    assert verifier.post(address, fields)["Location"] == at("findings", work)
    verifier.post(at("finding", work, 1), {"text": "Please send the log."})
    assert "Please send the log." in verifier.get(at("finding", work, 1)).content.decode()
    closing = at("finding_close", work, 1)
    refused = verifier.post(closing, {"outcome": "corrected", "reason": "Seen."})
    assert list(refused.context["form"].errors) == ["outcome"]
    verifier.post(closing, {"outcome": "remaining", "reason": "Not corrected."})
    assert "Not corrected." in verifier.get(at("finding", work, 1)).content.decode()
    assert verifier.post(closing, {"outcome": "withdrawn", "reason": "Again."}).status_code == 409
    assert verifier.get(at("finding", work, 2)).status_code == 404


def test_sealed_report_is_read_and_downloaded(verifier, work, invitation, acting):
    signed = sign(invitation, acting("verifier"))
    shown = verifier.get(reverse("verifier:engagement_report", args=[invitation.pk])).content.decode()
    assert signed.sealed_report.sha256 in shown
    assert "Emre Yıldırım" in shown
    assert "Specific embedded" in shown
    file = reverse("verifier:engagement_report_file", args=[invitation.pk, "json"])
    response = verifier.get(file)
    assert response.content.decode() == signed.sealed_report.content
    assert response["Content-Disposition"].startswith("attachment")
    pdf = verifier.get(reverse("verifier:engagement_report_file", args=[invitation.pk, "pdf"]))
    assert pdf.content.startswith(b"%PDF-")
    assert verifier.get(reverse("verifier:engagement_report_file", args=[invitation.pk, "csv"])).status_code == 404


def test_nothing_is_filled_in_after_the_signature(verifier, work, invitation, acting):
    sign(invitation, acting("verifier"))
    assert verifier.get(at("part", work, "visits")).status_code == 409
    assert verifier.post(at("row_add", work, "team"), PERSON).status_code == 409
    assert "No sealed numbers wait for you now." in verifier.get(at("work", work)).content.decode()


ENGAGEMENT_PAGES = [
    ("engagement", ()),
    ("engagement_accept", ()),
    ("engagement_decline", ()),
    ("engagement_confirm", ()),
    ("engagement_report", ()),
    ("engagement_report_file", ("json",)),
]
WORK_PAGES = [
    ("work", ()),
    ("part", ("visits",)),
    ("row_add", ("team",)),
    ("row", ("team", 1)),
    ("row_remove", ("team", 1)),
    ("findings", ()),
    ("finding_raise", ()),
    ("finding", (1,)),
    ("finding_close", (1,)),
    ("check", ()),
]


def test_every_address_is_tried_here():
    tried = {name for name, _more in (*ENGAGEMENT_PAGES, *WORK_PAGES)}
    assert {pattern.name for pattern in urlpatterns} == {*tried, "home", "file"}


@pytest.fixture
def addresses(work, invitation, acting):
    fill_report(work, acting("verifier"))
    finding = FindingDetails(FindingKind.MISSTATEMENT, False, "", "Read twice.")
    raise_finding(work, actor=acting("verifier"), details=finding)
    engagements = [reverse(f"verifier:{name}", args=[invitation.pk, *more]) for name, more in ENGAGEMENT_PAGES]
    return engagements + [at(name, work, *more) for name, more in WORK_PAGES]


def test_other_verifier_finds_nothing(client, addresses, work):
    _organisation, user = make_organisation("Other Verifier", is_verifier=True)
    give_authenticator(user)
    client.force_login(user)
    for address in addresses:
        assert client.get(address).status_code == 404, address
        assert client.post(address).status_code in (404, 405), address
    use = work.claim.evidence.first()
    assert client.get(reverse("verifier:file", args=[use.file_id])).status_code == 404


def test_stranger_is_asked_to_sign_in(client, addresses):
    for address in [*addresses, reverse("verifier:home")]:
        assert client.get(address)["Location"].startswith(reverse("account_login")), address
