"""The page on which exports of registries are loaded."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from tests.factories.registry_exports import loaded_export, verra
from tests.verification.units.registries.exports import table
from verification.claims.models import RegistryExport

pytestmark = [pytest.mark.db, pytest.mark.django_db]
ADDRESS = "official:registry_records"


def _upload(client, content: bytes, **more):
    typed = {"file": SimpleUploadedFile("vcus.csv", content, "text/csv"), "fetched_on": "2027-03-10"} | more
    return client.post(reverse(ADDRESS), typed)


def test_export_is_loaded_and_listed(client_of):
    client = client_of("reviewer")
    assertRedirects(_upload(client, table(verra())), reverse(ADDRESS))
    page = client.get(reverse(ADDRESS))
    export = RegistryExport.objects.get()
    assert [row.pk for row in page.context["page"]] == [export.pk]
    assertContains(page, export.sha256)


def test_refused_export_names_the_row_and_keeps_nothing(client_of):
    answer = _upload(client_of("reviewer"), table(verra(), verra(**{"Quantity Issued": "5,000"})))
    assert answer.status_code == 422
    assertContains(answer, "S-QTY", status_code=422)
    assertContains(answer, "Row 3", status_code=422)
    assert not RegistryExport.objects.exists()


def test_form_without_a_file_says_so(client_of):
    answer = client_of("reviewer").post(reverse(ADDRESS), {"fetched_on": "2027-03-10"})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["file"]


def test_approver_reads_but_does_not_load(client_of):
    client = client_of("approver")
    assertNotContains(client.get(reverse(ADDRESS)), 'type="file"')
    assert _upload(client, table(verra())).status_code == 403
    assert not RegistryExport.objects.exists()


def test_file_is_handed_out_as_it_came(client_of, acting):
    export = loaded_export(acting("reviewer"))
    answer = client_of("approver").get(reverse("official:registry_export_file", args=[export.pk]))
    assert b"".join(answer.streaming_content) == table(verra())
    assert answer["Content-Disposition"].startswith("attachment")


def test_list_asks_the_same_number_of_queries(client_of, acting, django_assert_num_queries):
    client = client_of("reviewer")
    loaded_export(acting("reviewer"))
    with CaptureQueriesContext(connection) as one:
        client.get(reverse(ADDRESS))
    loaded_export(acting("reviewer"), fetched_on=date(2027, 3, 11))
    with django_assert_num_queries(len(one)):
        assert len(client.get(reverse(ADDRESS)).context["page"]) == 2
