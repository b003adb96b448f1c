"""A unit claim as checks see it: blocks, their retirement, authorisation and proof, the scheme's rules.

Filled by the room of claims; nothing here is looked up. Every default means "not known", and what is not
known is never a pass. Countries are ISO 3166 alpha-2, whatever the serial prints. ``start`` and ``end``
are both inclusive; quantities are whole tonnes of CO2e. Windows of law (vintage, cancellation, use) are
inclusive at both ends, as their texts print them; ``valid_from`` and ``valid_to`` of a row are a half-open
span.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar

from verification.checks.model.findings import About


@dataclass(frozen=True)
class SerialProblemPart:
    """What the grammar of a registry says against a serial; ``code`` and ``severity`` as in the catalogue."""

    code: str = ""
    severity: str = ""
    found: str = ""
    expected: str = ""
    suggestion: str = ""


@dataclass(frozen=True)
class OverlapPart:
    """Numbers of another claim, or of an issuance. No name, no claim number: neither may reach a message."""

    start: int | None = None
    end: int | None = None


@dataclass(frozen=True)
class AuthorisationPart:
    """A host country's letter. ``used_elsewhere`` are tonnes of other claims in the portal that rest on it.

    ``purposes`` are of NDC, OIMP, IMP and OP. Parties are countries. Without ``quantity`` the letter sets
    none; without parties and entities it names nobody. ``status``: valid, amended or revoked.
    """

    host_country: str = ""
    reference: str = ""
    issued_on: date | None = None
    purposes: frozenset[str] = frozenset()
    authorised_parties: tuple[str, ...] = ()
    authorised_entities: tuple[str, ...] = ()
    project_ref: str = ""
    quantity: int | None = None
    used_elsewhere: int | None = None
    vintage_from: date | None = None
    vintage_to: date | None = None
    use_from: date | None = None
    use_to: date | None = None
    status: str = ""
    has_document: bool | None = None

    @property
    def label(self) -> str:
        return f"{self.host_country} {self.reference}".strip()


@dataclass(frozen=True)
class EvidencePart:
    """A file attached to a block; what was read from it is about this block alone."""

    purpose: str = ""
    name: str = ""
    is_readable: bool | None = None
    is_known_elsewhere: bool | None = None
    extracted_serial: str = ""
    extracted_quantity: int | None = None


@dataclass(frozen=True)
class LookupPart:
    """What the registry says of the block; ``found`` is ``None`` where it was not asked.

    ``mode``: off, import_file or live.
    """

    mode: str = ""
    found: bool | None = None
    status: str = ""
    quantity: int | None = None
    beneficiary: str = ""
    event_on: date | None = None
    fetched_on: date | None = None


@dataclass(frozen=True)
class BlockPart:
    """One serial block. ``serial_*`` is printed in the serial; the same names without it stand in the form.

    ``is_serial_vintage_a_year`` says that the grammar prints a year, not days. ``use`` is what the texts of
    the retirement say that it was for (surrender, conversion, export, other_scheme, levy, buffer, mitigation,
    adaptation, reversal, no_owner, unknown), ``use_why`` the words that say so. ``issued`` are the ranges
    known to be issued in the family, ``None`` where no list is loaded.
    """

    path: str = ""
    position: int = 0
    raw_serial: str = ""
    normalised_serial: str = ""
    serial_problems: tuple[SerialProblemPart, ...] = ()
    programme: str = ""
    serial_family: str = ""
    unit_type: str = ""
    family_key: str = ""
    start: int | None = None
    end: int | None = None
    quantity: int | None = None
    stated_quantity: int | None = None
    serial_project: str = ""
    serial_country: str = ""
    serial_vintage_from: date | None = None
    serial_vintage_to: date | None = None
    is_serial_vintage_a_year: bool | None = None
    project: str = ""
    country: str = ""
    vintage_from: date | None = None
    vintage_to: date | None = None
    methodology: str = ""
    first_crediting_start: date | None = None
    sector_scope: str = ""
    capacity_mw: Decimal | None = None
    event: str = ""
    event_reason_code: str = ""
    event_on: date | None = None
    event_at: datetime | None = None
    use: str = ""
    use_why: str = ""
    beneficiary_text: str = ""
    purpose_text: str = ""
    labels: tuple[str, ...] = ()
    issued_on: date | None = None
    authorisation: AuthorisationPart | None = None
    ca_state: str = ""
    evidence: tuple[EvidencePart, ...] = ()
    lookup: LookupPart | None = None
    active_overlaps: tuple[OverlapPart, ...] = ()
    draft_overlaps: tuple[OverlapPart, ...] = ()
    price_overlaps: tuple[OverlapPart, ...] = ()
    issued: tuple[OverlapPart, ...] | None = None

    @property
    def label(self) -> str:
        return f"Block {self.position}: {self.normalised_serial or self.raw_serial or 'no serial'}"[:90]

    @property
    def host_country(self) -> str:
        """The serial's country decides about the authorisation; the project's may be another."""
        return self.serial_country or self.country

    @property
    def vintage(self) -> tuple[date, date] | None:
        """First and last day of the vintage that the serial prints, else of the form."""
        for first, last in ((self.serial_vintage_from, self.serial_vintage_to), (self.vintage_from, self.vintage_to)):
            if first is not None and last is not None:
                return first, last
        return None

    @property
    def numbers(self) -> tuple[int, int] | None:
        """First and last number, where the block has both in the right order."""
        if self.start is None or self.end is None or self.start > self.end:
            return None
        return self.start, self.end

    @property
    def tonnes(self) -> int:
        """The quantity of the numbers, else the one stated; 0 where neither is known."""
        if self.numbers:
            return self.numbers[1] - self.numbers[0] + 1
        return self.quantity or self.stated_quantity or 0


@dataclass(frozen=True)
class EligibilityPart:
    """A row of the scheme's list of units; an empty field sets no condition.

    ``methodology_include`` and ``methodology_exclude`` are patterns with ``*``. ``capacity_mw_max`` is for
    grid-connected renewables. ``label_required`` is a part of the registry's label, ``exclusion_label`` of one that
    speaks against an exclusion; with ``refer_reason`` an official looks at units of the row in any case.
    """

    programme: str = ""
    unit_type: str = ""
    methodology_include: tuple[str, ...] = ()
    methodology_exclude: tuple[str, ...] = ()
    host_include: tuple[str, ...] = ()
    host_exclude: tuple[str, ...] = ()
    sector_scope_exclude: tuple[str, ...] = ()
    capacity_mw_max: Decimal | None = None
    vintage_from: date | None = None
    vintage_to: date | None = None
    first_crediting_start_min: date | None = None
    cancelled_from: date | None = None
    cancelled_to: date | None = None
    authorisation_purposes_required: frozenset[str] = frozenset()
    label_required: str = ""
    exclusion_label: str = ""
    refer_reason: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    reference: str = ""


@dataclass(frozen=True)
class HostAgreementPart:
    """An agreement with a host country, in force for the half-open span."""

    host_country: str = ""
    in_force_from: date | None = None
    in_force_to: date | None = None
    reference: str = ""


@dataclass(frozen=True)
class ProgrammePart:
    code: str = ""
    name: str = ""


@dataclass(frozen=True)
class UnitTypePart:
    """``metric`` is GHG, or the name of another metric; ``None`` where the list of types does not say."""

    code: str = ""
    metric: str = ""
    requires_corresponding_adjustment: bool | None = None


@dataclass(frozen=True)
class LimitClassPart:
    """Tonnes of one class of units: offered, accepted by the arithmetic of the limit, and over."""

    name: str = ""
    claimed: int = 0
    accepted: int = 0
    excess: int = 0
    limit: int | None = None


@dataclass(frozen=True)
class LimitPart:
    """The limit of the period: ``percent`` of ``base_tco2e`` (named by ``base``) and what was carried over.

    ``limit`` is ``None`` where the scheme sets none; ``remaining`` is what is left of it after other claims;
    ``adjustable_tco2e`` what may be adjusted.
    """

    base: str = ""
    base_tco2e: Decimal | None = None
    percent: Decimal | None = None
    carry: int | None = None
    limit: int | None = None
    remaining: int | None = None
    adjustable_tco2e: Decimal | None = None
    classes: tuple[LimitClassPart, ...] = ()
    reference: str = ""


@dataclass(frozen=True)
class ClaimantPart:
    """Who claims; identifiers are compared without spaces and signs."""

    legal_name: str = ""
    aliases: tuple[str, ...] = ()
    tax_ids: tuple[str, ...] = ()
    lei: str = ""
    country: str = ""


@dataclass(frozen=True)
class UnitSubject:
    """Everything that the checks of a unit claim may look at.

    ``channel``: none, inside_carbon_price or surrender_with_limit. ``scheme_names`` are the words by which
    a purpose may name the scheme, or the foreign carbon price inside of which the units were used.
    ``period_end`` is the day after the last. ``is_precheck``: nothing is retired yet.
    """

    about: ClassVar[About] = About.UNITS

    today: date
    scheme: str = ""
    scheme_names: tuple[str, ...] = ()
    channel: str = ""
    period_start: date | None = None
    period_end: date | None = None
    filed_on: date | None = None
    filing_deadline: date | None = None
    claimant: ClaimantPart = field(default_factory=ClaimantPart)
    importing_countries: frozenset[str] = frozenset()
    excluded_hosts: frozenset[str] = frozenset()
    blocks: tuple[BlockPart, ...] = ()
    eligibility: tuple[EligibilityPart, ...] = ()
    agreements: tuple[HostAgreementPart, ...] = ()
    programmes: tuple[ProgrammePart, ...] = ()
    unit_types: Mapping[str, UnitTypePart] = field(default_factory=dict)
    needs_host_agreement: bool | None = None
    requires_corresponding_adjustment: bool | None = None
    limit: LimitPart | None = None
    is_precheck: bool = False

    @property
    def retired(self) -> tuple[BlockPart, ...]:
        """Blocks whose retirement can be judged: none before the retirement."""
        return () if self.is_precheck else self.blocks

    def day_of_use(self, block: BlockPart) -> date:
        """The day of the cancellation, which decides the rules; today for one that is still to come."""
        return block.event_on or self.today
