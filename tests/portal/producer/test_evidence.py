import pytest
from django.urls import reverse

from portal.commands.demonstration.workbooks import paper
from tests.portal.producer.conftest import upload
from verification.claims.selectors import evidence_of

pytestmark = pytest.mark.db


@pytest.fixture(scope="module")
def plan():
    return paper("Monitoring plan", ["Methods, meters and roles."])


@pytest.fixture
def claim(claim_at):
    return claim_at("Trabzon")


def attach(client, claim, content, *, name="Plan.pdf", purpose="monitoring_plan", note="page 3"):
    fields = {"file": upload(content, name), "purpose": purpose, "note": note}
    return client.post(reverse("producer:claim_evidence", args=[claim.pk]), fields)


def test_file_is_attached_with_its_purpose(producer, claim, plan):
    response = attach(producer, claim, plan)
    assert response["Location"] == reverse("producer:claim_evidence", args=[claim.pk])
    use = evidence_of(claim).get(purpose="monitoring_plan")
    assert (use.file.name, use.note) == ("Plan.pdf", "page 3")


def test_same_file_for_the_same_purpose_is_refused(producer, claim, plan):
    attach(producer, claim, plan)
    response = attach(producer, claim, plan)
    assert [problem.code for problem in response.context["form"].problems] == ["EVI-010"]


def test_refused_file_keeps_what_was_typed(producer, claim, settings):
    settings.EVIDENCE_MAX_BYTES = 1024 * 1024
    response = attach(producer, claim, b"%PDF-1.7" + bytes(2 * 1024 * 1024), note="kept & shown")
    form = response.context["form"]
    assert form.errors["file"][0].startswith("FIL-001: ")
    page = response.content.decode()
    assert 'value="kept &amp; shown"' in page
    assert '<option value="monitoring_plan" selected>' in page
    assert not evidence_of(claim).filter(purpose="monitoring_plan").exists()


def test_page_of_a_web_site_is_refused(producer, claim):
    response = attach(producer, claim, b"<html><script>alert(1)</script></html>")
    assert [problem.code for problem in response.context["form"].problems] == ["FIL-018"]


def test_removal_asks_first(producer, claim, plan):
    attach(producer, claim, plan)
    use = evidence_of(claim).get(purpose="monitoring_plan")
    address = reverse("producer:claim_evidence_remove", args=[claim.pk, use.pk])
    assert "Remove “Plan.pdf” from the claim?" in producer.get(address).content.decode()
    assert evidence_of(claim).filter(pk=use.pk).exists()
    producer.post(address)
    assert not evidence_of(claim).filter(pk=use.pk).exists()


def test_workbook_cannot_be_removed(producer, claim):
    use = evidence_of(claim).get(purpose="communication_template")
    assert producer.post(reverse("producer:claim_evidence_remove", args=[claim.pk, use.pk])).status_code == 404


def test_sent_claim_takes_no_file(producer, claim_at, plan):
    assert attach(producer, claim_at("Silifke"), plan).status_code == 409


def test_download_is_an_attachment_that_runs_nothing(producer, claim, plan):
    attach(producer, claim, plan, name='Plan "ü"\r\nX-Evil: 1.pdf')
    use = evidence_of(claim).get(purpose="monitoring_plan")
    response = producer.get(reverse("producer:file", args=[use.file_id]))
    assert b"".join(response.streaming_content) == plan
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''Plan")
    assert "X-Evil" not in response.headers
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["Content-Type"] == "application/pdf"
