"""Exports of registries: every row or none, never changed; what they say of blocks, and what they do not."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from tests.factories.registry_exports import FETCHED_ON, gold_standard, loaded_export, verra
from tests.verification.units.registries.exports import table
from verification.checks.model import LookupPart, OverlapPart, UnitSubject
from verification.claims.models import Claim, RegistryExport, RegistryRow
from verification.claims.registry_records import AskedBlock, issued_for, lookup_for
from verification.claims.services.registry_records import load_export
from verification.claims.subjects.sealed import SealedContent
from verification.claims.subjects.units import unit_subject
from verification.kernel.errors import InvalidInput, NotAllowed
from verification.units.blocks import Block
from verification.units.serials import parse_serial

pytestmark = [pytest.mark.db, pytest.mark.django_db]
RETIRED_ON = date(2026, 4, 10)
FIRST, LAST = 936487628, 936491271
GS = "GS1-1-CL-GS12065-12-2023-30073-{}-{}"
ISSUED = {"Retirement/Cancellation Date": "", "Retirement Beneficiary": "", "Retirement Reason": ""}


def _block(serial: str, key: int = 1) -> AskedBlock:
    read = parse_serial(serial).serial
    return AskedBlock(key, read.normalised, read.family.value, Block(read.family_key, read.start, read.end), RETIRED_ON)


def _verra(first: int = FIRST, last: int = LAST, batch: int = 19309) -> str:
    return f"{batch}-{first}-{last}-VCS-VCU-1491-VER-RW-3-4150-01102024-31122024-1"


def _gs(first: int, last: int, **changes: str) -> dict[str, str]:
    quantity = str(last - first + 1)
    return gold_standard(
        **{"Serial Number": GS.format(first, last), "Quantity": quantity, "GSID": "12065", "Country": "Chile",
           "Vintage": "2023"} | changes
    )  # fmt: skip


def _row(first: int, last: int, **changes: str) -> dict[str, str]:
    serial = {"Serial Number": _verra(first, last), "Quantity Issued": str(last - first + 1)}
    return verra(**serial | changes)


@pytest.fixture
def steward(acting):
    return acting("reviewer")


def test_export_is_kept_with_its_rows_file_and_day(steward):
    export = loaded_export(steward, _row(FIRST, LAST), _row(LAST + 1, LAST + 10, **ISSUED))
    assert (export.registry, export.kind, export.families, export.row_count) == ("Verra", "transactions", ["verra"], 2)
    assert export.fetched_on == FETCHED_ON
    with export.file.open("rb") as kept:
        assert kept.read() == table(_row(FIRST, LAST), _row(LAST + 1, LAST + 10, **ISSUED))
    assert list(export.rows.values_list("line", "kind", "first", "last", "event_on", "beneficiary")) == [
        (2, "retirement or cancellation", FIRST, LAST, RETIRED_ON, "Works Ltd"),
        (3, "issuance", LAST + 1, LAST + 10, date(2026, 3, 20), ""),
    ]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "UNX-016"),
        (b"a,b\n1,2\n", "UNX-004"),
        (table(verra())[:-30] + b"\n", "UNX-008"),
        (table(verra(), verra(**{"Serial Number": "no serial"})), "S-FORMAT"),
        (table(verra(), verra(**{"Quantity Issued": "many"})), "UNX-010"),
    ],
)
def test_bad_export_leaves_nothing(content, code, steward):
    with pytest.raises(InvalidInput) as refused:
        load_export([content], name="export.csv", fetched_on=FETCHED_ON, actor=steward)
    assert code in {problem.code for problem in refused.value.problems}
    assert not RegistryExport.objects.exists()


def test_list_without_serials_is_refused(steward):
    header = (
        "Date Issued (GMT),Vintage,ReportingPeriodBegin,ReportingPeriodEnd,Total Credits Issued,Project ID,"
        "Project Name,Project Methodology/Protocol,Methodology/Protocol Version,Project Site Country\n"
        "3/24/2026 9:08:01 PM,2026,2/1/2025,1/31/2026,74344,ACR731,Mine,CMM,Version 1,US\n"
    )
    with pytest.raises(InvalidInput) as refused:
        load_export([header.encode()], name="issued.csv", fetched_on=FETCHED_ON, actor=steward)
    assert {problem.code for problem in refused.value.problems} & {"UNX-011", "UNX-004"}


def test_same_file_of_the_same_day_is_loaded_once(steward):
    loaded_export(steward)
    with pytest.raises(InvalidInput) as refused:
        loaded_export(steward)
    assert [problem.code for problem in refused.value.problems] == ["UNX-022"]
    loaded_export(steward, fetched_on=date(2027, 3, 12))
    assert RegistryExport.objects.count() == 2


def test_day_of_fetching_is_not_in_the_future(steward):
    with pytest.raises(InvalidInput) as refused:
        loaded_export(steward, fetched_on=date(2027, 3, 16))
    assert [problem.field for problem in refused.value.problems] == ["fetched_on"]


@pytest.mark.parametrize("key", ["producer", "importer", "verifier", "approver"])
def test_others_load_nothing(key, acting):
    with pytest.raises(NotAllowed):
        loaded_export(acting(key))


@pytest.mark.parametrize("model", [RegistryExport, RegistryRow])
def test_database_refuses_to_change_what_was_loaded(model, steward):
    loaded_export(steward)
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.update(id=F("id"))
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.all()._raw_delete("default")


def test_nothing_loaded_is_no_answer(world):
    block = _block(_verra())
    assert lookup_for([block]) == {1: LookupPart(mode="import_file")}
    assert issued_for([block]) == {1: None}


def test_retired_block_is_found(steward):
    loaded_export(steward)
    part = LookupPart("import_file", True, "retired", 3644, "Works Ltd", RETIRED_ON, FETCHED_ON)
    assert lookup_for([_block(_verra())]) == {1: part}
    inside = lookup_for([_block(_verra(FIRST + 10, FIRST + 19))])[1]
    assert (inside.found, inside.quantity) == (True, 10)


def test_block_that_is_only_issued_is_a_contradiction(steward):
    loaded_export(steward, _row(FIRST, LAST, **ISSUED))
    loaded_export(steward, _row(1, 10), fetched_on=date(2027, 3, 11))
    found = lookup_for([_block(_verra())])[1]
    assert (found.found, found.status, found.quantity) == (True, "issued", 0)


def test_block_over_two_retirements_is_one_answer_and_a_gap_is_seen(steward):
    loaded_export(steward, _row(1, 50), _row(51, 80, **{"Retirement Beneficiary": "Other Ltd"}))
    both, beyond = _block(_verra(1, 80), 1), _block(_verra(71, 90), 2)
    found = lookup_for([both, beyond])
    assert (found[1].quantity, found[1].beneficiary) == (80, "Works Ltd; Other Ltd")
    assert (found[2].quantity, found[2].beneficiary) == (10, "Other Ltd")


def test_newest_fetch_counts_and_the_oldest_used_is_the_age(steward):
    loaded_export(steward, _row(1, 100, **ISSUED), fetched_on=date(2027, 1, 5))
    loaded_export(steward, _row(1, 60), fetched_on=date(2027, 3, 1))
    found = lookup_for([_block(_verra(1, 60), 1), _block(_verra(51, 100), 2)])
    assert (found[1].status, found[1].quantity, found[1].fetched_on) == ("retired", 60, date(2027, 3, 1))
    assert (found[2].status, found[2].quantity, found[2].fetched_on) == ("issued", 10, date(2027, 1, 5))


def test_list_fetched_before_the_event_was_not_asked(steward):
    loaded_export(steward, _row(1, 10), fetched_on=date(2026, 4, 9))
    assert lookup_for([_block(_verra())])[1].found is None
    loaded_export(steward, _row(1, 10), fetched_on=date(2026, 4, 10))
    found = lookup_for([_block(_verra())])[1]
    assert (found.found, found.fetched_on) == (False, date(2026, 4, 10))


def test_list_of_another_registry_says_nothing(steward):
    loaded_export(steward, _gs(1, 10))
    assert lookup_for([_block(_verra())])[1].found is None


def test_issued_end_of_a_batch_is_known(steward):
    """The real block of 117,192 t: a claim beyond it names units that were never issued."""
    loaded_export(steward, _gs(1, 117192, **{"Credit Status": "Issued", "Retirement Date": ""}))
    block = _block(GS.format(100001, 120000))
    assert issued_for([block]) == {1: (OverlapPart(1, 117192),)}


def test_retired_units_were_issued_too(steward):
    """A registry splits a block when a part of it is retired; the list of issued ones then lacks that part."""
    issued = {"Credit Status": "Issued", "Retirement Date": ""}
    loaded_export(steward, _gs(1, 109, **issued), _gs(110, 200))
    assert issued_for([_block(GS.format(100, 150))]) == {1: (OverlapPart(1, 109), OverlapPart(110, 200))}


def test_list_of_retirements_alone_is_no_list_of_issued_units(steward):
    loaded_export(steward, _gs(1, 109))
    assert issued_for([_block(GS.format(100, 150))]) == {1: None}


def test_numbers_of_another_batch_of_verra_say_nothing(steward):
    loaded_export(steward, _row(1, 10, **ISSUED))
    other = _block(_verra(5000, 5009, batch=777), 1)
    same = _block(_verra(5000, 5009), 2)
    assert issued_for([other, same]) == {1: None, 2: ()}


def test_many_blocks_are_answered_in_few_queries(steward):
    loaded_export(steward, *(_row(start, start + 9) for start in range(1, 2000, 10)))
    blocks = [_block(_verra(start, start + 4), start) for start in range(1, 2000, 5)]
    alone = [_block(f"GS1-1-CL-GS12065-12-2023-{key}-1-9", key) for key in range(40000, 40400)]
    for asked in (lookup_for, issued_for):
        with CaptureQueriesContext(connection) as seen:
            found = asked([*blocks, *alone])
        assert len(found) == len(blocks) + len(alone)
        assert len(seen) <= 10
    assert all(part.quantity == 5 for key, part in lookup_for(blocks).items())


def test_checks_see_the_registry(steward):
    """The claim's own programme may be looked up; where the scheme switched that off, nothing is asked."""
    claim = Claim.objects.get(kind="units", state="recommended")
    block = claim.blocks.get()
    quantity = str(block.quantity)
    cells = {"Serial Number": block.serial, "Quantity": quantity, "GSID": "99013", "Country": "Ghana"}
    loaded_export(steward, gold_standard(**cells))
    part = _subject(claim).blocks[0]
    assert (part.lookup.found, part.lookup.quantity, part.issued) == (True, block.quantity, None)
    treaty = Claim.objects.get(kind="units", state="submitted")
    assert _subject(treaty).blocks[0].lookup == LookupPart(mode="off")


def _subject(claim: Claim) -> UnitSubject:
    snapshot = claim.snapshots.last()
    return unit_subject(claim, SealedContent(json.loads(snapshot.content), snapshot.sha256, snapshot.sealed_at), None)
