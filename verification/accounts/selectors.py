"""Finding people."""

from __future__ import annotations

from verification.accounts.models import User


def user_with_email(email: str) -> User | None:
    """The active account under the address, compared without case."""
    return User.objects.filter(email__iexact=email.strip(), is_active=True).first()
