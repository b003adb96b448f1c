"""Numbers as files and pasted tables, in and out."""

import io
import json
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from verification.claims.models import Claim
from verification.claims.selectors import stored_answers
from verification.claims.services.producer import start_claim

pytestmark = pytest.mark.db
KINDS = ["xlsx", "zip", "json"]


@pytest.fixture
def claim(claim_at, acting):
    site = claim_at("Gaziantep").installation
    return start_claim(site, scheme="eu-cbam", year=2026, actor=acting("producer"))


def upload(producer, claim, content, name, **data):
    file = SimpleUploadedFile(name, content)
    return producer.post(reverse("producer:claim_file", args=[claim.pk]), {"file": file, "decimal_mark": ".", **data})


def exported(producer, claim, kind):
    return producer.get(reverse("producer:claim_export", args=[claim.pk, kind])).content


def report_of(claim):
    return {**Claim.objects.get(pk=claim.pk).reading["report"], "sources": {}}


@pytest.mark.parametrize("kind", KINDS)
def test_exported_claim_loads_again_to_the_same_claim(producer, claim_at, claim, kind):
    original = claim_at("Aliağa")
    content = exported(producer, original, kind)
    response = upload(producer, claim, content, f"claim.{kind}")
    assert response.status_code == 200
    assert report_of(claim) == report_of(original)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("which", ["blank", "example"])
def test_form_is_offered_as_a_file_to_everybody(client, world, which, kind):
    response = client.get(reverse("public:form_file", args=[which, kind]))
    assert response.status_code == 200
    assert f"claim-{which}.{kind}" in response["Content-Disposition"]
    assert len(response.content) > 100


def test_example_file_gives_values(producer, claim):
    content = producer.get(reverse("public:form_file", args=["example", "xlsx"])).content
    upload(producer, claim, content, "example.xlsx")
    claim.refresh_from_db()
    assert claim.way_in == "answers"
    assert all(good["see_direct"] for good in claim.reading["goods"])


def test_wrong_cell_is_named_and_kept_and_the_rest_is_taken_in(producer, claim):
    record = json.loads(producer.get(reverse("public:form_file", args=["example", "json"])).content)
    record["answers"]["streams"]["S1"]["activity_data"] = "many"
    response = upload(producer, claim, json.dumps(record).encode(), "claim.json")
    assert response.context["problems"][0].field == "streams/S1/activity_data"
    assert stored_answers(claim)["streams"]["S1"]["activity_data"] == "many"
    assert stored_answers(claim)["streams"]["S2"]["activity_data"]


def test_comma_as_decimal_mark_is_taken_as_such(producer, claim):
    record = json.loads(producer.get(reverse("public:form_file", args=["example", "json"])).content)
    record["answers"]["streams"]["S1"]["activity_data"] = "1.234,5"
    upload(producer, claim, json.dumps(record).encode(), "claim.json", decimal_mark=",")
    assert stored_answers(claim)["streams"]["S1"]["activity_data"] == "1234.5"


def test_table_of_one_part_replaces_that_part_alone(producer, claim_at):
    claim = claim_at("Gaziantep")
    before = stored_answers(claim)
    table = b"key,name,method,activity_data\nS1,Gas,combustion,5\n"
    assert upload(producer, claim, table, "streams.csv").status_code == 200
    after = stored_answers(claim)
    assert list(after["streams"]) == ["S1"]
    assert after["processes"] == before["processes"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("claim.xlsx", b"PK\x03\x04 not a workbook at all"),
        ("claim.json", b'{"format": "something else"}'),
        ("claim.json", b"{"),
        ("claim.pdf", b"%PDF-1.7 "),
        ("claim.csv", b""),
    ],
)
def test_file_that_cannot_be_taken_in_changes_nothing(producer, claim_at, name, content):
    claim = claim_at("Gaziantep")
    before = stored_answers(claim)
    response = upload(producer, claim, content, name)
    assert response.status_code == 422
    assert response.context["form"].errors["file"]
    assert stored_answers(claim) == before


def test_archive_bomb_is_refused(producer, claim_at):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("streams.csv", b"0" * 400_000_000)
    response = upload(producer, claim_at("Gaziantep"), target.getvalue(), "claim.zip")
    assert response.status_code == 422


def test_pasted_rows_are_added_to_those_there_are(producer, claim_at):
    claim = claim_at("Gaziantep")
    before = list(stored_answers(claim)["streams"])
    text = "name\tmethod\tactivity_data\nCoke\tprocess\t12\nLime\tprocess\t3\n"
    response = producer.post(
        reverse("producer:claim_rows_paste", args=[claim.pk, "streams"]), {"text": text, "decimal_mark": "."}
    )
    assert response.status_code in (200, 302)
    rows = stored_answers(claim)["streams"]
    assert [rows[key]["name"] for key in list(rows)[len(before) :]] == ["Coke", "Lime"]


def test_pasted_nonsense_is_refused_and_kept_in_the_form(producer, claim_at):
    claim = claim_at("Gaziantep")
    before = stored_answers(claim)
    response = producer.post(
        reverse("producer:claim_rows_paste", args=[claim.pk, "streams"]), {"text": " \n ", "decimal_mark": "."}
    )
    assert response.status_code == 422
    assert stored_answers(claim) == before
