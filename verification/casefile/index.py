"""The first page of the file of a case: what is in it and what happened, for people."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string

from verification.casefile.gathering import Gathered
from verification.casefile.policy import View
from verification.casefile.telling import told


def index_page(gathered: Gathered, *, at: datetime, by: str) -> str:
    return render_to_string(
        "case_file/index.html",
        {
            "claim": gathered.claim,
            "authority": settings.AUTHORITY_NAME,
            "at": at,
            "by": by,
            "is_producers": gathered.view is View.PRODUCER,
            "counts": [(title, count) for title, count in gathered.counts.items() if count],
            "documents": gathered.shown_documents,
            "events": told(gathered.told, gathered.view),
            "problems": gathered.problems,
            "members": sorted(gathered.packer.members),
        },
    )
