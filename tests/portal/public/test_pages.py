import pytest
from django.urls import reverse

pytestmark = [pytest.mark.db, pytest.mark.django_db]


@pytest.mark.parametrize("name", ["public:landing", "public:accessibility"])
def test_public_pages_open_without_law_or_account(client, name):
    assert client.get(reverse(name)).status_code == 200


def test_landing_links_only_to_pages_that_exist(client):
    page = client.get("/").content.decode()
    assert 'href=""' not in page
    assert 'action=""' not in page
    assert 'href="None"' not in page


def test_headers_close_what_pages_do_not_need(client):
    response = client.get("/")
    assert "default-src 'self'" in response.headers["Content-Security-Policy"]
    assert "camera=()" in response.headers["Permissions-Policy"]
    assert response.headers["X-Frame-Options"] == "DENY"


def test_unknown_page_is_drawn_like_the_others(client):
    response = client.get("/nowhere/")
    assert response.status_code == 404
    assert b"This page does not exist" in response.content


def test_live_answers():
    from django.test import Client

    assert Client().get(reverse("health_live")).json() == {"status": "alive"}


def test_ready_tells_each_part(client):
    response = client.get(reverse("health_ready"))
    assert response.status_code == 200
    assert response.json()["parts"] == {"database": "ok", "migrations": "ok", "broker": "ok"}
    assert response.json()["oldest_waiting_job_seconds"] == 0


def test_ready_is_503_without_a_broker(client, settings, tmp_path):
    settings.BROKER_DIR = tmp_path / "a-file"
    settings.BROKER_DIR.write_text("in the way")
    response = client.get(reverse("health_ready"))
    assert response.status_code == 503
    assert response.json()["parts"]["broker"] == "failed: NotADirectoryError"
