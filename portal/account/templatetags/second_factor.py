"""The notice with a demonstration account's current digits, for every form that asks for them."""

from __future__ import annotations

from typing import Any

from django import template

from portal.account import demonstration
from verification.accounts.models import User

register = template.Library()


@register.inclusion_tag("components/demonstration_code.html")
def demonstration_code_notice(user: User) -> dict[str, Any]:
    """Empty outside a demonstration and for accounts that are not its own."""
    return {"code": demonstration.demonstration_code(user)}
