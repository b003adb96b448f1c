"""Rows are written by services; whatever else writes stands here with its reason."""

from __future__ import annotations

import ast

import pytest

from tests.architecture.source import calls_of, modules_of, name_of

pytestmark = pytest.mark.unit

WRITES_ON_MANAGERS = {"create", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "update", "delete"}
ALLOWED = {
    "verification/accounts/models.py": "the manager's create_user, which Django and allauth call",
    "verification/audit/numbering.py": "gives numbers: a service under its own name",
    "verification/notifications/tasks.py": "marks a notice as mailed once the mail has left",
    "portal/commands/demonstration/stage.py": "marks the e-mail addresses of the demonstration as confirmed",
}


def test_rows_are_written_in_services_only():
    found = [
        f"{name_of(path)}:{call.lineno} {ast.unparse(call.func)}"
        for path in modules_of("verification", "portal")
        if not _is_service(name_of(path)) and name_of(path) not in ALLOWED
        for call in calls_of(path)
        if _writes_rows(call)
    ]
    assert found == []


@pytest.mark.parametrize("name", sorted(ALLOWED))
def test_every_exception_is_still_needed(name):
    (path,) = [path for path in modules_of("verification", "portal") if name_of(path) == name]
    assert any(_writes_rows(call) for call in calls_of(path))


def _is_service(name: str) -> bool:
    return name.endswith("/services.py") or "/services/" in name


def _writes_rows(call: ast.Call) -> bool:
    """A model's ``save``, or a write on a manager. Files, PDFs and workbooks have a ``save`` with a target."""
    if not isinstance(call.func, ast.Attribute):
        return False
    if call.func.attr == "save":
        return not call.args and all(word.arg in ("force_insert", "update_fields", "using") for word in call.keywords)
    chain = ast.unparse(call.func.value)
    return call.func.attr in WRITES_ON_MANAGERS and (".objects" in chain or "._default_manager" in chain)
