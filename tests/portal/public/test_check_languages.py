"""The check speaks every language of the documents, whole; every other page is whole in English."""

from __future__ import annotations

import gettext
import re

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.utils.translation import to_locale
from pytest_django.asserts import assertContains, assertNotContains

from portal.settings.env import BASE_DIR
from tests.portal.public.check_strings import strings
from verification.certificates.models import Certificate
from verification.wording.enums import Language

OTHERS = [code for code, _name in settings.LANGUAGES if code != "en"]
HOLE = re.compile(r"%\(\w+\)[sd]|<[^>]+>")


@pytest.mark.unit
def test_languages_are_those_of_the_documents() -> None:
    assert Language.choices == settings.LANGUAGES


@pytest.mark.unit
@pytest.mark.parametrize("code", OTHERS)
def test_every_string_of_the_check_is_translated_and_keeps_its_facts(code: str) -> None:
    wanted, catalogue = strings(), _catalogue(code)
    assert _known(catalogue) == {one if isinstance(one, str) else one[0] for one in wanted}
    for one in wanted:
        if isinstance(one, str):
            words = [catalogue.gettext(one)]
        else:
            words = [catalogue.ngettext(*one, count) for count in (0, 1, 2, 3, 11, 100)]
        for said in words:
            assert said.strip(), one
            demanded = sorted(HOLE.findall(one if isinstance(one, str) else one[1]))
            is_one = not isinstance(one, str) and not HOLE.search(said)
            assert sorted(HOLE.findall(said)) == demanded or is_one, (one, said)


def _catalogue(code: str) -> gettext.GNUTranslations:
    with (BASE_DIR / "locale" / to_locale(code) / "LC_MESSAGES" / "django.mo").open("rb") as file:
        return gettext.GNUTranslations(file)


def _known(catalogue: gettext.GNUTranslations) -> set[str]:
    ids = catalogue._catalog  # the standard library has no other way to list them
    return {one if isinstance(one, str) else one[0] for one in ids} - {""}


@pytest.fixture
def certificate(world: None) -> Certificate:
    cache.clear()
    return Certificate.objects.get(claim__installation__city="İskenderun")


@pytest.mark.db
def test_arabic_runs_from_right_to_left_and_is_kept(certificate: Certificate) -> None:
    client = Client(headers={"accept-language": "fr,en;q=0.5"})
    french = client.get(f"/check/{certificate.code}/")
    assertContains(french, '<html lang="fr" dir="ltr">')
    assertContains(french, "Révoqué le")
    assert french["Content-Language"] == "fr"
    assertContains(client.get(f"/check/{certificate.code}/?lang=ar"), '<html lang="ar" dir="rtl">')
    again = client.get(f"/check/{certificate.code}/")
    assertContains(again, "ملغاة")
    assertContains(again, 'lang="ar" hreflang="ar" aria-current="true"')
    assertContains(again, certificate.number)
    missing = client.get("/check/no/such/page/")
    assertContains(missing, "هذه الصفحة غير موجودة", status_code=404)


@pytest.mark.db
@pytest.mark.parametrize("path", ["/", "/benchmarks/", "/account/login/", "/nowhere/"])
def test_every_other_page_is_whole_in_english(world: None, path: str) -> None:
    client = Client(headers={"accept-language": "ar"})
    client.cookies["django_language"] = "fr"
    page = client.get(path)
    status = page.status_code
    assertContains(page, '<html lang="en" dir="ltr">', status_code=status)
    assertNotContains(page, "Langue", status_code=status)
    assertContains(page, "Importer Verification Portal", status_code=status)


@pytest.mark.unit
def test_unknown_language_is_not_kept() -> None:
    answer = Client().get("/check/?lang=../../x")
    assert "django_language" not in answer.cookies
