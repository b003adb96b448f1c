"""What happened, in words: who did what and when, and what it changed. Hashes stand apart, for those who check."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from verification.audit.models import Event
from verification.casefile.events import is_withheld
from verification.casefile.policy import View
from verification.claims.enums import ClaimState, DecisionOutcome, Opinion
from verification.claims.workflow import TRANSITIONS
from verification.disclosure.enums import Level
from verification.evidence.enums import Purpose

TITLES: Mapping[str, str | Promise] = {
    "casefile.case.exported": gettext_lazy("The file of the case was exported"),
    "certificates.certificate.granted": gettext_lazy("A certificate was granted"),
    "certificates.certificate.revoked": gettext_lazy("The certificate was revoked"),
    "certificates.certificate.sealed": gettext_lazy("The certificate was sealed"),
    "certificates.certificate.extended": gettext_lazy("Proofs for later years were added to the certificate"),
    "certificates.certificate.superseded": gettext_lazy("A newer certificate took the place of this one"),
    "certificates.revocation.dropped": gettext_lazy("The proposal to revoke was dropped"),
    "certificates.revocation.proposed": gettext_lazy("A first official proposed to revoke the certificate"),
    "claims.answers.removed": gettext_lazy("A row of the form was removed"),
    "claims.answers.replaced": gettext_lazy("The form was filled from a file"),
    "claims.answers.saved": gettext_lazy("Answers were saved"),
    "claims.conflict.declared": gettext_lazy("An official declared whether it has a conflict of interest"),
    "claims.note.written": gettext_lazy("An official wrote a private note"),
    "claims.statement.flagged": gettext_lazy("The verifier's accreditation changed after it signed"),
    "claims.statement.struck": gettext_lazy("The verifier's statement no longer counts"),
    "claims.verifier_finding.answered": gettext_lazy("The producer answered a finding of the verifier"),
    "claims.verifier_finding.closed": gettext_lazy("The verifier closed a finding"),
    "claims.verifier_finding.raised": gettext_lazy("The verifier found something"),
    "claims.work.accepted": gettext_lazy("The verifier accepted the work and declared itself independent"),
    "letters.letter.sealed": gettext_lazy("A letter was sealed"),
    "letters.letter.extended": gettext_lazy("Proofs for later years were added to a letter"),
    "letters.letter.written": gettext_lazy("A letter was written"),
    "claims.claim.screened": gettext_lazy("The claim was screened together with others"),
    "claims.claim.started": gettext_lazy("The claim was started"),
    "claims.engagement.declined": gettext_lazy("The verifier declined"),
    "claims.evidence.attached": gettext_lazy("Evidence was attached"),
    "claims.evidence.removed": gettext_lazy("Evidence was removed from the claim; the file is kept"),
    "claims.finding.answered": gettext_lazy("The reviewer answered a finding"),
    "claims.snapshot.sealed": gettext_lazy("The numbers were sealed and a verifier was asked"),
    "claims.statement.signed": gettext_lazy("The verifier signed its statement"),
    "claims.template.read": gettext_lazy("A workbook was read"),
    "claims.units.acceptance_set": gettext_lazy("The reviewer noted what of the units it would accept"),
    "determination.certificate.values_taken": gettext_lazy("Values of a certified precursor were taken"),
    "determination.override.ended": gettext_lazy("An approved value was ended"),
    "determination.override.opened": gettext_lazy("An approved value came into force"),
    "determination.override.superseded": gettext_lazy("An approved value took the place of an older one"),
    "determination.price_credit.ended": gettext_lazy("A carbon price credit was ended"),
    "determination.price_credit.opened": gettext_lazy("A carbon price credit came into force"),
    "disclosure.report.ended": gettext_lazy("A report is no longer shared"),
    "disclosure.report.granted": gettext_lazy("A report was shared"),
    "disclosure.report.viewed": gettext_lazy("A shared report was read"),
    "reference.release.loaded": gettext_lazy("A release of reference data was loaded"),
    "reference.release.published": gettext_lazy("A release of reference data was published"),
    "evidence.file.stored": gettext_lazy("A file was uploaded"),
}
GROUPS: Mapping[str, str | Promise] = {
    "claims.units.": gettext_lazy("Units of the claim"),
    "claims.price.": gettext_lazy("Carbon price of the claim"),
    "ledger.units.": gettext_lazy("Balance of units"),
}
"""Events whose last word says what was done."""
LABELS: Mapping[str, str | Promise] = {
    "from": gettext_lazy("State before"),
    "to": gettext_lazy("State after"),
    "valid_from": gettext_lazy("Holds from"),
    "valid_to": gettext_lazy("Holds until, that day not included"),
    "known_to": gettext_lazy("Held to be so until"),
    "effective_on": gettext_lazy("With effect from"),
    "see_direct": gettext_lazy("Direct specific embedded emissions"),
    "see_total": gettext_lazy("Specific embedded emissions"),
    "decision_reference": gettext_lazy("Decision"),
    "record_sha256": gettext_lazy("SHA-256 of the record"),
    "snapshot_sha256": gettext_lazy("SHA-256 of the sealed numbers"),
    "size_bytes": gettext_lazy("Size in bytes"),
    "tonnes": gettext_lazy("Tonnes"),
    "balance": gettext_lazy("Balance after it, tonnes"),
}
FIRST = ("from", "to")
IDENTIFIERS = frozenset({"key_id", "version", "reviewer", "approver"})
UUID_TEXT = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$")
CHOICES: Mapping[str, type[TextChoices]] = {
    "from": ClaimState,
    "to": ClaimState,
    "purpose": Purpose,
    "opinion": Opinion,
    "outcome": DecisionOutcome,
    "level": Level,
}
"""Facts that are values of a list of choices, shown in its words."""


@dataclass(frozen=True)
class Told:
    """One event for people. ``changes`` and ``hashes`` are labels with values; ``hashes`` are for checking."""

    sequence: int
    title: str
    at: datetime
    by: str
    changes: tuple[tuple[str, str], ...]
    hashes: tuple[tuple[str, str], ...]
    name: str
    is_withheld: bool = False


def told(events: Iterable[Event], view: View = View.OFFICIALS) -> list[Told]:
    return [_told(event, is_withheld(event, view)) for event in events]


def title_of(name: str) -> str:
    """What the event means. Raises ``KeyError`` for a name that has no words."""
    if name in TITLES:
        return str(TITLES[name])
    stem, _dot, verb = name.rpartition(".")
    if stem == "claims.claim":
        return TRANSITIONS[verb].words
    return f"{GROUPS[f'{stem}.']}: {verb.replace('_', ' ')}"


def _told(event: Event, withheld: bool) -> Told:
    facts = {} if withheld else json.loads(event.facts)
    if event.subject_type == "claim":
        facts.pop("number", None)
    ordered = sorted(facts, key=lambda name: (name not in FIRST, FIRST.index(name) if name in FIRST else 0))
    pairs = [(name, facts[name]) for name in ordered if facts[name] not in (None, "", [], {})]
    return Told(
        sequence=event.sequence,
        title=title_of(event.name),
        at=event.at,
        by=_("an official") if withheld else event.actor_label,
        changes=tuple((_label(name), _text(name, value)) for name, value in pairs if not _is_folded(name, value)),
        hashes=(
            *(
                (_label(name), _text(name, value, is_folded=True))
                for name, value in pairs
                if _is_folded(name, value) or isinstance(value, list)
            ),
            (_("SHA-256 of the event before"), event.previous_sha256),
            (_("SHA-256 of this event"), event.sha256),
        ),
        name=event.name,
        is_withheld=withheld,
    )


def _is_folded(name: str, value: Any) -> bool:
    """What serves checking, not reading: hashes, and identifiers of rows."""
    return name.endswith("sha256") or name in IDENTIFIERS or (isinstance(value, str) and bool(UUID_TEXT.match(value)))


def _label(name: str) -> str:
    return str(LABELS.get(name, name.replace("_", " ").capitalize()))


def _text(name: str, value: Any, *, is_folded: bool = False) -> str:
    """The value for people; hashes inside it only among what is folded."""
    if name in CHOICES and value in CHOICES[name].values:
        return str(CHOICES[name](value).label)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return "; ".join(_text("", each, is_folded=is_folded) for each in value)
    if isinstance(value, dict):
        shown = [(key, each) for key, each in value.items() if is_folded or not _is_folded(key, each)]
        return ", ".join(f"{_label(key)}: {_text(key, each)}" for key, each in shown if each not in (None, ""))
    return str(value)
