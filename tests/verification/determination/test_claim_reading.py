"""A workbook becomes the reading of a claim, or is refused with nothing kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from portal.commands.demonstration.workbooks import SITES, report_of, workbook
from tests.factories.files import OLE2, PNG, archive, bomb, pdf, with_macros
from verification.audit.actors import Actor
from verification.audit.models import Event
from verification.claims.models import Claim
from verification.claims.services.producer import obstacles_to_sending, seal_and_invite, submit_claim
from verification.determination.claim_reading import upload_template
from verification.evidence.models import EvidenceFile
from verification.kernel.errors import Conflict, InvalidInput, NotAllowed

pytestmark = pytest.mark.db
SITE = next(site for site in SITES if site.key == "trabzon")


@pytest.fixture
def claim(claim_at: Callable[[str], Claim]) -> Claim:
    """The draft whose workbook has problems."""
    return claim_at("Trabzon")


def test_good_workbook_replaces_the_flawed_one(claim: Claim, acting: Callable[..., Actor]) -> None:
    upload_template(claim, [workbook(SITE)], name="Trabzon.xlsx", actor=acting("producer"))
    claim.refresh_from_db()
    (good,) = claim.reading["goods"]
    assert good["cn"] == "25232900"
    assert good["scope"] == "direct_and_indirect"
    assert Decimal(good["see_applicable"]) == Decimal(good["see_direct"]) + Decimal(good["see_indirect"])
    assert good["default"]["mark_up"] == "0.1"
    assert good["default"]["edition"] == "2026-02-04"
    assert "superseded" in good["default"]["warning"]
    assert [problem for problem in claim.reading["problems"] if problem["severity"] == "block"] == []


def test_problems_of_a_readable_workbook_are_kept_with_their_cells(claim: Claim) -> None:
    blocks = {(row["code"], row["cell"]) for row in claim.reading["problems"] if row["severity"] == "block"}
    assert {"TPL-045", "TPL-050"} <= {code for code, _ in blocks}
    assert all(cell for _, cell in blocks)


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (PNG, "picture.xlsx", "TPL-001"),
        (pdf(), "report.xlsx", "TPL-001"),
        (OLE2, "encrypted.xlsx", "FIL-011"),
        (workbook(SITE)[:5000], "cut.xlsx", "FIL-002"),
        (with_macros(), "macros.xlsm", "FIL-016"),
        (bomb(), "bomb.xlsx", "FIL-003"),
        (archive({"xl/workbook.xml": b"<workbook/>"}), "hollow.xlsx", None),
    ],
)
def test_unreadable_files_are_refused_and_nothing_is_kept(
    claim: Claim, acting: Callable[..., Actor], content: bytes, name: str, code: str | None
) -> None:
    before = (claim.reading, EvidenceFile.objects.count(), Event.objects.count())
    with pytest.raises(InvalidInput) as refusal:
        upload_template(claim, [content], name=name, actor=acting("producer"))
    (problem,) = refusal.value.problems
    assert code is None or problem.code == code
    assert problem.mend
    claim.refresh_from_db()
    assert (claim.reading, EvidenceFile.objects.count(), Event.objects.count()) == before


def test_too_large_file_is_refused_while_it_arrives(claim: Claim, acting: Callable[..., Actor], settings) -> None:
    settings.EVIDENCE_MAX_BYTES = 1000
    taken = []

    def chunks():
        for index in range(1000):
            taken.append(index)
            yield b"0" * 600

    with pytest.raises(InvalidInput) as refusal:
        upload_template(claim, chunks(), name="huge.xlsx", actor=acting("producer"))
    assert refusal.value.problems[0].code == "FIL-001"
    assert len(taken) == 2


def test_the_same_file_twice_is_said_and_changes_nothing(claim: Claim, acting: Callable[..., Actor]) -> None:
    content = claim.template_file.file.read()
    with pytest.raises(InvalidInput) as refusal:
        upload_template(claim, [content], name="again.xlsx", actor=acting("producer"))
    assert refusal.value.problems[0].code == "EVI-011"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"starts_on": date(2025, 1, 1), "ends_on": date(2025, 12, 31)}, "DAT-011"),
        ({"starts_on": date(2027, 1, 1), "ends_on": date(2027, 12, 31)}, "TPL-042"),
    ],
)
def test_period_of_another_or_a_running_year_blocks(
    claim: Claim, acting: Callable[..., Actor], change: dict, code: str
) -> None:
    report = report_of(SITE)
    moved = replace(report, period=replace(report.period, **change))
    upload_template(claim, [workbook(SITE, moved)], name="other.xlsx", actor=acting("producer"))
    claim.refresh_from_db()
    assert code in {row["code"] for row in claim.reading["problems"] if row["severity"] == "block"}
    assert obstacles_to_sending(claim)


def test_good_outside_the_list_blocks(claim: Claim, acting: Callable[..., Actor]) -> None:
    report = report_of(SITE)
    wrong = replace(report, products=(replace(report.products[0], cn="99999999"),))
    upload_template(claim, [workbook(SITE, wrong)], name="wrong.xlsx", actor=acting("producer"))
    claim.refresh_from_db()
    assert "99999999" in {row["found"] for row in claim.reading["problems"] if row["severity"] == "block"}


def test_sealed_numbers_with_problems_are_refused(
    claim: Claim, acting: Callable[..., Actor], claim_at: Callable[[str], Claim]
) -> None:
    verifier = claim_at("Karabük").engagements.get().verifier
    with pytest.raises(InvalidInput, match="cannot be sealed"):
        seal_and_invite(claim, actor=acting("producer"), verifier=verifier)
    assert not claim.snapshots.exists()


def test_changed_numbers_after_confirmation_cannot_be_sent(
    claim_at: Callable[[str], Claim], acting: Callable[..., Actor]
) -> None:
    """Dilovası was confirmed and is with the producer again; a new workbook needs a new confirmation."""
    claim = claim_at("Dilovası")
    assert obstacles_to_sending(claim) == []
    site = next(site for site in SITES if site.key == "dilovasi")
    report = report_of(site)
    process = replace(report.processes[0], direct_emissions_tco2e=Decimal("400000"))
    changed = replace(report, processes=(process, *report.processes[1:]))
    upload_template(claim, [workbook(site, changed)], name="new.xlsx", actor=acting("producer"))
    assert "VER-007" in {problem.code for problem in obstacles_to_sending(claim)}


def test_nobody_else_uploads_and_nothing_changes_once_sent(
    claim: Claim, claim_at: Callable[[str], Claim], acting: Callable[..., Actor]
) -> None:
    with pytest.raises(NotAllowed):
        upload_template(claim, [workbook(SITE)], name="x.xlsx", actor=acting("verifier"))
    with pytest.raises(Conflict, match="can no longer be changed"):
        upload_template(claim_at("Silifke"), [workbook(SITE)], name="x.xlsx", actor=acting("producer"))


def test_claim_without_declaration_is_not_sent(claim: Claim, acting: Callable[..., Actor]) -> None:
    with pytest.raises(InvalidInput) as refusal:
        submit_claim(claim, actor=acting("producer"), has_declared=False)
    assert refusal.value.problems[0].field == "declaration"
