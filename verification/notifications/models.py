"""What people are told: one row per person and message, and one e-mail job per row."""

from django.conf import settings
from django.db import models


class Notice(models.Model):
    """A message to one person, shown in the portal and sent by e-mail."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    address = models.CharField(max_length=300, blank=True, help_text="Path of the page to open.")
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["user", "-created_at"], name="notice_by_user")]
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.subject
