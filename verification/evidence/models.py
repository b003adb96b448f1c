"""Files that people upload. The bytes lie under a generated name outside the web root."""

import uuid

from django.conf import settings
from django.db import models

from verification.evidence.enums import FileState
from verification.registry.models import Organisation


class EvidenceFile(models.Model):
    """One uploaded file. Its bytes and hash never change; its state moves to clean or refused once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="evidence_files")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    name = models.CharField(max_length=200, help_text="As uploaded, cleaned; never used as a path.")
    size_bytes = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    content_type = models.CharField(max_length=100)
    state = models.CharField(max_length=12, choices=FileState)
    scan_note = models.CharField(max_length=300)
    file = models.FileField(upload_to="evidence/")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=FileState.values), name="evidence_state_known"),
        ]

    def __str__(self) -> str:
        return self.name
