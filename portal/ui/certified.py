"""What the public page shows of a certificate, by the kind of its record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from verification.certificates.models import Certificate

SHOWN_RANGES = 50


@dataclass(frozen=True)
class Parts:
    """Templates of the page, and the words that differ."""

    lead: str
    content: str
    parties: str
    after_revocation: str | Promise
    note: str | Promise


def _parts(name: str, after_revocation: str | Promise, note: str | Promise) -> Parts:
    folder = f"components/certified_{name}"
    return Parts(f"{folder}_lead.html", f"{folder}.html", f"{folder}_parties.html", after_revocation, note)


PARTS: Mapping[str, Parts] = {
    "emissions": _parts(
        "emissions",
        _("The default value applies instead."),
        _(
            "Goods of one process and route share its verified quantity. "
            "The check does not show whether it is still unspent."
        ),
    ),
    "carbon_price": _parts(
        "price",
        _("Nothing is taken off for it any more."),
        _(
            "The price was paid abroad and comes off what is owed in the declaration. "
            "It does not change the specific embedded emissions of a good."
        ),
    ),
    "units": _parts(
        "units",
        _("None of its units counts any more."),
        _(
            "Units stand on a line of their own. They never change the verified specific embedded emissions of a good. "
            "The check does not show whether they were drawn by a declaration."
        ),
    ),
}


def parts_of(certificate: Certificate, record: Mapping[str, Any]) -> dict[str, Any]:
    """The context of the parts. Records of emissions say no kind."""
    kind = record.get("kind", "emissions")
    found: dict[str, Any] = {"parts": PARTS[kind]}
    if kind == "units":
        ranges = record["units"]
        found |= {
            "ranges": ranges[:SHOWN_RANGES],
            "hidden_ranges": max(len(ranges) - SHOWN_RANGES, 0),
            "events": certificate.claim.reversals.order_by("recorded_at"),
        }
    return found
