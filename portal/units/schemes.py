"""What each scheme says of reduction units, in words, before anybody starts a claim."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.ui.claim_forms import scheme_name
from verification.reference.selectors import known_schemes
from verification.reference.selectors.units import unit_rules_record
from verification.units.rules import ChannelRow, UnitRules

CHANNEL_WORDS: dict[str, str | Promise] = {
    "none": _("Takes no reduction units."),
    "inside_carbon_price": _("Units count only inside a carbon price paid abroad."),
    "surrender_with_limit": _("Takes units, up to a limit of the period."),
}
UNSAID = _("Says nothing about reduction units.")
BASE_WORDS: dict[str, str | Promise] = {
    "gross": _("Embedded emissions of the goods"),
    "adjustable": _("Emissions of the goods after free allocation"),
    "scheme_obligation": _("Obligation of the claimant under its own scheme"),
    "taxable": _("Taxable emissions of the claimant"),
}


@dataclass(frozen=True)
class SchemeSays:
    """``draft`` is what a published draft would change; ``reference`` where it stands."""

    code: str
    name: str
    takes_units: bool
    words: str | Promise
    reference: str
    draft: str | Promise = ""
    draft_reference: str = ""


def schemes_on(day: date) -> list[SchemeSays]:
    """Every scheme with what it says for the day; those that take units first."""
    found = [_scheme(code, day) for code in known_schemes()]
    return sorted(found, key=lambda scheme: (not scheme.takes_units, scheme.name))


def _scheme(code: str, day: date) -> SchemeSays:
    rules = UnitRules.from_record(unit_rules_record(code))
    channel, draft = rules.channel_on(day), rules.draft_channel_on(day)
    return SchemeSays(
        code=code,
        name=scheme_name(code),
        takes_units=rules.takes_units_on(day),
        words=_words(channel) if channel else UNSAID,
        reference=channel.reference if channel else "",
        draft=_words(draft) if draft else "",
        draft_reference=draft.reference if draft else "",
    )


def _words(channel: ChannelRow) -> Any:
    return CHANNEL_WORDS[channel.value]
