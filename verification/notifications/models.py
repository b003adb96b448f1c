"""What people are told: one row per person and message, and one e-mail job per row."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from verification.notifications.enums import Category, Delivery


class NoticeSettings(models.Model):
    """How a person is told, by category. A person without a row has the defaults."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="notice_settings")
    to_do = models.CharField(max_length=10, choices=Delivery, default=Delivery.AT_ONCE)
    decision = models.CharField(max_length=10, choices=Delivery, default=Delivery.AT_ONCE)
    information = models.CharField(max_length=10, choices=Delivery, default=Delivery.DIGEST)
    language = models.CharField(max_length=10, default="en")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(to_do__in=Delivery.values, decision__in=Delivery.values, information__in=Delivery.values),
                name="notice_settings_known",
            )
        ]

    def __str__(self) -> str:
        return f"settings of {self.user}"

    def delivery_of(self, category: str) -> Delivery:
        return Delivery(getattr(self, category))


class Digest(models.Model):
    """One mail a day to one person, with what was left for it. ``mailed_at`` is set once it has left."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="digests")
    on = models.DateField()
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "on"], name="digest_once_a_day")]
        ordering = ["-on"]

    def __str__(self) -> str:
        return f"{self.user} {self.on}"


class Notice(models.Model):
    """A message to one person: always in the portal, and by e-mail as the person had set it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    address = models.CharField(max_length=300, blank=True, help_text="Path of the page to open.")
    created_at = models.DateTimeField()
    category = models.CharField(max_length=12, choices=Category, default=Category.TO_DO)
    delivery = models.CharField(max_length=10, choices=Delivery, default=Delivery.AT_ONCE)
    digest = models.ForeignKey(Digest, null=True, on_delete=models.PROTECT, related_name="notices")
    read_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(category__in=Category.values), name="notice_category_known"),
            models.CheckConstraint(condition=Q(delivery__in=Delivery.values), name="notice_delivery_known"),
        ]
        indexes = [models.Index(fields=["user", "-created_at"], name="notice_by_user")]
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.subject
