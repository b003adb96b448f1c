"""What is in the file of a case, for whom, and that no table is forgotten."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db.models import ForeignKey, Model

from tests.verification.audit.tampering import without_triggers
from tests.verification.casefile.files import Members, bad_lines, checked, members_of
from verification.audit.actors import Actor
from verification.audit.models import Checkpoint, Event
from verification.audit.services import verify_chain
from verification.casefile.contents import CONTENTS, LEFT_OUT
from verification.casefile.policy import View, view_for
from verification.casefile.services import exported_case
from verification.certificates.models import Certificate
from verification.certificates.services.credential import sign_certificate
from verification.certificates.services.issue import issue_certificate
from verification.claims.models import Claim, ClaimEvidence
from verification.claims.services import review
from verification.credentials.selectors import offline_code_of
from verification.evidence.models import EvidenceFile
from verification.kernel.errors import NotAllowed

pytestmark = pytest.mark.db


def records(members: Members, name: str) -> list[dict]:
    return [json.loads(line) for line in members[f"records/{name}.jsonl"].splitlines()]


def test_every_table_that_hangs_on_a_claim_is_in_the_list() -> None:
    """Through any number of foreign keys. What is left out says why in ``LEFT_OUT``."""
    listed = {content.model._meta.label for content in CONTENTS}
    assert {model._meta.label for model in _hanging_on(Claim)} - listed - set(LEFT_OUT) == set()
    assert set(LEFT_OUT) & listed == set()
    assert all(LEFT_OUT.values())


def _hanging_on(top: type[Model]) -> set[type[Model]]:
    found: set[type[Model]] = set()
    waiting = [top]
    while waiting:
        target = waiting.pop()
        for model in apps.get_models():
            points = any(isinstance(f, ForeignKey) and f.related_model is target for f in model._meta.concrete_fields)
            if points and model not in found and model is not top:
                found.add(model)
                waiting.append(model)
    return found


def test_names_of_contents_are_given_once() -> None:
    names = [content.name for content in CONTENTS]
    assert len(names) == len(set(names))


def test_every_row_document_and_event_of_the_claim_is_there(claim_at, acting) -> None:
    claim = claim_at("Aliağa")
    about = {
        "snapshots": claim.snapshots,
        "steps": claim.steps,
        "evidence": claim.evidence,
        "recommendations": claim.recommendations,
        "disclosures": claim.disclosures,
    }
    events = Event.objects.filter(subject_type="claim", subject_id=str(claim.pk))
    expected = {name: sorted(str(pk) for pk in rows.values_list("pk", flat=True)) for name, rows in about.items()}
    sequences = set(events.values_list("sequence", flat=True))
    members = members_of(claim, acting("approver"))
    assert {name: sorted(str(row["id"]) for row in records(members, name)) for name in expected} == expected
    documents = EvidenceFile.objects.filter(uses__claim=claim)
    held = {content for name, content in members.items() if name.startswith("documents/")}
    assert {file.file.read() for file in documents} <= held
    found = [json.loads(line) for line in members["audit/events.jsonl"].splitlines()]
    assert sequences <= {event["sequence"] for event in found}
    assert {event["subject"][0] for event in found} >= {"claim", "evidence", "certificate", "determination.override"}
    assert [event["sequence"] for event in found] == sorted(event["sequence"] for event in found)


def test_credential_of_the_certificate_is_there_as_it_was_signed(claim_at, acting) -> None:
    claim = claim_at("Aliağa")
    certificate = Certificate.objects.get(claim=claim)
    issue_certificate(str(certificate.pk))
    signed = sign_certificate(str(certificate.pk))
    members = members_of(claim, acting("approver"))
    assert members[f"credentials/{signed.pk}.jwt"].decode() == signed.token
    assert members[f"credentials/{signed.pk}.json"].decode() == signed.secured
    assert [row["subject"] for row in records(members, "status_places")] == [str(certificate.pk)]
    assert [row["text"] for row in records(members, "offline_codes")] == [offline_code_of(certificate.pk)]


def test_index_tells_what_happened_in_words(claim_at, acting) -> None:
    page = members_of(claim_at("Aliağa"), acting("approver"))["index.html"].decode()
    for words in ("The claim was started", "Sent, sealed", "The verifier signed its statement", "Approved"):
        assert words in page
    assert "<script" not in page


def test_producer_takes_its_own_file_without_the_officials_notes(claim_at, acting, tmp_path: Path) -> None:
    claim = claim_at("Aliağa")
    assert "records/recommendations.jsonl" in members_of(claim, acting("approver"))
    members = members_of(claim, acting("producer"))
    assert json.loads(members["manifest.json"])["view"] == "producer"
    assert "records/recommendations.jsonl" not in members
    withheld = [event for event in _events(members) if event.get("withheld")]
    assert {event["name"] for event in withheld} >= {"claims.claim.take", "claims.claim.recommend"}
    assert {frozenset(event) for event in withheld} == {
        frozenset({"sequence", "name", "at", "previous", "sha256", "withheld"})
    }
    code, lines = checked(members, tmp_path)
    assert code == 0
    assert any(line.endswith("its hash alone stands here: the officials' own") for line in lines)


def test_comments_among_officials_are_not_in_the_producers_file(claim_at, acting) -> None:
    claim = claim_at("Silifke")
    review.take_claim(claim, actor=acting("reviewer"), has_no_conflict=True)
    review.release_claim(claim, actor=acting("reviewer"), reason="I know the plant's manager.")
    assert "I know the plant's manager." in _all_text(members_of(claim, acting("reviewer")))
    assert "I know the plant's manager." not in _all_text(members_of(claim, acting("producer")))


@pytest.mark.parametrize(
    ("key", "city", "view"),
    [
        ("approver", "Silifke", View.OFFICIALS),
        ("reviewer", "Aliağa", View.OFFICIALS),
        ("producer", "Karabük", View.PRODUCER),
        ("approver", "Karabük", None),
        ("verifier", "Aliağa", None),
        ("importer", "Aliağa", None),
    ],
)
def test_who_may_take_which_file(key: str, city: str, view: View | None, claim_at, acting) -> None:
    assert view_for(acting(key), claim_at(city)) is view


def test_reviewer_takes_the_file_of_an_own_case_only(claim_at, acting) -> None:
    actor = acting("reviewer")
    reviewer = Actor(kind="user", id=actor.id, label=actor.label, roles=frozenset({"reviewer"}))
    stranger = Actor(kind="user", id="0", label="x", roles=frozenset({"reviewer"}))
    assert view_for(reviewer, claim_at("Aliağa")) is View.OFFICIALS
    assert view_for(stranger, claim_at("Aliağa")) is None
    count = Event.objects.count()
    with pytest.raises(NotAllowed), exported_case(claim_at("Aliağa"), actor=stranger):
        pass
    assert Event.objects.count() == count


def test_export_is_an_event_that_bears_the_manifests_hash(claim_at, acting) -> None:
    with exported_case(claim_at("Aliağa"), actor=acting("approver")) as case:
        event = Event.objects.latest("sequence")
    facts = json.loads(event.facts)
    assert (event.name, facts["manifest_sha256"], facts["view"]) == (
        "casefile.case.exported",
        case.manifest_sha256,
        "officials",
    )
    assert verify_chain().is_intact
    assert Checkpoint.objects.get().sequence == event.sequence - 1


def test_document_that_was_altered_in_the_store_is_told(claim_at, acting, tmp_path: Path) -> None:
    claim = claim_at("Aliağa")
    file = ClaimEvidence.objects.filter(claim=claim).first().file
    path = Path(file.file.path)
    original = path.read_bytes()
    path.chmod(0o640)
    try:
        path.write_bytes(b"something else")
        members = members_of(claim, acting("approver"))
    finally:
        path.write_bytes(original)
    (said,) = bad_lines(members, tmp_path)
    assert said.startswith("found at export: documents/")
    assert said.endswith(f"the bytes are not those that were recorded, SHA-256 {file.sha256}")


def test_document_that_is_gone_is_told(claim_at, acting, tmp_path: Path) -> None:
    claim = claim_at("Aliağa")
    path = Path(ClaimEvidence.objects.filter(claim=claim).first().file.file.path)
    aside = path.rename(path.with_suffix(".aside"))
    try:
        members = members_of(claim, acting("approver"))
    finally:
        aside.rename(path)
    (said,) = bad_lines(members, tmp_path)
    assert "the bytes are missing" in said


def test_broken_record_is_told_in_the_file(claim_at, acting, tmp_path: Path) -> None:
    without_triggers("UPDATE audit_event SET actor_label = 'Somebody else' WHERE sequence = %s", 9)
    members = members_of(claim_at("Aliağa"), acting("approver"))
    assert "found at export: The audit record does not hold at event 9: its content is not what was recorded." in (
        bad_lines(members, tmp_path)
    )


def test_command_writes_the_file(claim_at, tmp_path: Path) -> None:
    said = io.StringIO()
    call_command("export_case", claim_at("Aliağa").number, to=tmp_path, as_json=True, stdout=said)
    told = json.loads(said.getvalue())
    path = Path(told["file"])
    assert (path.parent, path.stat().st_size, told["problems"]) == (tmp_path, told["bytes"], [])
    with zipfile.ZipFile(path) as file:
        assert file.testzip() is None
        assert len(file.namelist()) == told["members"] + 5


def test_command_knows_no_other_claim(db: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError) as refusal:
        call_command("export_case", "EC-1999-000001", to=tmp_path, stderr=io.StringIO())
    assert (refusal.value.returncode, str(refusal.value)) == (1, "There is no claim EC-1999-000001.")


def _events(members: Members) -> list[dict]:
    return [json.loads(line) for line in members["audit/events.jsonl"].splitlines()]


def _all_text(members: Members) -> str:
    made_here = [content for name, content in members.items() if not name.startswith(("documents/", "files/"))]
    return "\n".join(content.decode("utf-8", "replace") for content in made_here)
