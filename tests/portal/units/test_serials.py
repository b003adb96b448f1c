"""The box for serials and the upload of a registry's export: nothing typed is lost, nothing is assumed."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.factories.units import CERTIFIED, GOLD_STANDARD, MISTYPED, VERRA, many_serials

pytestmark = pytest.mark.db

HEADER = (
    "Vintage,Credit Serial Numbers,Quantity of Credits,Status Effective,"
    "Eligible for CORSIA 2021-2023 Compliance Period (Pilot Phase),"
    "Eligible for CORSIA 2024-2026 Compliance Period (First Phase),CCP Approved,Program ID,Program Name,"
    "Crediting Program and Standard,Program Type,Standard Version,Program Jurisdiction,Verified Removal,"
    "Date Issued (GMT),Account Holder,Retirement Reason,Retirement Reason Details,Notes"
)
ROW = "02/28/2025,Yes,Yes,,ART102,Guyana,ART,Forest Carbon,,GUYANA,Yes,2/28/2024 3:18:54 PM,Holder,CORSIA Compliance,,"


def box(claim):
    return reverse("units:claim_serials", args=[claim.pk])


def typed_in(response):
    """What stands in the box of the page that came back."""
    return response.context["form"]["text"].value()


def export_of(rows):
    """An export of ART's retirements; the columns that stay the same are those of a real row."""
    lines = [f"2021,{serial},{quantity},{ROW}" for serial, quantity in rows]
    return "\n".join([HEADER, *lines]).encode()


def upload(client, claim, content, name="art.csv"):
    return client.post(reverse("units:claim_export_file", args=[claim.pk]), {"file": SimpleUploadedFile(name, content)})


def test_readable_lines_are_added(holder, draft):
    response = holder.post(box(draft), {"text": f"{VERRA}\n{GOLD_STANDARD}", "add": "1"})
    assert response["Location"] == reverse("units:claim_blocks", args=[draft.pk])
    assert list(draft.blocks.values_list("serial", "quantity")) == [(VERRA, 3644), (GOLD_STANDARD, 5354)]


def test_what_is_not_read_stays_in_the_box_with_its_message(holder, draft):
    response = holder.post(box(draft), {"text": f"{VERRA}\n{MISTYPED}\nno serial at all", "add": "1"})
    assert response.status_code == 422
    assert typed_in(response) == f"{MISTYPED}\nno serial at all"
    text = response.content.decode()
    assert "part 9 is “546O”" in text
    assert "No registry known here prints serials like this." in text
    assert draft.blocks.get().serial == VERRA


def test_the_same_lines_sent_again_add_nothing(holder, draft):
    holder.post(box(draft), {"text": VERRA, "add": "1"})
    response = holder.post(box(draft), {"text": f"{VERRA}\n{VERRA}", "add": "1"})
    assert "This block stands in the claim already." in response.content.decode()
    assert typed_in(response) == f"{VERRA}\n{VERRA}"
    assert draft.blocks.count() == 1


def test_explaining_keeps_nothing(holder, draft):
    response = holder.post(box(draft), {"text": VERRA, "explain": "1"})
    assert "Verra project 4150, Rwanda (RW), vintage 1 Oct 2024 to 31 Dec 2024, 3,644 t" in response.content.decode()
    assert typed_in(response) == VERRA
    assert not draft.blocks.exists()


def test_explanation_while_typing_is_the_same_without_keeping(holder, draft):
    address = reverse("units:claim_serials_explain", args=[draft.pk])
    text = holder.post(address, {"text": f"{VERRA}\n{MISTYPED}"}).content.decode()
    assert "Verra project 4150" in text
    assert "Use this in line 2" in text
    assert "<html" not in text
    assert not draft.blocks.exists()


def test_suggestion_is_taken_only_when_the_person_says_so(holder, draft):
    line = f"{MISTYPED}\t5351"
    explained = holder.post(box(draft), {"text": f"{VERRA}\n{line}", "explain": "1"})
    assert typed_in(explained) == f"{VERRA}\n{line}"
    accepted = holder.post(box(draft), {"text": f"{VERRA}\n{line}", "accept": "2"})
    assert typed_in(accepted) == f"{VERRA}\nGS1-1-KE-GS11603-16-2025-30256-110-5460\t5351"
    assert not draft.blocks.exists()


@pytest.mark.parametrize("line", ["0", "7", "x", "99999999999999999999"])
def test_suggestion_for_no_line_changes_nothing(holder, draft, line):
    response = holder.post(box(draft), {"text": VERRA, "accept": line})
    assert typed_in(response) == VERRA


def test_empty_box_is_said_beside_it(holder, draft):
    response = holder.post(box(draft), {"text": " ", "add": "1"})
    assert response.context["form"].errors["text"] == ["Paste or type at least one serial number."]
    assert not draft.blocks.exists()


def test_chosen_registry_is_held_against_the_serial(holder, draft):
    response = holder.post(box(draft), {"text": VERRA, "family": "gold-standard", "add": "1"})
    assert "This is a serial of Verra, not of Gold Standard." in response.content.decode()
    assert typed_in(response) == VERRA
    assert response.context["form"]["family"].value() == "gold-standard"
    assert not draft.blocks.exists()


def test_what_is_typed_is_shown_as_text(holder, draft):
    text = holder.post(box(draft), {"text": "<script>alert(1)</script>", "explain": "1"}).content.decode()
    assert "<script>alert(1)" not in text
    assert "&lt;script&gt;alert(1)" in text


def test_long_explanation_names_the_lines_with_problems(holder, draft):
    response = holder.post(box(draft), {"text": f"{many_serials(300)}\n{MISTYPED}", "explain": "1"})
    explanation = response.context["explanation"]
    assert (explanation.line_count, explanation.readable_count, explanation.tonnes) == (301, 300, 3000)
    assert explanation.lines[-1].number == 301
    assert explanation.more == 201


def test_sent_claim_takes_no_more_units(holder, claim_in):
    assert holder.post(box(claim_in("submitted")), {"text": VERRA, "add": "1"}).status_code == 409


def test_export_is_read_and_kept_as_evidence(holder, draft):
    response = upload(holder, draft, export_of([("ART-GY-102-2021-11-2759599 to 2760598", 1000)]))
    assert response["Location"] == reverse("units:claim_blocks", args=[draft.pk])
    block = draft.blocks.get()
    assert (block.quantity, block.event, str(block.event_on)) == (1000, "retirement", "2025-02-28")
    use = draft.evidence.get()
    assert use.purpose == "registry_export"
    assert block.evidence == use.file
    assert block.facts["export_sha256"] == use.file.sha256


def test_bad_rows_of_an_export_are_named_and_good_ones_kept(holder, draft):
    rows = [("ART-GY-102-2021-11-2759599 to 2760598", 1000), ("ART-GY-102-2021-11-900 to 100", 5), ("nonsense", 1)]
    response = upload(holder, draft, export_of(rows))
    text = response.content.decode()
    assert "1 block with 1\u00a0000 t was added." in text
    assert "2 rows were not added." in text
    assert "line 3" in text
    assert "line 4" in text
    assert draft.blocks.count() == 1


def test_export_with_no_good_row_keeps_nothing(holder, draft):
    response = upload(holder, draft, export_of([("nonsense", 1)]))
    assert response.status_code == 422
    assert "line 2" in response.content.decode()
    assert not draft.evidence.exists()
    assert not draft.blocks.exists()


def test_file_that_is_no_export_is_refused(holder, draft):
    response = upload(holder, draft, b"a,b\n1,2\n")
    assert "not the header of a registry export" in response.content.decode()
    assert not draft.evidence.exists()


def test_same_export_twice_is_refused_whole(holder, draft):
    content = export_of([("ART-GY-102-2021-11-2759599 to 2760598", 1000)])
    upload(holder, draft, content)
    assert upload(holder, draft, content).status_code == 422
    assert (draft.blocks.count(), draft.evidence.count()) == (1, 1)


def test_ten_thousand_rows_of_an_export_are_read(holder, draft):
    rows = [(f"ART-GY-102-2021-11-{first} to {first + 9}", 10) for first in range(1, 100_001, 10)]
    bad = [("nonsense", 1), ("ART-GY-102-2021-11-900010 to 900001", 10), ("ART-GY-102-2021-11-910001 to 910010", 11)]
    response = upload(holder, draft, export_of([rows[0], bad[0], *rows[1:5000], bad[1], *rows[5000:], bad[2]]))
    assert response.status_code == 200
    said = response.content.decode()
    assert [code for code in ("S-FORMAT", "S-RANGE", "S-QTY") if code not in said] == []
    assert [line for line in ("line 3", "line 5003", "line 10004") if line not in said] == []
    assert re.search("10\u00a0000 blocks with 100\u00a0000 t were added", response.content.decode())
    assert draft.blocks.count() == 10_000
    assert CERTIFIED not in set(draft.blocks.values_list("serial", flat=True))
