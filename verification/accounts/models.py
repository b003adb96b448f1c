"""People. What they may do for an organisation is a membership in ``registry``."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models

from verification.accounts.enums import OfficialRole


class UserManager(BaseUserManager["User"]):
    """Users are known by their e-mail address, compared without case."""

    def create_user(self, email: str, password: str | None = None, **fields: object) -> User:
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in."""

    email = models.EmailField(unique=True)
    full_name = models.CharField(max_length=200)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    date_joined = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.full_name or self.email

    def get_full_name(self) -> str:
        return self.full_name


class Appointment(models.Model):
    """An official's role from a date; ended by setting the end, never deleted."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="appointments")
    role = models.CharField(max_length=20, choices=OfficialRole)
    official_number = models.CharField(max_length=20, help_text="Printed on decisions instead of the name.")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(role__in=OfficialRole.values), name="appointment_role_known"),
            models.UniqueConstraint(
                fields=["user", "role"], condition=models.Q(valid_to=None), name="appointment_one_open_per_role"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.official_number}"


class Absence(models.Model):
    """Days on which an official is away, and who stands in."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="absences")
    substitute = models.ForeignKey(User, on_delete=models.PROTECT, related_name="substitutions")
    starts_on = models.DateField()
    ends_on = models.DateField(help_text="First day back.")
    recorded_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(ends_on__gt=models.F("starts_on")), name="absence_span"),
            models.CheckConstraint(
                condition=~models.Q(user=models.F("substitute")), name="absence_substitute_is_another"
            ),
        ]
        ordering = ["starts_on", "pk"]

    def __str__(self) -> str:
        return f"{self.user} away from {self.starts_on}"
