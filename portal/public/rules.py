"""Every rule that the portal checks a claim against: before anybody files one, and behind every finding."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from verification.checks.catalogue import catalogue
from verification.checks.model import About, Check, Moment, Severity
from verification.checks.page import reviewer_lists, rules_by_topic

WORDS: dict[str, str | Promise] = {
    Severity.BLOCK: _("Stops sending"),
    Severity.REFER: _("An official looks"),
    Severity.WARN: _("Advice"),
    Severity.INFO: _("To know"),
}
MEANINGS = (
    (Severity.BLOCK, _("The claim cannot be sent, and nobody can waive it.")),
    (Severity.REFER, _("The claim can be sent. An official looks and records an answer.")),
    (Severity.WARN, _("Something to improve. The official sees it.")),
    (Severity.INFO, _("Nothing to do.")),
)
ABOUT_WORDS: dict[About, str | Promise] = {
    About.EMISSIONS: _("Emissions claims"),
    About.UNITS: _("Unit claims"),
    About.CARBON_PRICE: _("Carbon price claims"),
}
MOMENT_WORDS: dict[Moment, str | Promise] = {
    Moment.ALWAYS: "",
    Moment.STATEMENT: _("once a verifier has confirmed"),
    Moment.RETIREMENT: _("once the units are retired"),
}


@dataclass(frozen=True)
class RuleLine:
    """A rule as the page shows it; ``anchor`` is its code."""

    rule: Check
    word: str | Promise

    @property
    def anchor(self) -> str:
        return self.rule.code

    @property
    def about(self) -> str | Promise:
        return ABOUT_WORDS[self.rule.about]

    @property
    def moment(self) -> str | Promise:
        """When the rule can say something; empty where it always can."""
        return MOMENT_WORDS[self.rule.moment]

    @property
    def milder(self) -> list[tuple[Severity, str | Promise, str]]:
        """Circumstances in which a finding weighs less: severity, what it means, when."""
        return [(severity, WORDS[severity], when) for severity, when in self.rule.milder.items()]


@dataclass(frozen=True)
class Topic:
    prefix: str
    name: str
    lines: list[RuleLine]


@require_safe
def checks(request: HttpRequest) -> HttpResponse:
    """Rules by topic with what they mean, how to mend, and the law; the lists that reviewers work by."""
    topics = [
        Topic(prefix, name, [RuleLine(rule, WORDS[rule.severity]) for rule in rules])
        for prefix, name, rules in rules_by_topic()
    ]
    context = {
        "topics": topics,
        "count": sum(len(topic.lines) for topic in topics),
        "kinds": [(words, len(catalogue(about))) for about, words in ABOUT_WORDS.items()],
        "meanings": [(severity, WORDS[severity], words) for severity, words in MEANINGS],
        "lists": reviewer_lists(),
    }
    return render(request, "public/checks.html", context)
