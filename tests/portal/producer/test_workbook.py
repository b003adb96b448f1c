"""Uploading the communication template: what is read, and every refusal with its code, beside the field."""

import io
import zipfile
from dataclasses import replace
from datetime import datetime

import pytest
from django.urls import reverse

from tests.portal.producer.conftest import upload
from verification.accounting.examples import example_report
from verification.accounting.template.writer import workbook_of
from verification.evidence.models import EvidenceFile

pytestmark = pytest.mark.db

ENCRYPTED = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(512) + "EncryptedPackage".encode("utf-16-le")
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(64)


@pytest.fixture
def claim(claim_at):
    return claim_at("Trabzon")


def send(client, claim, content, name="Workbook.xlsx"):
    return client.post(reverse("producer:claim_template", args=[claim.pk]), {"file": upload(content, name)})


def with_member(content, name, data):
    packed = io.BytesIO(content)
    with zipfile.ZipFile(packed, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return packed.getvalue()


def test_page_states_the_limits_before_the_upload(producer, claim):
    page = producer.get(reverse("producer:claim_template", args=[claim.pk])).content.decode()
    assert "At most 25 MB" in page
    assert "without macros and without a password" in page


def test_good_workbook_becomes_the_claim(producer, claim, workbook_at):
    response = send(producer, claim, workbook_at("trabzon"))
    assert response["Location"] == reverse("producer:claim_results", args=[claim.pk])
    claim.refresh_from_db()
    assert claim.reading["problems"] == [] or all(p["severity"] != "block" for p in claim.reading["problems"])


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda good: PICTURE, "TPL-001"),
        (lambda good: good[: len(good) // 2], "FIL-002"),
        (lambda good: ENCRYPTED, "FIL-011"),
        (lambda good: b"", "FIL-010"),
        (lambda good: with_member(good, "xl/vbaProject.bin", b"x"), "FIL-016"),
        (lambda good: with_member(good, "xl/media/bomb.xml", bytes(8 * 1024 * 1024)), "FIL-003"),
    ],
    ids=["renamed picture", "truncated", "encrypted", "empty", "macros", "bomb"],
)
def test_unfit_file_is_refused_with_its_code_and_nothing_is_lost(producer, claim, workbook_at, make, code):
    before = (claim.template_file_id, claim.read_at, EvidenceFile.objects.count())
    response = send(producer, claim, make(workbook_at("trabzon")))
    assert response.status_code == 200
    form = response.context["form"]
    assert [problem.code for problem in form.problems] == [code]
    assert form.errors["file"][0].startswith(f"{code}: ")
    assert form.problems[0].mend in form.errors["file"][0]
    claim.refresh_from_db()
    assert (claim.template_file_id, claim.read_at, EvidenceFile.objects.count()) == before


def test_blank_template_is_refused(producer, claim):
    report = example_report("cement")
    nobody = type(report.installation)()
    empty = replace(report, installation=nobody, goods=(), processes=(), source_streams=(), products=())
    packed = io.BytesIO()
    workbook_of(empty).save(packed)
    before = claim.read_at
    response = send(producer, claim, packed.getvalue())
    claim.refresh_from_db()
    assert claim.read_at == before
    assert [problem.code for problem in response.context["form"].problems] == ["TPL-023"]


def test_future_version_is_refused_with_sheet_and_cell(producer, claim, workbook_at):
    cells = {("VersionDocumentation", "B2"): "CBAM communication SEE Version 3"}
    response = send(producer, claim, workbook_at("trabzon", cells))
    (problem,) = response.context["form"].problems
    assert problem.code == "TPL-022"
    assert f"{problem.sheet} {problem.cell}" in response.context["form"].errors["file"][0]


def test_same_file_twice_changes_nothing(producer, claim, workbook_at):
    good = workbook_at("trabzon")
    send(producer, claim, good)
    response = send(producer, claim, good)
    assert [problem.code for problem in response.context["form"].problems] == ["EVI-011"]


def test_file_over_the_limit_is_refused(producer, claim, settings):
    settings.EVIDENCE_MAX_BYTES = 1024 * 1024
    response = send(producer, claim, bytes(3 * 1024 * 1024))
    (message,) = response.context["form"].errors["file"]
    assert message.startswith("FIL-001: The file is larger than 1 MB.")


def test_no_file_is_told_beside_the_field(producer, claim):
    response = producer.post(reverse("producer:claim_template", args=[claim.pk]), {})
    assert "file" in response.context["form"].errors


def test_workbook_of_another_year_is_read_and_cannot_be_sealed(producer, claim, workbook_at):
    cells = {("A_InstData", "I9"): datetime(2027, 1, 1), ("A_InstData", "L9"): datetime(2027, 12, 31)}
    response = send(producer, claim, workbook_at("trabzon", cells))
    page = producer.get(response["Location"]).content.decode()
    assert "The numbers are about another period than this claim for 2026." in page
    claim.refresh_from_db()
    assert "DAT-011" in {problem["code"] for problem in claim.reading["problems"]}


def test_sent_claim_takes_no_new_workbook(producer, claim_at, workbook_at):
    response = send(producer, claim_at("Silifke"), workbook_at("mersin"))
    assert response.status_code == 409
