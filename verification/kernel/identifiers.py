"""Codes that people read, type and print."""

from __future__ import annotations

import secrets

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CODE_LENGTH = 12
_LOOK_ALIKES = str.maketrans({"O": "0", "I": "1", "L": "1"})


def new_check_code() -> str:
    """Twelve Crockford base32 characters: eleven random (55 bits) and a check character."""
    body = "".join(secrets.choice(CROCKFORD) for _ in range(_CODE_LENGTH - 1))
    return body + _check_character(body)


def normalise_check_code(typed: str) -> str | None:
    """The code without separators and look-alikes, or ``None`` when it cannot be one."""
    code = "".join(typed.upper().split()).replace("-", "").translate(_LOOK_ALIKES)
    if len(code) != _CODE_LENGTH or any(character not in CROCKFORD for character in code):
        return None
    return code if _check_character(code[:-1]) == code[-1] else None


def grouped(code: str) -> str:
    """As printed: 4-4-4."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def _check_character(body: str) -> str:
    """Luhn modulo 32: catches every single wrong character and nearly every swap of neighbours."""
    total = 0
    for index, character in enumerate(reversed(body)):
        addend = CROCKFORD.index(character) * (2 if index % 2 == 0 else 1)
        total += addend // 32 + addend % 32
    return CROCKFORD[-total % 32]
