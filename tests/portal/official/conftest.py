"""Officials at their pages; their second factor counts as proved a moment ago unless a test says otherwise."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from django.test import Client

FACTOR_RECORDS = "account_authentication_methods"


@pytest.fixture
def client_of(user_of) -> Callable[..., Client]:
    def sign_in(key: str, *, has_factor: bool = True) -> Client:
        client = Client()
        client.force_login(user_of(key))
        if has_factor:
            session = client.session
            session[f"{FACTOR_RECORDS}_user"] = str(user_of(key).pk)
            session[FACTOR_RECORDS] = [{"method": "mfa", "type": "totp", "at": time.time()}]
            session.save()
        return client

    return sign_in
