"""The public page of all rules."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from verification.checks import catalogue
from verification.checks.model import About

pytestmark = [pytest.mark.db, pytest.mark.django_db]


@pytest.fixture
def rules(client) -> str:
    response = client.get(reverse("public:checks"))
    assert response.status_code == 200
    return response.content.decode()


def test_address_is_the_one_that_findings_link_to():
    assert reverse("public:checks") == "/checks/"


def test_every_rule_has_its_anchor_once(rules):
    anchors = re.findall(r'<li class="finding" id="([A-Z]{3}-\d{3}|[A-Z]-[A-Z]+)">', rules)
    assert sorted(anchors) == [rule.code for rule in catalogue()]


def test_every_link_on_the_page_leads_to_an_anchor(rules):
    links = set(re.findall(r'href="#([^"]+)"', rules)) - {"main"}
    assert links - set(re.findall(r'id="([^"]+)"', rules)) == set()


def test_rule_stands_with_its_words_and_its_law(rules):
    part = rules.split('id="VER-015"')[1].split("</li>")[0]
    assert "The verifier applied a weaker materiality level" in part
    assert "Stops sending" in part
    assert "Article 5(1)" in part
    assert "once a verifier has confirmed" in part


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("COM-001", ["Emissions claims"]),
        ("PRI-020", ["Carbon price claims"]),
        ("D-CROSS", ["Unit claims", "Stops sending"]),
        ("C-BENEF", ["Unit claims", "once the units are retired"]),
        ("V-LOOK", ["Advice", "where the registry&#x27;s data are old", "To know", "that is not a pass"]),
    ],
)
def test_rule_says_what_it_is_about_and_when_it_weighs_less(rules, code, words):
    part = rules.split(f'id="{code}"')[1].split("</li>")[0]
    assert [word for word in words if word not in part] == []


def test_page_counts_the_rules_of_each_kind(rules):
    part = rules.split('id="kinds"')[1].split("</section>")[0]
    counts = [int(number) for number in re.findall(r'<dd class="num">(\d+)</dd>', part)]
    assert counts == [len(catalogue(about)) for about in About]


def test_lead_says_that_a_rule_is_about_one_kind(rules):
    assert f"The portal has {len(catalogue())} rules" in rules
    assert "looks at every claim with all rules about its kind" in rules


def test_lists_of_reviewers_are_shown_in_full(rules):
    assert rules.count('<tr><td class="num">') == 20 + 26


def test_page_asks_the_database_nothing(client):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        client.get(reverse("public:checks"))
    assert len(queries) == 0


def test_page_is_not_for_posts(client):
    assert client.post(reverse("public:checks")).status_code == 405
