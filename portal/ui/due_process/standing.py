"""Where a claim stands, in words for its claimant, and what the claimant can do about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from portal.ui.due_process.frames import Frame
from verification.claims.enums import ClaimState
from verification.claims.models import Appeal, Claim, DraftDecision
from verification.claims.services.appeals import appeal_due_on
from verification.kernel import clock


@dataclass(frozen=True)
class Standing:
    """``tone`` is the kind of a notice; ``said`` and ``ground`` are what an official wrote; ``act`` may be empty."""

    heading: str
    text: str
    tone: str = ""
    said: str = ""
    ground: str = ""
    due_on: date | None = None
    due_words: str = ""
    act: str = ""
    address: str = ""


def standing_of(claim: Claim, frame: Frame) -> Standing | None:
    """``None`` where the page says it all by itself: drafts, advance answers, open questions, approved claims."""
    describe = _STATES.get(ClaimState(claim.state))
    return describe(claim, frame) if describe else None


def open_draft(claim: Claim) -> DraftDecision | None:
    """The drafted refusal that the claimant may comment on now."""
    return claim.draft_decisions.filter(closed_at=None).first()


def open_appeal(claim: Claim) -> Appeal | None:
    return claim.appeals.filter(closed_at=None).first()


def _submitted(claim: Claim, frame: Frame) -> Standing:
    text = _("An official will take it up. You need not do anything; we write to you when something is asked.")
    return _with_officials(claim, _("Your claim is with the authority"), text)


def _in_review(claim: Claim, frame: Frame) -> Standing:
    appeal = open_appeal(claim)
    if appeal is not None:
        heading = _("Your appeal %(number)s is being examined") % {"number": appeal.number}
        return _with_officials(claim, heading, _("By an official who had no part in the first decision."))
    return _with_officials(claim, _("An official examines your claim"), _("You need not do anything now."))


def _recommended(claim: Claim, frame: Frame) -> Standing:
    text = _("A second official reads everything again and decides. You need not do anything now.")
    if open_appeal(claim) is None and claim.draft_decisions.exclude(comment="").exists():
        text = _("Your comment on the draft is before the official who decides.")
    return _with_officials(claim, _("Your claim waits for the decision"), text)


def _with_officials(claim: Claim, heading: str, text: str) -> Standing:
    return Standing(heading, text, due_on=claim.due_on, due_words=_("The authority’s last day"))


def _hearing(claim: Claim, frame: Frame) -> Standing:
    draft = claim.draft_decisions.get(closed_at=None)
    return Standing(
        _("A refusal is drafted. You can comment before it is decided"),
        _("Nothing is decided yet. An official reads your comment first. Without one, the decision follows."),
        tone="caution",
        said=draft.reasons,
        ground=draft.legal_ground,
        due_on=draft.comment_due_on,
        due_words=_("Last day to comment"),
        act=_("Comment on the draft"),
        address=frame.address(claim, "comment"),
    )


def _refused(claim: Claim, frame: Frame) -> Standing:
    last = claim.steps.last()
    if last is not None and last.name == "lapse":
        day = _last_answer_day(claim)
        text = _("The question was not answered in time; the last day was %(day)s. Nothing else was decided.")
        return _appealable(claim, frame, _("Refused, because a question was not answered"), text % {"day": day})
    return _appealable(claim, frame, _("Refused"), _("The reasons, and how to cure them, are in the decision below."))


def _last_answer_day(claim: Claim) -> str:
    return max(question.due_on for question in claim.questions.filter(answered_at=None)).isoformat()


def _revoked(claim: Claim, frame: Frame) -> Standing:
    step = claim.steps.filter(name="revoke").last()
    text = _("Two officials took the approval back. No declaration can rest on it from the day of the revocation.")
    return _appealable(claim, frame, _("The approval was revoked"), text, said=step.comment if step else "")


def _appealable(claim: Claim, frame: Frame, heading: str, text: str, said: str = "") -> Standing:
    due_on = appeal_due_on(claim)
    if due_on is None:
        text = f"{text} {_('Your appeal was decided. It cannot be appealed against here again.')}"
        return Standing(heading, text, tone="bad", said=said)
    if may_appeal(claim):
        act, address = _("Appeal"), frame.address(claim, "appeal")
        words = _("You can appeal until")
    else:
        act, address, words = "", "", _("The time to appeal ended on")
    return Standing(heading, text, "bad", said, due_on=due_on, due_words=words, act=act, address=address)


def may_appeal(claim: Claim) -> bool:
    due_on = appeal_due_on(claim)
    return due_on is not None and clock.today() <= due_on


def _in_appeal(claim: Claim, frame: Frame) -> Standing:
    appeal = claim.appeals.get(closed_at=None)
    heading = _("Your appeal %(number)s was received") % {"number": appeal.number}
    text = _("It waits for an official who had no part in the decision. A second such official decides.")
    return Standing(heading, text, said=appeal.grounds, due_on=claim.due_on, due_words=_("The authority’s last day"))


def _expired(claim: Claim, frame: Frame) -> Standing:
    text = _("The approval stays on record, but no new declaration can rest on it. Send a claim for a later year.")
    return Standing(_("The time of this approval is over"), text)


def _withdrawn(claim: Claim, frame: Frame) -> Standing:
    text = _("The officials stopped working on it. You can start a new claim with the same numbers.")
    return Standing(_("You withdrew this claim"), text)


def _superseded(claim: Claim, frame: Frame) -> Standing:
    return Standing(_("A newer approval took its place"), _("The values of the newer claim count now."))


_STATES: dict[ClaimState, Callable[[Claim, Frame], Standing]] = {
    ClaimState.SUBMITTED: _submitted,
    ClaimState.IN_REVIEW: _in_review,
    ClaimState.RECOMMENDED: _recommended,
    ClaimState.HEARING: _hearing,
    ClaimState.REFUSED: _refused,
    ClaimState.REVOKED: _revoked,
    ClaimState.IN_APPEAL: _in_appeal,
    ClaimState.EXPIRED: _expired,
    ClaimState.WITHDRAWN: _withdrawn,
    ClaimState.SUPERSEDED: _superseded,
}
