"""A producer takes its own file away."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from django.urls import reverse

pytestmark = pytest.mark.db


def test_producer_takes_its_own_file(client, user_of, claim_at) -> None:
    client.force_login(user_of("producer"))
    claim = claim_at("Aliağa")
    assert "Take your file away" in client.get(reverse("producer:claim", args=[claim.pk])).content.decode()
    answer = client.post(reverse("producer:case_file", args=[claim.pk]))
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as file:
        manifest = json.loads(file.read("manifest.json"))
    assert (manifest["claim"], manifest["view"]) == (claim.number, "producer")
