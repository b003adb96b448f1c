"""The verifier's work at the services: who may, what is demanded, what is sealed, what a measure does."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from portal.commands.demonstration.verifiers_part import verifiers_part
from tests.factories.deciding import ruling_on
from tests.factories.organisations import make_organisation
from tests.factories.verification import accepted_work, fill_report, sign
from verification.accounts.models import User
from verification.audit.models import Event
from verification.certificates.services.approval import approve_claim
from verification.claims.enums import Opinion, VisitKind
from verification.claims.findings import findings_on_snapshot, last_snapshot
from verification.claims.models import Engagement, SealedReport, VerificationStatement, VerificationWork
from verification.claims.services.producer import seal_and_invite
from verification.claims.services.verifier_findings import (
    FindingDetails,
    close_finding,
    raise_finding,
    write_to_producer,
    write_to_verifier,
)
from verification.claims.services.verifier_measures import record_measure
from verification.claims.services.verifier_work import accept_invitation, save_part
from verification.claims.verification.additions import DeclaredVisit
from verification.claims.verification.words import DraftPart, FindingKind, FindingOutcome
from verification.claims.verifier_selectors import additions_of, statements_touched, works_for
from verification.kernel import clock
from verification.kernel.canonical import sha256_of
from verification.kernel.errors import Conflict, InvalidInput, NotAllowed, SecondFactorNeeded
from verification.notifications.models import Notice
from verification.registry.enums import AccreditationMeasureKind
from verification.registry.models import Accreditation, Membership
from verification.registry.selectors import actor_for

pytestmark = pytest.mark.db
WRONG_METER = FindingDetails(FindingKind.MISSTATEMENT, True, "Electricity", "The meter was read twice.")


@pytest.fixture
def engagement(claim_at):
    return Engagement.objects.get(claim=claim_at("Karabük"))


@pytest.fixture
def verifier(acting):
    return acting("verifier")


@pytest.fixture
def work(engagement, verifier):
    return accepted_work(engagement, verifier)


def codes(refusal) -> list[str]:
    return [problem.code for problem in refusal.value.problems]


def told_of(kind: str, user: User, engagement: Engagement) -> int:
    return Notice.objects.filter(user=user, kind=kind, subject__contains=engagement.claim.number).count()


def latest_event(fields, subject_id) -> Event:
    return Event.objects.filter(subject_id=str(subject_id), **fields).latest("sequence")


def test_work_is_accepted_once_with_a_declaration(engagement, verifier):
    with pytest.raises(InvalidInput) as refusal:
        accept_invitation(engagement, actor=verifier, has_declared=False)
    assert codes(refusal) == ["VER-039"]
    work = accept_invitation(engagement, actor=verifier, has_declared=True)
    assert "no conflict of interest" in work.impartiality
    assert str(work.accepted_by_id) == verifier.id
    with pytest.raises(Conflict, match="accepted already"):
        accept_invitation(engagement, actor=verifier, has_declared=True)
    assert latest_event({"name": "claims.work.accepted"}, engagement.claim_id)


@pytest.mark.parametrize("key", ["producer", "reviewer", "importer"])
def test_nobody_else_accepts(engagement, acting, key):
    with pytest.raises(NotAllowed):
        accept_invitation(engagement, actor=acting(key), has_declared=True)


def test_member_of_both_is_refused(engagement, verifier, acting):
    both = replace(verifier, organisation_ids=verifier.organisation_ids | acting("producer").organisation_ids)
    with pytest.raises(NotAllowed, match="independent"):
        accept_invitation(engagement, actor=both, has_declared=True)


def test_shared_person_stands_in_the_way_of_everyone(engagement, verifier, user_of):
    Membership.objects.create(
        user=user_of("producer"), organisation=engagement.verifier, role="member", joined_at=clock.now()
    )
    with pytest.raises(InvalidInput) as refusal:
        accept_invitation(engagement, actor=verifier, has_declared=True)
    assert codes(refusal) == ["VER-025"]


def test_other_verifier_sees_no_work(work, verifier):
    _organisation, user = make_organisation("Other Verifier", is_verifier=True)
    assert not works_for(actor_for(user)).exists()
    assert work in works_for(verifier)


def test_work_and_report_survive_a_newer_sealing(work, engagement, verifier, acting):
    fill_report(work, verifier)
    newer = seal_and_invite(engagement.claim, actor=acting("producer"), verifier=engagement.verifier)
    assert list(work.engagements.order_by("invited_at").values_list("state", flat=True)) == ["replaced", "invited"]
    assert additions_of(work) == verifiers_part()
    statement = sign(newer, verifier, additions=additions_of(work))
    assert statement.snapshot_sha256 == newer.snapshot.sha256


def test_accepted_work_never_changes(work):
    with pytest.raises(DatabaseError, match="issued rows never change"), transaction.atomic():
        VerificationWork.objects.filter(pk=work.pk).update(impartiality="none")


@pytest.mark.parametrize(
    ("part", "answers", "field"),
    [
        (DraftPart.VISITS, {"kind": "virtual", "started_on": "2027-01-18", "ground": "Risk analysis"}, "kind"),
        (DraftPart.VISITS, {"kind": "physical"}, "started_on"),
        (DraftPart.VISITS, {"kind": "physical", "started_on": "2025-01-18"}, "started_on"),
        (DraftPart.METHODS, {"attribution": " "}, "attribution"),
    ],
)
def test_part_that_breaks_a_rule_is_not_saved(work, verifier, part, answers, field):
    with pytest.raises(InvalidInput) as refusal:
        save_part(work, part, actor=verifier, answers=answers)
    assert [problem.field for problem in refusal.value.problems] == [field]
    assert not work.drafts.exists()


def test_parts_are_saved_by_the_verifier_only(work, acting):
    with pytest.raises(NotAllowed):
        save_part(work, DraftPart.TEAM, actor=acting("producer"), answers={"rows": []})


def test_statement_needs_the_accepted_work(engagement, verifier):
    with pytest.raises(Conflict, match="Accept the invitation first"):
        sign(engagement, verifier)


def test_statement_needs_a_second_factor(work, engagement, acting):
    with pytest.raises(SecondFactorNeeded):
        sign(engagement, acting("verifier", has_factor=False))


def test_signed_twice_is_a_conflict(work, engagement, verifier):
    same = Engagement.objects.get(pk=engagement.pk)
    sign(engagement, verifier)
    with pytest.raises(Conflict):
        sign(same, verifier)
    assert VerificationStatement.objects.filter(engagement=engagement).count() == 1


def test_whole_report_is_sealed_with_the_statement(work, engagement, verifier):
    sealed = sign(engagement, verifier).sealed_report
    record = json.loads(sealed.content)
    assert sha256_of(record) == sealed.sha256
    assert record["schema"] == "verification-report/1"
    assert record["identity"]["snapshot_sha256"] == engagement.snapshot.sha256
    assert record["operator"]["installation"] == engagement.claim.installation.name
    assert record["verifier"]["accreditation_number"] == "DAB-V-0042"
    assert [member["name"] for member in record["team"]] == ["Emre Yıldırım", "Deniz Arslan", "Selin Kaya"]
    assert record["visits"]["started_on"] == "2027-01-18"
    assert record["terms"]["plan_dated_on"] == "2026-01-12"
    assert record["goods"][0]["see_applicable"] == "1.60452643514"[: len(record["goods"][0]["see_applicable"])]
    assert record["conclusion"]["impartiality"] == work.impartiality
    assert len(record["summary"]["items"]) == 16
    with pytest.raises(DatabaseError, match="issued rows never change"), transaction.atomic():
        SealedReport.objects.filter(pk=sealed.pk).update(sha256="0" * 64)


def test_visit_that_is_not_allowed_is_not_signed(work, engagement, verifier):
    visits = replace(verifiers_part().visits, kind=VisitKind.VIRTUAL, ground="Low risk")
    with pytest.raises(InvalidInput) as refusal:
        sign(engagement, verifier, additions=replace(verifiers_part(), visits=visits))
    assert codes(refusal) == ["VER-005"]


def test_declared_earlier_visit_counts_and_is_shown_to_officials(work, engagement, verifier):
    earlier = DeclaredVisit(2025, VisitKind.PHYSICAL, "Report AV-2026-3")
    visits = replace(verifiers_part().visits, kind=VisitKind.VIRTUAL, ground="Low risk", declared=(earlier,))
    sign(engagement, verifier, additions=replace(verifiers_part(), visits=visits))
    said = {finding.code: finding.found for finding in findings_on_snapshot(engagement.claim, engagement.snapshot)}
    assert said["VER-031"] == "2025: physical"
    assert not {"VER-005", "VER-012", "VER-013", "VER-014"} & set(said)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"report_dated_on": date(2027, 5, 1)}, "report_dated_on"),
        ({"report_dated_on": date(2026, 12, 31)}, "report_dated_on"),
        ({"report_dated_on": date(2027, 1, 19)}, "report_dated_on"),
        ({"report_dated_on": date(2026, 8, 1)}, "accreditation"),
    ],
)
def test_date_of_the_opinion(work, engagement, verifier, changes, field):
    with pytest.raises(InvalidInput) as refusal:
        sign(engagement, verifier, **changes)
    assert field in [problem.field for problem in refusal.value.problems]


def test_accreditation_must_cover_every_sector(work, engagement, verifier):
    accreditation = Accreditation.objects.get()
    accreditation.sectors = ["cement"]
    accreditation.save(update_fields=["sectors"])
    with pytest.raises(InvalidInput) as refusal:
        sign(engagement, verifier)
    assert [problem.field for problem in refusal.value.problems] == ["accreditation"]
    assert "iron_steel" in refusal.value.problems[0].message


def test_accreditation_suspended_today_does_not_sign_an_older_opinion(work, engagement, verifier, acting):
    suspend(acting, clock.today())
    with pytest.raises(InvalidInput) as refusal:
        sign(engagement, verifier, report_dated_on=clock.today() - timedelta(days=2))
    assert [problem.message for problem in refusal.value.problems] == [
        "Today the accreditation was suspended on that day."
    ]


def test_finding_is_answered_and_closed_on_new_numbers(work, engagement, verifier, acting, user_of):
    finding = raise_finding(work, actor=verifier, details=WRONG_METER)
    assert told_of("finding_raised", user_of("producer"), engagement) == 1
    with pytest.raises(InvalidInput) as refusal:
        sign(engagement, verifier)
    assert codes(refusal) == ["VER-036"]
    with pytest.raises(InvalidInput) as refusal:
        close_finding(finding, actor=verifier, outcome=FindingOutcome.CORRECTED, reason="Seen.")
    assert [problem.field for problem in refusal.value.problems] == ["outcome"]

    write_to_verifier(finding, actor=acting("producer"), text="Corrected and sealed again.")
    assert told_of("finding_answered", user_of("verifier"), engagement) == 1
    newer = seal_and_invite(engagement.claim, actor=acting("producer"), verifier=engagement.verifier)
    closing = close_finding(finding, actor=verifier, outcome=FindingOutcome.CORRECTED, reason="Read again.")
    assert closing.snapshot == newer.snapshot
    statement = sign(newer, verifier)
    assert statement.corrected_misstatements == "1. The meter was read twice."
    told = json.loads(statement.sealed_report.content)["conclusion"]["findings"]
    assert [(row["outcome"], row["is_material"], row["reason"]) for row in told] == [("corrected", True, "Read again.")]


def test_remaining_material_finding_forbids_a_satisfactory_opinion(work, engagement, verifier):
    finding = raise_finding(work, actor=verifier, details=WRONG_METER)
    close_finding(finding, actor=verifier, outcome=FindingOutcome.REMAINING, reason="Not corrected.")
    for opinion in (Opinion.SATISFACTORY, Opinion.SATISFACTORY_WITH_COMMENTS):
        with pytest.raises(InvalidInput) as refusal:
            sign(engagement, verifier, opinion=opinion)
        assert codes(refusal) == ["VER-037"]
    statement = sign(engagement, verifier, opinion=Opinion.NOT_SATISFACTORY)
    assert statement.uncorrected_misstatements == "1. The meter was read twice."


def test_conversation_is_append_only_and_ends_with_the_closing(work, verifier, acting):
    finding = raise_finding(work, actor=verifier, details=replace(WRONG_METER, is_material=False))
    message = write_to_producer(finding, actor=verifier, text="Please send the log.")
    with pytest.raises(DatabaseError, match="issued rows never change"), transaction.atomic():
        message.delete()
    close_finding(finding, actor=verifier, outcome=FindingOutcome.WITHDRAWN, reason="The log explains it.")
    with pytest.raises(Conflict, match="closed"):
        write_to_verifier(finding, actor=acting("producer"), text="Too late.")
    with pytest.raises(Conflict, match="closed"):
        close_finding(finding, actor=verifier, outcome=FindingOutcome.CORRECTED, reason="Again.")


def test_sides_do_not_write_for_each_other(work, verifier, acting):
    finding = raise_finding(work, actor=verifier, details=WRONG_METER)
    with pytest.raises(NotAllowed):
        write_to_verifier(finding, actor=verifier, text="As the producer.")
    with pytest.raises(NotAllowed):
        write_to_producer(finding, actor=acting("producer"), text="As the verifier.")
    with pytest.raises(NotAllowed):
        raise_finding(work, actor=acting("producer"), details=WRONG_METER)
    with pytest.raises(NotAllowed):
        close_finding(finding, actor=acting("producer"), outcome=FindingOutcome.WITHDRAWN, reason="No.")


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"text": " "}, "text"), ({"kind": FindingKind.RECOMMENDATION}, "is_material")],
)
def test_finding_names_its_wrong_field(work, verifier, changes, field):
    with pytest.raises(InvalidInput) as refusal:
        raise_finding(work, actor=verifier, details=replace(WRONG_METER, **changes))
    assert [problem.field for problem in refusal.value.problems] == [field]


def test_nothing_is_raised_after_the_signature(work, engagement, verifier):
    sign(engagement, verifier)
    with pytest.raises(Conflict, match="No sealed numbers wait"):
        raise_finding(work, actor=verifier, details=WRONG_METER)


def suspend(acting, effective_on, kind=AccreditationMeasureKind.SUSPENDED):
    accreditation = Accreditation.objects.get()
    record_measure(accreditation, kind, effective_on=effective_on, reason="Notice 12.", actor=acting("reviewer"))
    return accreditation


def test_measure_strikes_what_was_signed_since_and_flags_the_rest(acting, claim_at, user_of):
    accreditation = suspend(acting, date(2027, 2, 12))
    touched = {each.claim.installation.city: each for each in statements_touched(accreditation)}
    assert touched["Gebze"].statement.signed_at.date() == date(2027, 2, 12)
    assert {city for city, each in touched.items() if not each.stands} >= {"Gebze", "Silifke", "Gemlik", "Dilovası"}
    assert touched["Aliağa"].stands
    assert not next(iter(touched.values())).stands
    struck = Event.objects.filter(name="claims.statement.struck", subject_id=str(claim_at("Gebze").pk))
    assert struck.count() == 1
    assert Event.objects.filter(name="claims.statement.flagged", subject_id=str(claim_at("Aliağa").pk)).count() == 1
    assert Notice.objects.filter(user=user_of("reviewer"), kind="accreditation_measure").count() == 1


def test_struck_statement_blocks_the_checks_and_the_approval(acting, claim_at):
    suspend(acting, date(2027, 2, 12))
    claim = claim_at("Gebze")
    said = {finding.code for finding in findings_on_snapshot(claim, last_snapshot(claim))}
    assert "VER-001" in said
    with pytest.raises(InvalidInput) as refusal:
        approve_claim(claim, actor=acting("approver"), ruling=ruling_on(claim))
    assert codes(refusal) == ["VER-001"]
    claim.refresh_from_db()
    assert claim.state == "recommended"


def test_statement_signed_before_stays_valid_with_a_flag(acting, claim_at):
    suspend(acting, date(2027, 2, 13))
    claim = claim_at("Gebze")
    said = {finding.code for finding in findings_on_snapshot(claim, last_snapshot(claim))}
    assert "VER-001" not in said
    assert "VER-028" in said
    approve_claim(claim, actor=acting("approver"), ruling=ruling_on(claim))


def test_reinstatement_does_not_cure_what_was_signed_meanwhile(acting, claim_at):
    suspend(acting, date(2027, 2, 12))
    suspend(acting, date(2027, 2, 20), AccreditationMeasureKind.REINSTATED)
    claim = claim_at("Gebze")
    assert "VER-001" in {finding.code for finding in findings_on_snapshot(claim, last_snapshot(claim))}


def test_lead_auditor_of_five_years_does_not_sign(work, engagement, verifier, monkeypatch):
    """Five approved years of the installation under the same lead auditor."""
    monkeypatch.setattr("verification.claims.verifier_selectors.audits_before", lambda *_: 5)
    with pytest.raises(InvalidInput) as refusal:
        sign(engagement, verifier)
    assert codes(refusal) == ["VER-024"]


def test_materiality_is_that_of_the_act_or_stricter(work, engagement, verifier):
    terms = replace(verifiers_part().terms, materiality_percent=Decimal("5.01"))
    with pytest.raises(InvalidInput) as refusal:
        sign(engagement, verifier, additions=replace(verifiers_part(), terms=terms))
    assert codes(refusal) == ["VER-015"]


def test_user_without_a_part_is_nobody(work):
    assert not works_for(actor_for(User.objects.create_user("x@nowhere.example", None, full_name="X"))).exists()
