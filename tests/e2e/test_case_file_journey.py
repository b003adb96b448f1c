"""The history of a claim in words, its file checked away from the portal, another day, and the public statistics."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import assert_accessible, assert_quiet, screenshot
from verification.kernel import clock
from verification.statistics.aggregation import DecidedClaim, tally
from verification.statistics.groups import SIZE_CLASSES
from verification.statistics.models import Summary

pytestmark = [pytest.mark.e2e]


def looked_at(page: Page, name: str) -> None:
    assert_accessible(page)
    screenshot(page, f"case-{name}")


def test_official_takes_the_file_of_a_case_and_checks_it_elsewhere(
    open_portal: Callable[..., Page], tmp_path: Path
) -> None:
    page = open_portal("approver")
    number = open_history_of_a_decided_claim(page)
    looked_at(page, "history")
    page.get_by_text("Event ", exact=False).first.click()
    expect(page.get_by_text("SHA-256 of this event").first).to_be_visible()
    looked_at(page, "history-hashes")
    folder = unpacked(take_file(page, "Take the file away", tmp_path), tmp_path / "officials")
    assert checked(folder) == (0, "ALL OF IT IS AS EXPORTED")
    document = next((folder / "documents").iterdir())
    document.write_bytes(document.read_bytes()[:-1])
    code, last_line = checked(folder)
    assert (code, last_line.endswith("THINGS ARE NOT AS EXPORTED")) == (1, True)
    look_at_the_index(page, folder)

    page.goto(page.url)
    expect(page.get_by_text("The file of the case was exported").first).to_be_visible()
    ask_about_another_day(page, number)
    assert_quiet(page)


def test_producer_takes_its_own_file(open_portal: Callable[..., Page], tmp_path: Path) -> None:
    page = open_portal("producer")
    page.goto("/producer/claims/")
    page.get_by_role("link", name="EC-2027-000001").first.click()
    looked_at(page, "producer")
    folder = unpacked(take_file(page, "Take your file away", tmp_path), tmp_path / "producer")
    assert checked(folder) == (0, "ALL OF IT IS AS EXPORTED")
    assert not (folder / "records/recommendations.jsonl").exists()
    assert_quiet(page)


def test_anyone_reads_the_statistics(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    """The kept row is given to the page by hand: the database would refuse to take it away after the test."""
    page.set_default_timeout(40_000)
    page.goto("/statistics/")
    expect(page.get_by_text("The first report has not been made yet.")).to_be_visible()
    looked_at(page, "statistics-none")
    report = tally([_decided(number) for number in range(120)]).report()
    kept = Summary(made_at=clock.now(), claims=120, report=report, sha256="0" * 64)
    monkeypatch.setattr("portal.public.statistics.latest_summary", lambda: kept)
    page.goto("/statistics/")
    expect(page.get_by_role("heading", level=1)).to_have_text("How claims are decided")
    expect(page.get_by_role("img", name="Approved claims: By group of countries")).to_be_visible()
    looked_at(page, "statistics")
    assert_quiet(page)


def _decided(number: int) -> DecidedClaim:
    return DecidedClaim(
        kind="emissions" if number % 5 else "units",
        year=str(2026 + number % 2),
        country_group=("asia", "asia", "africa", "europe", "least_developed")[number % 5] if number > 2 else "oceania",
        size=SIZE_CLASSES[number % 6],
        is_approved=number % 7 > 0,
        working_days=number % 40,
        questions=number % 3,
        legal_ground="Regulation (EU) 2023/956, Article 8",
    )


def open_history_of_a_decided_claim(page: Page) -> str:
    page.goto("/official/decisions/")
    page.get_by_role("rowheader").get_by_role("link", name="EC-2027-000001").click()
    page.get_by_role("link", name="Audit record").click()
    expect(page.get_by_text("An approved value came into force").first).to_be_visible()
    return "EC-2027-000001"


def take_file(page: Page, button: str, folder: Path) -> Path:
    with page.expect_download() as coming:
        page.get_by_role("button", name=button).click()
    path = folder / coming.value.suggested_filename
    coming.value.save_as(path)
    return path


def unpacked(path: Path, folder: Path) -> Path:
    with zipfile.ZipFile(path) as file:
        file.extractall(folder)
    return folder


def checked(folder: Path) -> tuple[int, str]:
    done = subprocess.run([sys.executable, "-I", "check.py"], cwd=folder, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout.splitlines()[-1]


def look_at_the_index(page: Page, folder: Path) -> None:
    """The page inside the file, without the portal."""
    other = page.context.new_page()
    other.goto((folder / "index.html").as_uri())
    expect(other.get_by_role("heading", level=1)).to_contain_text("File of claim")
    looked_at(other, "index")
    other.close()


def ask_about_another_day(page: Page, number: str) -> None:
    page.get_by_role("link", name="See this claim as it was known on any day").click()
    looked_at(page, "another-day-asked")
    expect(page.get_by_label("Number of a claim or certificate")).to_have_value(number)
    page.get_by_label("As known on").fill("2027-01-20")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("heading", name="What happened between")).to_be_visible()
    looked_at(page, "another-day")
    page.goto("/official/time-travel/?known_on=2027-01-20")
    expect(page.get_by_text("Name either a number or a good.").first).to_be_visible()
    looked_at(page, "another-day-refused")
