"""Organisations, who acts for them, their installations, and verifiers' accreditations."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from verification.registry.enums import AccreditationMeasureKind, MembershipRole


class Organisation(models.Model):
    """A legal person; it may be a producer (law: operator), a verifier and an importer at once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=256)
    local_name = models.CharField(max_length=256, blank=True)
    local_language = models.CharField(max_length=10, blank=True)
    registration_number = models.CharField(max_length=100)
    country = models.CharField(max_length=2, help_text="ISO 3166-1 alpha-2.")
    address = models.CharField(max_length=500)
    contact_email = models.EmailField()
    is_producer = models.BooleanField(default=False)
    is_verifier = models.BooleanField(default=False)
    is_importer = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["country", "registration_number"], name="organisation_registered_once"),
            models.CheckConstraint(
                condition=Q(is_producer=True) | Q(is_verifier=True) | Q(is_importer=True),
                name="organisation_has_a_role",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A person acts for an organisation."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=10, choices=MembershipRole)
    joined_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation"], condition=Q(ended_at=None), name="membership_open_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} for {self.organisation}"


class Installation(models.Model):
    """A site with coordinates (Regulation (EU) 2023/956, Article 10); registered for five years."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(max_length=20, unique=True, help_text="Printed on certificates, e.g. TR-0001.")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="installations")
    name = models.CharField(max_length=256)
    local_name = models.CharField(max_length=256, blank=True)
    address = models.CharField(max_length=500)
    city = models.CharField(max_length=100)
    country = models.CharField(max_length=2)
    unlocode = models.CharField(max_length=5, blank=True)
    latitude = models.DecimalField(max_digits=9, decimal_places=6)
    longitude = models.DecimalField(max_digits=9, decimal_places=6)
    economic_activity = models.CharField(max_length=200)
    registered_on = models.DateField()
    valid_to = models.DateField(help_text="First day on which the registration no longer holds.")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude__gte=-90, latitude__lte=90, longitude__gte=-180, longitude__lte=180),
                name="installation_is_on_earth",
            ),
            models.CheckConstraint(condition=Q(valid_to__gt=F("registered_on")), name="installation_span"),
        ]
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Accreditation(models.Model):
    """A verifier's accreditation certificate (Delegated Regulation (EU) 2025/2551, Article 6)."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="accreditations")
    body = models.CharField(max_length=200)
    body_country = models.CharField(max_length=2)
    number = models.CharField(max_length=60)
    sectors = models.JSONField(help_text="Sectors in scope, as the schemes name them.")
    valid_from = models.DateField()
    valid_to = models.DateField(help_text="First day on which it no longer holds.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body", "number"], name="accreditation_number_once"),
            models.CheckConstraint(condition=Q(valid_to__gt=F("valid_from")), name="accreditation_span"),
        ]

    def __str__(self) -> str:
        return f"{self.number}, {self.body}"


class AccreditationMeasure(models.Model):
    """A suspension, reinstatement or withdrawal, effective from a day."""

    accreditation = models.ForeignKey(Accreditation, on_delete=models.PROTECT, related_name="measures")
    kind = models.CharField(max_length=12, choices=AccreditationMeasureKind)
    effective_on = models.DateField()
    reason = models.CharField(max_length=500)
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["effective_on", "pk"]

    def __str__(self) -> str:
        return f"{self.kind} on {self.effective_on}"
