"""Reading the audit record."""

from __future__ import annotations

from django.db.models import QuerySet

from verification.audit.models import Event


def history_of(subject_type: str, subject_id: object) -> QuerySet[Event]:
    """Events about one object, oldest first. The caller has checked that it may see the object."""
    return Event.objects.filter(subject_type=subject_type, subject_id=str(subject_id)).order_by("sequence")
