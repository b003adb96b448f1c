"""What keeps something from being sealed. Background work that meets one of these tries again."""

from __future__ import annotations


class SealingError(Exception):
    """Nothing was sealed: there are no unsealed papers."""


class KeyUnavailable(SealingError):
    """The private key cannot be used now, or is not the one that its certificate names."""


class StampUnavailable(SealingError):
    """The time-stamping authority does not answer, or does not give what can be trusted."""
