"""One letter for each decision, sealed once, with what was decided in it."""

from __future__ import annotations

import hashlib
import io
import json
import subprocess
from dataclasses import replace
from decimal import Decimal

import pikepdf
import pytest
from django.db import DatabaseError, transaction

from tests.factories.letters import sealed_letter, written_letter
from verification.audit.models import Event
from verification.certificates.inspection import SealVerdict, inspect_file
from verification.certificates.models import Certificate
from verification.certificates.services.approval import approve_claim
from verification.certificates.services.revocation import RevocationGrounds, confirm_revocation, propose_revocation
from verification.claims import after
from verification.claims.models import Claim, Decision
from verification.claims.services.deciding import Ruling, comment_on_draft, draft_refusal, refuse_claim
from verification.jobs.models import Job
from verification.jobs.services import run
from verification.kernel import clock
from verification.kernel.errors import Conflict
from verification.letters.documents import facts_of_assessment, summary_of
from verification.letters.models import Letter, LetterEdition
from verification.letters.record import Sender
from verification.letters.render import render_letter
from verification.letters.selectors import letters_for, letters_of
from verification.letters.services import language_of, seal_letter
from verification.letters.tasks import queue_upgrades
from verification.notifications.models import Notice

pytestmark = [pytest.mark.db, pytest.mark.django_db]
REASONS = "The meter readings of March are missing.\nTo cure it, attach them."


def _ruling(claim: Claim) -> Ruling:
    return Ruling(reasons=REASONS, legal_ground="Article 8", seen_version=claim.version, has_no_conflict=True)


def _run_jobs(claim: Claim) -> None:
    """The jobs of the claim's letters, as a worker would do them."""
    steps = [str(pk) for pk in claim.steps.values_list("pk", flat=True)]
    for job in Job.objects.filter(idempotency_key__in=[f"letter-of-step-{pk}" for pk in steps], state="queued"):
        run(str(job.pk))
    for letter in Letter.objects.filter(claim=claim):
        run(str(Job.objects.get(idempotency_key=f"letter-{letter.pk}").pk))


def _text(edition: LetterEdition) -> str:
    with edition.file.open("rb") as stored:
        return subprocess.run(
            ["pdftotext", "-layout", "-", "-"], input=stored.read(), capture_output=True, check=True
        ).stdout.decode()


def test_a_refusal_becomes_a_sealed_letter(acting, claim_at):
    claim = claim_at("Gebze")
    draft_refusal(claim, actor=acting("approver"), ruling=_ruling(claim))
    comment_on_draft(claim, actor=acting("producer"), comment="The meter was changed.")
    decision = refuse_claim(claim, actor=acting("approver"), ruling=_ruling(claim))
    _run_jobs(claim)
    draft = Letter.objects.get(claim=claim, kind="draft_refusal")
    until = claim.draft_decisions.get().comment_due_on.isoformat()
    assert until in " ".join(json.loads(draft.record)["parts"][1]["next"])
    letter = Letter.objects.get(claim=claim, kind="refusal")
    assert (letter.kind, letter.subject, letter.language) == ("refusal", decision.number, "tr")
    record = json.loads(letter.record)
    assert (record["reasons"], record["legal_ground"], record["reviewer"], record["approver"]) == (
        REASONS,
        "Article 8",
        decision.reviewer_number,
        "A-0039",
    )
    assert record["snapshot_sha256"] == decision.snapshot.sha256
    with letter.edition.file.open("rb") as stored:
        inspected = inspect_file(stored.read())
    assert inspected.seal is SealVerdict.VALID
    text = _text(letter.edition)
    for words in ("Başvurunuz reddedildi", "Your claim is refused", "The meter readings of March are missing."):
        assert words in text
    names = [str(decision.approver), str(decision.reviewer)]
    assert [name for name in names if name in text] == []


def test_reasons_in_an_approved_wording_are_said_in_both_languages(acting, claim_at):
    claim = claim_at("Gebze")
    reasons = (
        f"The evidence in claim {claim.number} does not support the values. To cure it, correct the values or attach "
        "the records that prove them, have the numbers verified again, and send a new claim."
    )
    draft_refusal(claim, actor=acting("approver"), ruling=replace(_ruling(claim), reasons=reasons))
    _run_jobs(claim)
    letter = Letter.objects.get(claim=claim, kind="draft_refusal")
    turkish, english = json.loads(letter.record)["parts"]
    assert (claim.number in turkish["reasons"], "reasons" in english) == (True, False)
    text = _text(letter.edition)
    assert ("kanıtlar değerleri desteklemiyor" in text, "does not support the values" in text) == (True, True)


def test_an_approval_says_what_it_puts_into_force(acting, claim_at):
    claim = claim_at("Gebze")
    certificate = approve_claim(claim, actor=acting("approver"), ruling=_ruling(claim))
    _run_jobs(claim)
    letter = Letter.objects.get(claim=claim)
    record, certified = json.loads(letter.record), json.loads(certificate.record)
    assert letter.kind == "approval"
    assert len(record["values"]) == len(certified["goods"])
    replaced, proved = record["parts"][1]["effect"]
    assert replaced.endswith(f"for imports from {certified['valid_from']} to {certified['valid_to']}.")
    assert proved == f"Certificate {certificate.number} proves it. Anyone can check it at 127.0.0.1:8000."


def test_units_approved_in_part_say_how_many(world):
    claim = Claim.objects.get(kind="units", state="approved")
    transition = claim.steps.filter(name__startswith="approve").latest("claim_version").name
    record = json.loads(written_letter(claim, transition).record)
    certified = json.loads(claim.certificates.get().record)
    assert certified["accepted"] in " ".join(record["parts"][0]["effect"])
    assert [row["value"] for row in record["values"]] == [row["quantity"] for row in certified["units"]]


def test_a_revocation_names_its_day(acting, claim_at):
    certificate = Certificate.objects.get(claim=claim_at("Aliağa"))
    grounds = RevocationGrounds("Wrong meter.", "Article 19", certificate.valid_from)
    proposal = propose_revocation(certificate, actor=acting("reviewer"), grounds=grounds)
    revocation = confirm_revocation(proposal, actor=acting("approver"))
    letter = written_letter(certificate.claim, "revoke")
    record = json.loads(letter.record)
    assert (letter.kind, letter.subject, record["reason"]) == ("revocation", revocation.number, "Wrong meter.")
    assert (record["revokes"], record["effective_on"]) == (certificate.number, certificate.valid_from.isoformat())
    assert record["decision"]["reviewer"] != record["decision"]["approver"]
    assert [row["value"] for row in record["goods"]] == [
        row["see_total"] for row in json.loads(certificate.record)["goods"]
    ]


def test_a_period_whose_goods_were_stated_is_summed_up(world):
    """The demonstration's approved claim states an amount, which leaves nothing to sum up by goods."""
    claim = Claim.objects.get(kind="units", state="approved")
    assert facts_of_assessment(claim) is None
    certificate = claim.certificates.get()
    content = json.loads(certificate.decision.snapshot.content)
    line = {"good": "72083900", "origin": "TR", "mass_t": "1200.5", "see": "1.8", "free_allocation": "1.1"}
    rows = [line | {"basis": "default", "certificate": "", "reference": "Annex I"}]
    sender = Sender("L-2027-000001", "Office", "help@office.example", clock.now(), True)
    record = summary_of(claim, certificate, content | {"base": {"lines": rows}}, sender, "en")
    totals = record["totals"]
    assert (totals["gross"], totals["by_default"], totals["obligation"]) == ("2160.9", "2160.9", "840.35")
    assert Decimal(totals["due"]) == max(Decimal(0), Decimal("840.35") - int(totals["units_t"]))
    assert record["lines"][0]["cn_code"] == "72083900"


def test_a_question_names_its_last_day(claim_at):
    claim = claim_at("Dilovası")
    question = claim.questions.latest("number")
    record = json.loads(written_letter(claim, "ask").record)
    assert record["reasons"] == question.text
    assert question.due_on.isoformat() in record["parts"][1]["says"]
    assert record["decision"] is None


def test_writing_and_sealing_again_changes_nothing(claim_at):
    first = sealed_letter(claim_at("Aliağa"))
    again = sealed_letter(claim_at("Aliağa"))
    assert (again.pk, again.edition.pk) == (first.pk, first.edition.pk)
    assert Event.objects.filter(subject_id=str(first.pk)).count() == 2
    assert Notice.objects.filter(kind="letter_ready", subject__contains=first.number).count() == 1


def test_the_same_record_gives_the_same_bytes(claim_at):
    letter = written_letter(claim_at("Aliağa"))
    first = seal_letter(str(letter.pk))
    again = hashlib.sha256(render_letter(json.loads(letter.record))).hexdigest()
    assert again == first.unsealed_sha256


def test_every_part_of_the_file_knows_its_language(claim_at):
    letter = sealed_letter(claim_at("Aliağa"))
    with letter.edition.file.open("rb") as stored, pikepdf.open(io.BytesIO(stored.read())) as document:
        assert str(document.Root.Lang) == "tr"
        parts = {(str(kid.S), str(kid.get("/Lang", ""))) for kid in document.Root.StructTreeRoot.K[0].K}
        assert {("/Part", "tr"), ("/Art", "en")} <= parts
        with document.open_metadata() as metadata:
            assert str(metadata["pdfuaid:part"]) == "1"


def test_issued_rows_never_change(claim_at):
    letter = sealed_letter(claim_at("Aliağa"))
    for rows, change in (
        (Letter.objects.filter(pk=letter.pk), {"language": "en"}),
        (LetterEdition.objects.filter(letter=letter), {"sha256": "0" * 64}),
    ):
        with pytest.raises(DatabaseError, match="never change"), transaction.atomic():
            rows.update(**change)
        with pytest.raises(DatabaseError, match="never change"), transaction.atomic():
            rows._raw_delete("default")


def test_a_decision_that_fails_asks_for_no_letter(acting, claim_at):
    claim = claim_at("Gebze")
    before = Job.objects.filter(kind="letters.write").count()
    mistaken = Ruling(reasons=REASONS, legal_ground="Article 8", seen_version=claim.version - 1, has_no_conflict=True)
    with pytest.raises(Conflict):
        draft_refusal(claim, actor=acting("approver"), ruling=mistaken)
    assert Job.objects.filter(kind="letters.write").count() == before
    assert not Decision.objects.filter(claim=claim).exists()


@pytest.mark.parametrize(
    ("code", "language"),
    [
        ("tr", "tr"),
        ("TR", "tr"),
        ("zh", "zh-hans"),
        ("zh-CN", "zh-hans"),
        ("zh-Hant", "en"),
        ("fr-MA", "fr"),
        ("de", "en"),
        ("", "en"),
    ],
)
def test_language_of_the_claimant(claim_at, code, language):
    claim = claim_at("Gebze")
    claim.organisation.local_language = code
    assert language_of(claim) == language


def test_letters_are_seen_by_the_claimant_and_by_officials(acting, claim_at):
    letter = written_letter(claim_at("Aliağa"))
    seen = {
        key: letters_for(acting(key)).filter(pk=letter.pk).exists()
        for key in ("producer", "reviewer", "approver", "verifier", "importer")
    }
    assert seen == {"producer": True, "reviewer": True, "approver": True, "verifier": False, "importer": False}
    assert letters_of(letter.claim) == [letter]


def test_unknown_steps_cannot_be_listened_to():
    with pytest.raises(KeyError):
        after.register("dance", lambda claim, step: None)


def test_night_adds_proofs_to_the_letter_and_keeps_the_first_file(claim_at):
    letter = sealed_letter(claim_at("Aliağa"))
    issued = letter.edition.file.read()
    queue_upgrades()
    (job,) = Job.objects.filter(kind="letters.upgrade")
    run(str(job.pk))
    job.refresh_from_db()
    assert (job.state, job.result) == ("done", {"extended": len(job.payload["editions"])})
    first, last = Letter.objects.get(pk=letter.pk).editions.order_by("pk")
    assert (first.level, last.level, letters_of(letter.claim)[0].edition) == ("B-T", "B-LTA", last)
    assert last.file.read().startswith(issued)
