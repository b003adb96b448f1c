"""How far a verification is: its parts, each with a state and where it is done; and what was filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.forms import BoundField, DateField
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal.ui.templatetags.ui import day
from portal.verifier.part_forms import (
    MethodsForm,
    PartForm,
    PrecursorForm,
    TeamMemberForm,
    TermsForm,
    VisitsForm,
)
from verification.claims.models import Engagement, VerificationWork
from verification.claims.verification.additions import additions_from
from verification.claims.verification.assembly import known_precursor_verifiers
from verification.claims.verification.conclusion import FindingFacts
from verification.claims.verification.structure import plain_record
from verification.claims.verification.words import DraftPart
from verification.claims.verifier_selectors import finding_facts, open_engagement, problems_by_part, sealed_of
from verification.kernel.errors import Problem


@dataclass(frozen=True)
class PartWords:
    """How a part is named on pages; ``row`` names one row of a part that is a list."""

    title: Any
    hint: Any
    item: str
    row: Any = ""


WORDS = {
    DraftPart.TEAM: PartWords(
        gettext_lazy("Team"),
        gettext_lazy("One lead auditor, an auditor who speaks the operator’s language, an independent reviewer."),
        "2.1",
        gettext_lazy("Person"),
    ),
    DraftPart.VISITS: PartWords(
        gettext_lazy("Site visits"),
        gettext_lazy("The first period that is verified needs a visit in person; later ones may need less."),
        "2.2",
    ),
    DraftPart.TERMS: PartWords(
        gettext_lazy("Scope and criteria"),
        gettext_lazy("What you verified against what, and the monitoring plan that applied."),
        "2.3",
    ),
    DraftPart.METHODS: PartWords(
        gettext_lazy("Methods of the operator"),
        gettext_lazy("How emissions are attributed; heat, waste gases and zero-rated fuels where they arise."),
        "2.4(a)",
    ),
    DraftPart.PRECURSORS: PartWords(
        gettext_lazy("Verifiers of precursors"),
        gettext_lazy("Who verified the values of bought precursors, as far as you know."),
        "2.5",
        gettext_lazy("Verifier of a precursor"),
    ),
}
FORMS: dict[str, type[PartForm]] = {
    DraftPart.TEAM: TeamMemberForm,
    DraftPart.VISITS: VisitsForm,
    DraftPart.TERMS: TermsForm,
    DraftPart.METHODS: MethodsForm,
    DraftPart.PRECURSORS: PrecursorForm,
}
LISTS = (DraftPart.TEAM, DraftPart.PRECURSORS)


@dataclass(frozen=True)
class Standing:
    """A work as its verifier sees it now; made once for a page."""

    work: VerificationWork
    engagement: Engagement | None
    answers: Mapping[str, Mapping[str, Any]]
    problems: Mapping[str, Sequence[Problem]]
    findings: Sequence[FindingFacts]

    @property
    def open_findings(self) -> list[FindingFacts]:
        return [finding for finding in self.findings if finding.is_open]

    @property
    def is_ready(self) -> bool:
        return self.engagement is not None and not self.open_findings and not any(self.problems.values())

    def rows(self, part: str) -> list[dict[str, Any]]:
        return list(self.answers.get(part, {}).get("rows", []))


def standing_of_work(work: VerificationWork) -> Standing:
    engagement = open_engagement(work)
    answers: dict[str, Mapping[str, Any]] = {draft.part: draft.answers for draft in work.drafts.all()}
    problems: dict[str, list[Problem]] = {}
    if engagement:
        sealed = sealed_of(engagement.snapshot)
        if DraftPart.PRECURSORS not in answers:
            known = [plain_record(each) for each in known_precursor_verifiers(sealed)]
            answers[DraftPart.PRECURSORS] = {"rows": known}
        problems = problems_by_part(work.claim, sealed, additions_from(answers))
    return Standing(work, engagement, answers, problems, finding_facts(work))


def tasks_of(standing: Standing) -> list[dict[str, Any]]:
    """The parts in order, for ``components/task_list.html``."""
    work = standing.work
    return [
        *(_part(standing, part) for part in DraftPart),
        _findings(standing),
        _task("check", [work.pk], _("Check and sign"), *_signing(standing)),
    ]


def complete_count(tasks: Sequence[Mapping[str, Any]]) -> int:
    return sum(task["state"] == "complete" for task in tasks)


def summary_rows(form: PartForm) -> list[dict[str, Any]]:
    """What a form holds, in words, for the page on which answers are checked."""
    return [{"label": bound.label, "value": _said(bound)} for bound in form if _said(bound)]


def row_label(part: str, row: Mapping[str, Any]) -> tuple[str, str]:
    """What one row of a list is known by, and what is said of it."""
    if part == DraftPart.TEAM:
        role = dict(TeamMemberForm.declared_fields["role"].choices)[row["role"]]
        told = [
            (row["visited_site"], _("visited the site")),
            (row["speaks_english"], _("English")),
            (row["speaks_operator_language"], _("the operator’s language")),
        ]
        return row["name"], ", ".join([str(role), *(words for is_so, words in told if is_so)])
    return row["precursor"], ", ".join(
        filter(None, (row.get("name"), row.get("accreditation_number"), row.get("producer")))
    ) or _("Not known yet")


def _part(standing: Standing, part: DraftPart) -> dict[str, Any]:
    words, hint = WORDS[part], ""
    address, label = [standing.work.pk, part.value], f"{words.title}"
    problems = standing.problems.get(part, [])
    if part not in standing.answers or (part == DraftPart.TEAM and not standing.rows(part)):
        return _task("part", address, label, "not_started", _("To do"), str(words.hint))
    if problems:
        return _task("part", address, label, "to_correct", _("To correct"), problems[0].message)
    if part == DraftPart.PRECURSORS:
        count = len(standing.rows(part))
        hint = ngettext("%(n)s verifier", "%(n)s verifiers", count) % {"n": count} if count else _("None to name.")
    return _task("part", address, label, "complete", _("Complete"), hint)


def _findings(standing: Standing) -> dict[str, Any]:
    count, still_open = len(standing.findings), len(standing.open_findings)
    if still_open:
        word = ngettext("%(n)s open", "%(n)s open", still_open) % {"n": still_open}
        return _task("findings", [standing.work.pk], _("Findings"), "to_answer", word)
    hint = ngettext("%(n)s finding, closed", "%(n)s findings, all closed", count) % {"n": count}
    hint = hint if count else _("None so far.")
    return _task("findings", [standing.work.pk], _("Findings"), "complete", _("None open"), hint)


def _signing(standing: Standing) -> tuple[str, str, str]:
    if standing.engagement is None:
        return "not_yet", _("Not yet"), _("Opens when sealed numbers wait for you.")
    if standing.is_ready:
        return "not_started", _("To do"), _("Your opinion, with your second factor.")
    return "not_yet", _("Not yet"), _("Opens when every part is complete and no finding is open.")


def _task(url_name: str, arguments: list[Any], label: str, state: str, word: str, hint: str = "") -> dict[str, Any]:
    address = "" if state == "not_yet" else reverse(f"verifier:{url_name}", args=arguments)
    return {"label": label, "state": state, "word": word, "hint": hint, "address": address}


def _said(bound: BoundField) -> str:
    value = bound.value()
    if value is True:
        return _("Yes")
    if value in (None, "", False):
        return ""
    if isinstance(bound.field, DateField):
        return day(date.fromisoformat(str(value)))
    choices = dict(getattr(bound.field, "choices", ()))
    return str(choices.get(value, value))
