"""Reading a case: what it consists of, and what the audit record says about it. The caller has checked who asks."""

from __future__ import annotations

import json
from collections.abc import Mapping

from django.db.models import ForeignKey, Q, QuerySet

from verification.audit.models import Event
from verification.casefile.contents import CONTENTS, Content
from verification.casefile.policy import View
from verification.claims.models import Claim, Snapshot
from verification.evidence.models import EvidenceFile


def contents_for(view: View) -> list[Content]:
    return [content for content in CONTENTS if view is View.OFFICIALS or not content.is_private]


def document_ids_of(claim: Claim, view: View = View.OFFICIALS) -> set[str]:
    """Uploaded files that a row of the case points to, and workbooks behind sealed numbers that were replaced since."""
    found = set()
    for content in contents_for(view):
        for column in content.model._meta.concrete_fields:
            if isinstance(column, ForeignKey) and column.related_model is EvidenceFile:
                rows = content.rows_of(claim).order_by().exclude(**{column.name: None})
                found |= {str(pk) for pk in rows.values_list(column.attname, flat=True)}
    sealed = (json.loads(snapshot.content) for snapshot in Snapshot.objects.filter(claim=claim).iterator(chunk_size=1))
    hashes = {content["workbook_sha256"] for content in sealed if content.get("workbook_sha256")}
    same = EvidenceFile.objects.filter(organisation_id=claim.organisation_id, sha256__in=hashes)
    return found | {str(pk) for pk in same.values_list("pk", flat=True)}


def subjects_of(claim: Claim, view: View = View.OFFICIALS) -> dict[str, set[str]]:
    """Identifiers of the case's rows by the type under which the audit record names them."""
    found = {"evidence": document_ids_of(claim, view)}
    for content in contents_for(view):
        if content.subject:
            found[content.subject] = {str(pk) for pk in content.rows_of(claim).values_list("pk", flat=True)}
    return found


def events_about(claim: Claim, subjects: Mapping[str, set[str]]) -> QuerySet[Event]:
    """The audit events of a case; balances of units are kept for all claims of a party, so their reference decides."""
    about = Q(subject_type="unit_account", facts__contains=f'"reference":"{claim.number}"')
    for subject_type, identifiers in subjects.items():
        about |= Q(subject_type=subject_type, subject_id__in=sorted(identifiers))
    return Event.objects.filter(about).order_by("sequence")
