"""Who sees which entries above the page. Entries whose page is not there are left out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from django.contrib.auth.models import AnonymousUser
from django.urls import NoReverseMatch, get_script_prefix, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from verification.accounts.models import User
from verification.audit.actors import Actor
from verification.registry.selectors import actor_for, organisations_for

PUBLIC, PRODUCER, VERIFIER, OFFICIAL, IMPORTER = "public", "producer", "verifier", "official", "importer"
STEWARD = "steward"
HOLDER = "holder"
"""Whoever may hold reduction units: producers and importers."""


@dataclass(frozen=True)
class Entry:
    """A link above the page, for one audience."""

    audience: str
    label: str | Promise
    url_name: str


@dataclass(frozen=True)
class Link:
    label: str | Promise
    address: str
    is_current: bool = False


ENTRIES = (
    Entry(OFFICIAL, _("Claims to review"), "official:queue"),
    Entry(OFFICIAL, _("Decisions"), "official:decisions"),
    Entry(OFFICIAL, _("Advance answers"), "official:pre_checks"),
    Entry(OFFICIAL, _("On another day"), "official:time_travel"),
    Entry(STEWARD, _("Verifiers"), "official:verifiers"),
    Entry(STEWARD, _("Wordings"), "official:wordings"),
    Entry(PRODUCER, _("Home"), "producer:home"),
    Entry(PRODUCER, _("Claims"), "producer:claims"),
    Entry(PRODUCER, _("Installations"), "producer:installations"),
    Entry(PRODUCER, _("Certificates"), "producer:certificates"),
    Entry(VERIFIER, _("Verifications"), "verifier:home"),
    Entry(IMPORTER, _("Look up values"), "importer:lookup"),
    Entry(IMPORTER, _("Reports shared with you"), "importer:reports"),
    Entry(HOLDER, _("Reduction units"), "units:home"),
    Entry(PUBLIC, _("Check a certificate"), "public:check"),
    Entry(PUBLIC, _("Default values"), "public:benchmarks"),
)
FOOT_ENTRIES = (
    Entry(PUBLIC, _("Check a certificate"), "public:check"),
    Entry(PUBLIC, _("Default values"), "public:benchmarks"),
    Entry(PUBLIC, _("Rules that are checked"), "public:checks"),
    Entry(PUBLIC, _("How claims are decided"), "public:statistics"),
    Entry(PUBLIC, _("Accessibility"), "public:accessibility"),
)
HOMES = (
    (OFFICIAL, "official:queue"),
    (VERIFIER, "verifier:home"),
    (PRODUCER, "producer:home"),
    (IMPORTER, "importer:lookup"),
)


def address_if_exists(url_name: str) -> str | None:
    """The address of a named page without arguments, or ``None`` where this site has no such page."""
    return _address(url_name, get_script_prefix())


@cache
def _address(url_name: str, _prefix: str) -> str | None:
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return None


def audiences_of(user: User | AnonymousUser, actor: Actor | None = None) -> frozenset[str]:
    """The audiences that a person belongs to now; everybody belongs to the public. ``actor`` where it is known."""
    if not user.is_authenticated:
        return frozenset({PUBLIC})
    actor = actor or actor_for(user)
    audiences = {PUBLIC}
    if actor.is_official:
        audiences.add(OFFICIAL)
    if actor.has_role("steward"):
        audiences.add(STEWARD)
    for organisation in organisations_for(actor) if actor.organisation_ids else ():
        audiences |= {PRODUCER} if organisation.is_producer else set()
        audiences |= {VERIFIER} if organisation.is_verifier else set()
        audiences |= {IMPORTER} if organisation.is_importer else set()
        audiences |= {HOLDER} if organisation.is_producer or organisation.is_importer else set()
    return frozenset(audiences)


def navigation_for(user: User | AnonymousUser, path: str, actor: Actor | None = None) -> list[Link]:
    """Links of the person's audiences; the longest address that ``path`` starts with is current."""
    audiences = audiences_of(user, actor)
    return _links([entry for entry in ENTRIES if entry.audience in audiences], path)


def foot_navigation() -> list[Link]:
    return _links(FOOT_ENTRIES, "")


def home_of(user: User) -> str | None:
    """The address where this person's work starts, or ``None`` while no audience fits."""
    audiences = audiences_of(user)
    for audience, url_name in HOMES:
        address = address_if_exists(url_name)
        if audience in audiences and address:
            return address
    return None


def _links(entries: list[Entry] | tuple[Entry, ...], path: str) -> list[Link]:
    found = [(entry.label, address) for entry in entries if (address := address_if_exists(entry.url_name))]
    current = max((address for _label, address in found if path.startswith(address)), key=len, default=None)
    return [Link(label, address, address == current) for label, address in found]
