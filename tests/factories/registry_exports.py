"""Exports of registries, with the registries' own headers."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.verification.units.registries.exports import GOLD_STANDARD, VERRA, table
from verification.audit.actors import Actor
from verification.claims.models import RegistryExport
from verification.claims.services.registry_records import load_export

FETCHED_ON = date(2027, 3, 10)


def verra(**changes: str) -> dict[str, str]:
    """A retired block of Verra, project 4150, 3,644 t; ``changes`` by header."""
    return {**VERRA, **changes}


def gold_standard(**changes: str) -> dict[str, str]:
    return {**GOLD_STANDARD, **changes}


def loaded_export(actor: Actor, *rows: dict[str, str], fetched_on: date = FETCHED_ON, **more: Any) -> RegistryExport:
    """An export of ``rows``, by default of one retired block of Verra, loaded by ``actor``."""
    content = table(*(rows or (verra(),)))
    return load_export([content], name=more.get("name", "export.csv"), fetched_on=fetched_on, actor=actor)
