"""What the entrance pages know in a demonstration."""

from django.http import HttpRequest

from portal.account.demonstration import accounts_to_show


def demonstration_accounts(request: HttpRequest) -> dict[str, object]:
    """The list for the sign-in page; empty outside a demonstration."""
    return {"demonstration_accounts": accounts_to_show()}
