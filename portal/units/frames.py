"""Where the pages of unit claims stand."""

from __future__ import annotations

from portal.ui.due_process.frames import Frame
from verification.claims.enums import QuestionAbout

UNITS = Frame(
    page="units:claim",
    crumbs="units/parts/claim_crumbs.html",
    kicker="units/parts/claim_kicker.html",
    parts={
        QuestionAbout.FIELD: "units:claim_blocks",
        QuestionAbout.FINDING: "units:claim_blocks",
        QuestionAbout.DOCUMENT: "units:claim_evidence",
    },
)
