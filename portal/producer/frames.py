"""Where the pages of claims about an installation stand."""

from __future__ import annotations

from portal.ui.due_process.frames import Frame
from verification.claims.enums import QuestionAbout

EMISSIONS = Frame(
    page="producer:claim",
    crumbs="producer/parts/claim_crumbs.html",
    kicker="producer/parts/claim_kicker.html",
    parts={
        QuestionAbout.FIELD: "producer:claim_computation",
        QuestionAbout.FINDING: "producer:claim_results",
        QuestionAbout.DOCUMENT: "producer:claim_evidence",
    },
)
PRICES = Frame(
    page="producer:price",
    crumbs="producer/prices/parts/crumbs.html",
    kicker="producer/parts/claim_kicker.html",
    parts={
        QuestionAbout.FIELD: "producer:price_result",
        QuestionAbout.FINDING: "producer:price_result",
        QuestionAbout.DOCUMENT: "producer:price_evidence",
    },
)
