"""What the entrance pages know in a demonstration."""

from django.http import HttpRequest

from portal.account.demonstration import sign_in_help


def demonstration(request: HttpRequest) -> dict[str, object]:
    """``demonstration_accounts``: people and password for the sign-in page."""
    return {"demonstration_accounts": sign_in_help()}
