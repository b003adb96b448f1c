"""Documents that name files, commands, settings and decisions name those that are there."""

from __future__ import annotations

import re

import pytest

from tests.architecture.source import ROOT, modules_of, name_of

pytestmark = pytest.mark.unit

PAGES = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")])
SETTING = re.compile(r"\b(?:PORTAL_[A-Z_]+|DATABASE_URL|REDIS_URL|EMAIL_URL)\b")
NOT_FOR_OPERATORS = {"PORTAL_CRASH_AT"}


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_lead_somewhere(page):
    links = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    assert [link for link in links if "://" not in link and not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_paths_in_words_are_there(page):
    words = re.findall(
        r"`((?:portal|verification|templates|static|tests|scripts|docs)/[\w./-]+)`", page.read_text("utf-8")
    )
    assert [path for path in words if not (ROOT / path).exists()] == []


def test_every_command_is_described():
    commands = {path.stem for path in (ROOT / "portal/commands/management/commands").glob("[a-z]*.py")}
    page = (ROOT / "docs/commands.md").read_text("utf-8").split("## make")[0]
    described = re.findall(r"^\| `([a-z_]+)[ `]", page, flags=re.MULTILINE)
    assert set(described) == commands


def test_every_setting_is_described():
    asked = {
        name
        for path in modules_of("portal", "verification")
        if "test.py" not in path.name
        for name in re.findall(r"""(?:env(?:\.\w+|_date)\(|environ\.get\()\s*"([A-Z_]+)\"""", path.read_text("utf-8"))
    } | {"DATABASE_URL"}
    described = set(re.findall(r"^\| `([A-Z_]+)` \|", (ROOT / "README.md").read_text("utf-8"), flags=re.MULTILINE))
    assert described == {name for name in asked if SETTING.fullmatch(name)} - NOT_FOR_OPERATORS


def test_every_room_stands_in_the_map():
    rooms = {
        path.name
        for top in ("portal", "verification")
        for path in (ROOT / top).iterdir()
        if (path / "__init__.py").exists()
    }
    readme = (ROOT / "README.md").read_text("utf-8")
    assert {room for room in rooms if not re.search(rf"^  {room}/ ", readme, flags=re.MULTILINE)} == set()


def test_decisions_are_numbered_without_gaps_and_indexed():
    pages = sorted(path.name for path in (ROOT / "docs/decisions").glob("[0-9]*.md"))
    assert [int(name[:4]) for name in pages] == list(range(1, len(pages) + 1))
    index = (ROOT / "docs/decisions/README.md").read_text("utf-8")
    assert re.findall(r"\]\((\d{4}[^)]+)\)", index) == pages
