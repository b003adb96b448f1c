"""Typed settings from the environment; a missing secret stops the start with its name."""

from datetime import date
from pathlib import Path

import environ

BASE_DIR = Path(__file__).resolve().parents[2]
environ.Env.read_env(BASE_DIR / "var" / "portal.env")
env = environ.Env()


def env_date(name: str) -> date | None:
    """An ISO date, or ``None`` when the variable is unset or empty."""
    raw = env.str(name, default="")
    return date.fromisoformat(raw) if raw else None
