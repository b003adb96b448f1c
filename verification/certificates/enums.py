from django.db import models


class CertificateStatus(models.TextChoices):
    """What a certificate is worth at an instant; computed from rows, never stored."""

    BEING_SEALED = "being_sealed", "Being sealed"
    VALID = "valid", "Valid"
    SUPERSEDED = "superseded", "Replaced"
    REVOKED = "revoked", "Revoked"
