"""The audit record: one row per thing that happened, each carrying the hash of the one before."""

from django.db import models


class Event(models.Model):
    """An immutable record of an act. The database refuses UPDATE and DELETE."""

    sequence = models.BigIntegerField(primary_key=True)
    name = models.CharField(max_length=100, db_index=True, help_text="room.object.verb, e.g. claims.claim.approved")
    at = models.DateTimeField(help_text="By the product's clock, UTC.")
    clock = models.CharField(max_length=40, blank=True, help_text="Empty, or how a demonstration moved the clock.")
    actor_kind = models.CharField(max_length=20)
    actor_id = models.CharField(max_length=64, blank=True)
    actor_label = models.CharField(max_length=200)
    subject_type = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=64)
    facts = models.TextField(help_text="Canonical JSON.")
    previous_sha256 = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64, unique=True)

    class Meta:
        indexes = [models.Index(fields=["subject_type", "subject_id", "sequence"], name="event_by_subject")]
        ordering = ["sequence"]

    def __str__(self) -> str:
        return f"{self.sequence} {self.name}"


class ChainHead(models.Model):
    """The one row that says where the chain ends; locked while an event is appended."""

    only = models.BooleanField(primary_key=True, default=True)
    sequence = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(only=True), name="chain_head_is_single")]

    def __str__(self) -> str:
        return f"{self.sequence} {self.sha256}"


class Checkpoint(models.Model):
    """A signed statement of where the chain ended. An immutable row, and a small file that is kept elsewhere."""

    sequence = models.BigIntegerField(help_text="Of the last event that it covers.")
    count = models.BigIntegerField(help_text="Events up to it.")
    head_sha256 = models.CharField(max_length=64)
    at = models.DateTimeField(help_text="By the product's clock, UTC.")
    key_id = models.CharField(max_length=64, help_text="SHA-256 fingerprint of the certificate.")
    signature = models.TextField(help_text="Base64.")
    certificate = models.TextField(help_text="PEM; checks the signature also when the key has been replaced.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sequence", "key_id"], name="checkpoint_once")]
        ordering = ["sequence", "pk"]

    def __str__(self) -> str:
        return f"{self.sequence} {self.head_sha256}"


class NumberSeries(models.Model):
    """The last number given in a series of a year; locked while the next is given, so none is lost or doubled."""

    name = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "year"], name="number_series_once")]

    def __str__(self) -> str:
        return f"{self.name}-{self.year}-{self.last:06d}"
