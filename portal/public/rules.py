"""Every rule that the portal checks a claim against: before anybody files one, and behind every finding."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from verification.checks.model import Check, Moment, Severity
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


@dataclass(frozen=True)
class RuleLine:
    """A rule as the page shows it; ``anchor`` is its code."""

    rule: Check
    word: str | Promise

    @property
    def anchor(self) -> str:
        return self.rule.code

    @property
    def needs_statement(self) -> bool:
        return self.rule.moment is Moment.STATEMENT


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
        "meanings": [(severity, WORDS[severity], words) for severity, words in MEANINGS],
        "lists": reviewer_lists(),
    }
    return render(request, "public/checks.html", context)
