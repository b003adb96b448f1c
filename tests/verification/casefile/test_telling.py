"""Every event that the portal records about a case has words."""

from __future__ import annotations

import ast
import json

import pytest

from tests.architecture.source import calls_of, modules_of, name_of
from verification.audit.models import Event
from verification.casefile.telling import title_of, told
from verification.claims.workflow import TRANSITIONS

OF_NO_CASE = (
    "accounts.",
    "reference.",
    "registry.",
    "certificates.issuing.",
    "claims.registry_export.",
    "claims.view.",
    "notifications.",
    "wording.",
)
"""Events about things that no claim owns."""


def _recorded() -> set[str]:
    """Names in the code; a part that is only known when it runs stands as ``*``."""
    found = set()
    for path in modules_of("verification"):
        for call in calls_of(path):
            if not name_of(path).startswith("verification/audit/") and _is_record(call):
                found |= _names(call.args[0])
    return found


def _is_record(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Name) and call.func.id == "record_event" and bool(call.args)


def _names(node: ast.expr) -> set[str]:
    if isinstance(node, ast.IfExp):
        return _names(node.body) | _names(node.orelse)
    if isinstance(node, ast.JoinedStr):
        return {"".join(str(part.value) if isinstance(part, ast.Constant) else "*" for part in node.values)}
    return {str(node.value)} if isinstance(node, ast.Constant) else set()


@pytest.mark.unit
@pytest.mark.parametrize("name", sorted(_recorded()))
def test_every_event_of_a_case_has_words(name: str) -> None:
    if name.startswith(OF_NO_CASE):
        return
    assert title_of(name.replace("*", "granted" if name.startswith("disclosure") else "something"))


@pytest.mark.unit
@pytest.mark.parametrize("name", sorted(TRANSITIONS))
def test_every_step_has_words(name: str) -> None:
    assert title_of(f"claims.claim.{name}") == TRANSITIONS[name].words


@pytest.mark.db
def test_everything_that_happened_in_the_world_can_be_told(world: None) -> None:
    subjects = ("claim", "certificate", "evidence", "disclosure", "unit_account", "determination.override")
    events = Event.objects.filter(subject_type__in=subjects)
    assert events.count() > 50
    for each in told(events):
        assert each.title
        assert not any(name.endswith("sha256") for name, _text in each.changes)
        assert "{" not in " ".join(text for _name, text in each.changes)


@pytest.mark.db
def test_states_and_purposes_are_told_in_words_and_hashes_apart(world: None) -> None:
    sent = Event.objects.filter(name="claims.claim.submit", facts__contains="communication_template").first()
    (each,) = told([sent])
    assert [label for label, _text in each.changes][:2] == ["State before", "State after"]
    changes = dict(each.changes)
    assert (changes["State before"], changes["State after"]) == ("Draft", "Sent")
    assert "Purpose: Communication template" in changes["Evidence"]
    digest = json.loads(sent.facts)["evidence"][0]["sha256"]
    assert digest not in str(each.changes)
    assert digest in dict(each.hashes)["Evidence"]
    assert dict(each.hashes)["SHA-256 of this event"] == sent.sha256
