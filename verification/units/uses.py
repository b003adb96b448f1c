"""What a unit was retired or cancelled for, read from the registry's reason and from the free text beside it.

A status of “retired” is not enough: units are also cancelled to become another scheme's units, to feed a
buffer, or because the host country's letter of authorisation demands a share. The rules below were read from
public exports (April 2026) and from the treaties' own names for such cancellations. Whether a use may count in
a scheme is decided with the scheme's rules; here stands only what the record says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

_EXPORTS = "Public exports of April 2026"
_KYOTO_PARIS = "Decision 3/CMA.3, annex, chapters VII and VIII"


class Use(StrEnum):
    """What a retirement or cancellation was for. Values are kept in records and never reused."""

    SURRENDER = "surrender"
    CONVERSION = "conversion"
    LEVY = "levy"
    BUFFER = "buffer"
    MITIGATION = "mitigation"
    ADAPTATION = "adaptation"
    REVERSAL = "reversal"
    OTHER_SCHEME = "other-scheme"
    HOST_TARGET = "host-target"
    EXPORT = "export"
    NO_OWNER = "no-owner"
    VOLUNTARY = "voluntary"
    UNKNOWN = "unknown"

    @property
    def may_count(self) -> bool:
        """Nothing in the record speaks against a surrender."""
        return self is Use.SURRENDER

    @property
    def check_code(self) -> str:
        """The unit check that this use touches; empty where none does."""
        return _CHECKS.get(self, "")


_CHECKS = {
    Use.CONVERSION: "C-STATUS",
    Use.EXPORT: "C-STATUS",
    Use.LEVY: "C-LEVY",
    Use.BUFFER: "C-LEVY",
    Use.MITIGATION: "C-LEVY",
    Use.ADAPTATION: "C-LEVY",
    Use.REVERSAL: "C-LEVY",
    Use.NO_OWNER: "C-BENEF",
    Use.OTHER_SCHEME: "C-PURP",
    Use.HOST_TARGET: "A-PURP",
    Use.VOLUNTARY: "C-PURP",
    Use.UNKNOWN: "C-PURP",
}


@dataclass(frozen=True)
class UseRule:
    """One wording and what it means. ``fields`` are those in which it is looked for, ``scheme`` the scheme it names."""

    use: Use
    fields: tuple[str, ...]
    pattern: re.Pattern[str]
    why: str
    source: str
    scheme: str = ""


@dataclass(frozen=True)
class UseMatch:
    """A rule that fits, where, and the words that it fits."""

    use: Use
    why: str
    matched_text: str
    field: str
    scheme: str
    source: str


@dataclass(frozen=True)
class UseReading:
    """The gravest use that the record tells, why, and the words it rests on; ``matches`` are all uses told.

    ``scheme`` is the scheme that the words name, empty where they name none.
    """

    use: Use
    why: str
    matched_text: str
    scheme: str = ""
    matches: tuple[UseMatch, ...] = ()

    @property
    def check_codes(self) -> tuple[str, ...]:
        """The checks that any of the matches touches, without doubles, the gravest first."""
        codes = (match.use.check_code for match in self.matches)
        return tuple(dict.fromkeys(code for code in codes if code))


def _rule(use: Use, fields: str, pattern: str, why: str, source: str, scheme: str = "") -> UseRule:
    return UseRule(use, tuple(fields.split()), re.compile(pattern, re.IGNORECASE), why, source, scheme)


_LETTER = r"(?:\bLoA\b|letters? of authori[sz]ation)"
_SHARE = r"\b[0-9]{1,2}(?:[.,][0-9]+)?\s*(?:%|per\s?cent)"
_DUE = r"(?:levy|duty|fee|retirement|cancellation)"
_DEMANDED = r"\b(?:requir|demand|mandat)\w*"
_NEAR = r"[^.;]{0,40}"

RULES: tuple[UseRule, ...] = (
    _rule(
        Use.LEVY, "reason purpose beneficiary",
        rf"{_SHARE}{_NEAR}\b{_DUE}{_NEAR}{_LETTER}|{_SHARE}\s+{_LETTER}\s+{_DUE}|{_LETTER}{_NEAR}\b(?:levy|duty|fee)\b"
        rf"|{_LETTER}{_NEAR}{_DEMANDED}{_NEAR}\b(?:retire|cancel)|{_SHARE}{_NEAR}{_DEMANDED}{_NEAR}{_LETTER}"
        rf"|{_SHARE}\s+retirement as required",
        "The host country's letter of authorisation demands this retirement; it serves nobody's obligation.",
        f"{_EXPORTS}: “2% retirement as required under Project 4150 LoA for Article 6”, 16 Verra rows",
    ),
    _rule(
        Use.MITIGATION, "reason purpose beneficiary", r"\bOMGE\b|overall mitigation",
        "Cancelled for overall mitigation in global emissions; nobody may use it.", _KYOTO_PARIS,
    ),
    _rule(
        Use.ADAPTATION, "reason purpose beneficiary", r"\b(?-i:SOP|SoP)\b|shares? of proceeds|adaptation (?:fund|levy)",
        "Given to the Adaptation Fund as share of proceeds; nobody may use it.", _KYOTO_PARIS,
    ),
    _rule(
        Use.BUFFER, "reason purpose", r"\bbuffer\b(?! (?:state|zone|strip))",
        "Put into or taken from a buffer against reversals; it covers losses of the programme.",
        "Buffer accounts of the programmes; EcoRegistry marks such serials with BF",
    ),
    _rule(
        Use.REVERSAL, "reason purpose",
        r"\breversals?\b|\binvalidat(?:ed|ion)\b|compensat\w+ (?:for|of) (?:over.?issu|loss)",
        "Cancelled to make good a reversal, an invalidation or units issued in excess.",
        "California, 17 CCR 95985 (invalidation); reversal rules of the programmes",
    ),
    _rule(
        Use.CONVERSION, "reason purpose",
        rf"\bconver(?:t(?:ed|ing)?|sion)\b.{{0,20}}\b(?:to|into)\b{_NEAR}\b(?:credits?|units?|offsets?|allowances?)\b",
        "Cancelled to become a unit of another scheme; the tonne lives on there.",
        f"{_EXPORTS}: “Convert to ARB offset credits”, “Convert to Ecology offset credits” (ACR)",
    ),
    _rule(
        Use.CONVERSION, "reason", r"\A(?:ARB|WA ECO|Ecology)\Z",
        "Cancelled to become an offset credit of California or Washington; the tonne lives on there.",
        f"{_EXPORTS}: reasons “ARB” and “WA ECO” (Climate Action Reserve)",
    ),
    _rule(
        Use.EXPORT, "reason purpose",
        rf"\Aexport(?:ed)?\Z|\b(?:export|transfer|mov)\w*\b{_NEAR}\b(?:to|into) (?:an)?other registr"
        r"|removal of credits from the registry",
        "Taken out of this registry to be held in another one; the tonne lives on there.",
        f"{_EXPORTS}: “Removal of credits from the registry” (ACR), export notes (Climate Action Reserve)",
    ),
    _rule(
        Use.HOST_TARGET, "reason purpose", r"\bhost country NDC\b|\b(?:towards?|for|to meet)\b[^.;]{0,40}\bown NDC\b",
        "Retired towards the host country's own target; it cannot count elsewhere as well.",
        f"{_EXPORTS}: “Contribution Towards Corporate Climate Pledge AND Host Country NDC” (ART)",
    ),
    _rule(
        Use.OTHER_SCHEME, "reason purpose", r"\bCORSIA\b|aero?plane operator",
        "Used for the aviation scheme CORSIA.", f"{_EXPORTS}: “CORSIA Compliance” (ART)", "corsia",
    ),
    _rule(
        Use.OTHER_SCHEME, "reason purpose", r"colombian carbon tax|impuesto (?:nacional )?al carbono",
        "Used for the carbon tax of Colombia.", f"{_EXPORTS}: “Colombian Carbon Tax” (EcoRegistry)", "co-carbon-tax",
    ),
    _rule(
        Use.OTHER_SCHEME, "reason purpose", r"impuestos? verdes?|ley (?:n[°º.o]*\s*)?20\.?780",
        "Used for the green taxes of Chile.", "Law 20.780 of Chile, article 8; Decree 4/2023", "cl-green-tax",
    ),
    _rule(
        Use.OTHER_SCHEME, "reason purpose", r"south african? carbon tax|\bCOAS\b",
        "Used for the carbon tax of South Africa.", "South Africa's carbon offset administration system",
        "za-carbon-tax",
    ),
    _rule(
        Use.OTHER_SCHEME, "reason purpose", r"singapore(?:'s|an)? carbon tax|international carbon credits? framework",
        "Used for the carbon tax of Singapore.", "Carbon Pricing Act 2018 of Singapore, section 33B", "sg-carbon-tax",
    ),
    _rule(
        Use.OTHER_SCHEME, "reason purpose", r"\bK-?ETS\b|korean? emissions? trading",
        "Used for the emissions trading system of Korea.", "Korean emissions trading system", "kr-ets",
    ),
    _rule(
        Use.OTHER_SCHEME, "reason purpose", r"cap[- ]and[- ](?:trade|invest)",
        "Used for a cap-and-trade programme.", "California, 17 CCR 95854; Washington, Climate Commitment Act",
        "us-state-cap-and-trade",
    ),
    _rule(
        Use.NO_OWNER, "beneficiary",
        r"\bno[- ]?(?:owner|beneficiary)\b|\bglobal emissions? reductions?\b"
        r"|\A(?:none|nobody|no one|n/?a|not applicable|unknown|various|to be confirmed|tbc|[-.]+)\Z"
        r"|\A(?:for )?(?:the |our )?(?:planet|atmosphere|climate|environment|general public|public)\Z",
        "The record names nobody for whom the unit was retired.",
        f"{_EXPORTS}: “No owner - contributing towards global emissions reductions” (Verra)",
    ),
    _rule(
        Use.VOLUNTARY, "reason",
        r"environmental benefit|voluntary|corporate emissions inventory|climate pledge|marketing|carbon neutral",
        "Retired for a voluntary claim, not for an obligation.",
        f"{_EXPORTS}: “Environmental Benefit”, “Voluntary”, “Corporate Emissions Inventory Accounting”",
    ),
    _rule(
        Use.VOLUNTARY, "purpose", r"\bvoluntar(?:y|ily)\b|carbon[- ]neutral|net[- ]zero (?:claim|pledge|target)",
        "The text speaks of a voluntary claim, not of an obligation.", "Unit check C-PURP",
    ),
    _rule(
        Use.SURRENDER, "reason purpose", r"\bCBAM\b|carbon border adjust|border carbon adjust",
        "Retired for a border adjustment.", "Unit check C-PURP",
    ),
    _rule(
        Use.SURRENDER, "reason",
        r"\A(?:on behalf of third party|retirement for person or organi[sz]ation)\Z",
        "Retired for a person or organisation other than the holder of the account.",
        f"{_EXPORTS}: “On Behalf of Third Party”, “Retirement for Person or Organization”",
    ),
    _rule(
        Use.SURRENDER, "reason", r"\Acompliance\Z", "Retired for an obligation, which the reason does not name.",
        f"{_EXPORTS}: use case “Compliance” (Gold Standard)",
    ),
)  # fmt: skip
"""Gravest first: the first that fits is the use; the others are told beside it."""

_WITHHELD = "[withheld]"
_LONGEST_TEXT = 4000
"""Characters of a free text that are read; real ones have a few hundred."""


def use_of(reason: str, purpose: str, beneficiary: str) -> UseReading:
    """The use that a retirement's reason, free text and beneficiary tell.

    Texts that are empty or withheld tell nothing. ``Use.UNKNOWN`` where no rule fits: it is never taken for a
    surrender.
    """
    fields = {"reason": _told(reason), "purpose": _told(purpose), "beneficiary": _told(beneficiary)}
    matches = tuple(_matches(fields))
    if not matches:
        is_silent = not any(fields.values())
        why = "The record does not say what the units were retired for." if is_silent else "No known wording."
        return UseReading(Use.UNKNOWN, why, "")
    first = matches[0]
    return UseReading(first.use, first.why, first.matched_text, first.scheme, matches)


def _matches(fields: dict[str, str]) -> Iterator[UseMatch]:
    """Every rule that fits, once, in the first field in which it does."""
    for rule in RULES:
        for field in rule.fields:
            found = rule.pattern.search(fields[field])
            if found:
                yield UseMatch(rule.use, rule.why, found[0], field, rule.scheme, rule.source)
                break


def _told(text: str) -> str:
    text = " ".join(text.split())
    return "" if text.casefold() == _WITHHELD else text[:_LONGEST_TEXT]
