"""Browsers of the demonstration's producer and of a producer that has nothing to do with it."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from portal.commands.demonstration.workbooks import SITES, report_of, workbook
from tests.factories.organisations import make_organisation
from tests.verification.accounting.conftest import SHARED_DATA
from verification.accounting.template.writer import workbook_of

collect_ignore = [] if SHARED_DATA else ["test_entry_examples.py"]


@pytest.fixture
def producer(client: Client, user_of: Callable) -> Client:
    client.force_login(user_of("producer"))
    return client


@pytest.fixture
def outsider(world: None) -> Client:
    _organisation, user = make_organisation("Other Works", is_producer=True)
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def workbook_at() -> Callable[..., bytes]:
    """The workbook of a site of the demonstration; ``cells`` changes some of them."""

    def make(key: str, cells: dict[tuple[str, str], object] | None = None) -> bytes:
        site = next(site for site in SITES if site.key == key)
        if not cells:
            return workbook(site)
        book = workbook_of(report_of(site))
        for (sheet, address), value in cells.items():
            book[sheet][address] = value
        target = io.BytesIO()
        book.save(target)
        return target.getvalue()

    return make


def upload(content: bytes, name: str = "Workbook.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)
