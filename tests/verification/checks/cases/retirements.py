"""UNI: authorisation, the retirement, the limit, the proof."""

from datetime import date
from decimal import Decimal

from tests.verification.checks.builders import Case
from tests.verification.checks.unit_builders import (
    CLEAN_UNITS,
    authorisation,
    block,
    limits,
    lookup,
    of,
    proof,
    row,
    second,
    unit_claim,
)
from verification.checks.model import LimitClassPart, UnitTypePart

LEVY_REASON = "2% retirement as required under Project 4150 LoA for Article 6"
NOBODY = "No owner - contributing towards global emissions reductions"
FREE_ROW = row(authorisation_purposes_required=frozenset())


def letter(**values):
    return of(authorisation=authorisation(**values))


def two_uses(quantity, **values):
    """Two blocks, 3,644 t and 181 t, under one letter."""
    shared = authorisation(quantity=quantity, **values)
    return unit_claim(block(authorisation=shared), second(authorisation=shared))


def ungoverned(**values):
    """A unit for which neither type, list nor scheme wants an authorisation."""
    return unit_claim(block(**values), FREE_ROW, requires_corresponding_adjustment=False)


def by_type(**values):
    """The type of unit alone wants the adjustment."""
    types = {"VCU": UnitTypePart("VCU", "GHG", True)}
    return unit_claim(block(**values), FREE_ROW, requires_corresponding_adjustment=None, unit_types=types)


def adjusted(state, today, event_on=date(2026, 6, 10)):
    return unit_claim(block(ca_state=state, event_on=event_on), today=today)


def benefits(text, **values):
    return of(beneficiary_text=text, **values)


def meant_for(purpose, **values):
    return unit_claim(block(purpose_text=purpose, **values))


def retired_on(day, **values):
    return unit_claim(block(event_on=day, issued_on=date(2025, 5, 5)), **values)


def proven(**values):
    return of(evidence=(proof(**values),))


def looked_up(**values):
    return of(lookup=lookup(**values))


CASES = {
    "A-LOA": Case(
        CLEAN_UNITS,
        of(authorisation=None),
        at=letter(quantity=3644),
        beyond=letter(quantity=3643),
        more=(
            (letter(quantity=None), letter(quantity=3643 + 100, used_elsewhere=100)),
            (letter(quantity=3744, used_elsewhere=100), two_uses(3824)),
            (two_uses(3825), two_uses(3825, used_elsewhere=1)),
            (letter(used_elsewhere=None), letter(has_document=None)),
            (letter(host_country="rw"), letter(host_country="UG")),
            (letter(project_ref="VCS4150"), letter(project_ref="4151")),
            (of(serial_project=""), letter(project_ref="")),
            (of(project="9999"), of(serial_project="", project="", authorisation=authorisation(project_ref=""))),
            (CLEAN_UNITS, of(authorisation=authorisation(has_document=False, host_country="", reference=""))),
            (CLEAN_UNITS, of(serial_country="", country="")),
            (letter(vintage_to=None), letter(vintage_to=date(2024, 12, 30))),
            (letter(vintage_from=None), letter(vintage_from=date(2024, 10, 2))),
            (letter(use_from=date(2026, 6, 10)), letter(use_from=date(2026, 6, 11))),
            (letter(use_to=date(2026, 6, 10)), letter(use_to=date(2026, 6, 9))),
            (letter(purposes=frozenset({"NDC"})), letter(purposes=frozenset())),
            (letter(authorised_parties=("SG", "CH")), letter(authorised_parties=("CH",))),
            (letter(authorised_parties=("TR",)), letter(authorised_entities=("Other Ltd", "Third Ltd"))),
            (
                letter(authorised_entities=("Demir Celik Sanayi AS",), authorised_parties=("CH",)),
                letter(authorised_entities=("",), authorised_parties=("",)),
            ),
            (ungoverned(authorisation=None), by_type(authorisation=None)),
            (
                unit_claim(block(authorisation=None), row(), FREE_ROW, requires_corresponding_adjustment=None),
                unit_claim(block(authorisation=None), requires_corresponding_adjustment=None),
            ),
            (
                ungoverned(authorisation=authorisation(quantity=1)),
                of(
                    serial_vintage_from=None,
                    vintage_from=None,
                ),
            ),
        ),
    ),
    "A-PURP": Case(
        CLEAN_UNITS,
        letter(purposes=frozenset({"NDC"})),
        at=letter(purposes=frozenset({"NDC and IMP"})),
        beyond=letter(purposes=frozenset({"NDC and NDC"})),
        more=(
            (letter(purposes=frozenset({"OP"})), letter(status="revoked")),
            (letter(status="amended"), letter(status="")),
            (
                unit_claim(
                    row(authorisation_purposes_required=frozenset({"NDC"})),
                    block(authorisation=authorisation(purposes=frozenset({"NDC"}))),
                ),
                unit_claim(
                    row(authorisation_purposes_required=frozenset({"IMP"})),
                    block(authorisation=authorisation(purposes=frozenset({"OP"}))),
                ),
            ),
            (
                unit_claim(row(authorisation_purposes_required=frozenset({"IMP"}))),
                by_type(authorisation=authorisation(purposes=frozenset({"NDC"}))),
            ),
            (
                ungoverned(authorisation=authorisation(status="revoked")),
                of(programme="GS", authorisation=authorisation(purposes=frozenset({"NDC"}))),
            ),
            (letter(purposes=frozenset()), letter(status="withdrawn")),
        ),
    ),
    "A-CA": Case(
        CLEAN_UNITS,
        of(ca_state="unknown"),
        at=adjusted("reported", date(2027, 4, 16)),
        beyond=adjusted("authorised", date(2027, 4, 15)),
        more=(
            (of(ca_state="reported"), adjusted("authorised", date(2027, 4, 16))),
            (ungoverned(ca_state=""), by_type(ca_state="")),
            (ungoverned(ca_state="not_required"), of(ca_state="not_required")),
            (CLEAN_UNITS, adjusted("first_transferred", date(2027, 3, 1), event_on=None)),
            (CLEAN_UNITS, adjusted("first_transferred", date(2028, 1, 1))),
        ),
    ),
    "C-STATUS": Case(
        CLEAN_UNITS,
        of(use="conversion", use_why="Convert to ARB offset credits"),
        at=of(event="cancellation"),
        beyond=of(event="transfer"),
        more=(
            (of(use="unknown"), of(use="export", event_reason_code="WA ECO")),
            (of(use="other_scheme"), of(event="")),
            (unit_claim(block(event=""), is_precheck=True), of(use="conversion")),
        ),
    ),
    "C-LEVY": Case(
        CLEAN_UNITS,
        of(use="levy", use_why=LEVY_REASON, beneficiary_text=NOBODY),
        at=of(use="surrender", event_reason_code="Other"),
        beyond=of(use="buffer", event_reason_code="Buffer"),
        more=(
            (of(use="conversion"), of(use="mitigation")),
            (of(use="no_owner"), of(use="adaptation")),
            (unit_claim(block(use="levy"), is_precheck=True), of(use="reversal")),
        ),
    ),
    "C-BENEF": Case(
        CLEAN_UNITS,
        benefits(NOBODY, use="levy", use_why=LEVY_REASON),
        at=benefits("  DEMİR ÇELİK  SANAYİ A.Ş. "),
        beyond=benefits("Demir Celik Sanayi AS"),
        more=(
            (benefits("Steel works, TR1234567890"), benefits("Steel works, TR123456789")),
            (benefits("LEI 5493001KJTIIGC8Y1R12"), benefits("5493001KJTIIGC8Y1R1")),
            (CLEAN_UNITS, benefits("Demir Çelik Sanayi")),
            (CLEAN_UNITS, benefits("Demir Celik Sanayi Ltd")),
            (CLEAN_UNITS, benefits("Demir Steel")),
            (CLEAN_UNITS, benefits("Demir Steel Ltd.")),
            (CLEAN_UNITS, benefits("Retired for Demir Çelik Sanayi A.Ş., Karabük")),
            (CLEAN_UNITS, benefits(" ")),
            (CLEAN_UNITS, benefits("The General Public")),
            (CLEAN_UNITS, benefits("Çelik Dünyası A.Ş.")),
            (CLEAN_UNITS, benefits("Demirsteel")),
            (of(use="no_owner"), benefits("Demir Steel", use="no_owner")),
            (unit_claim(block(beneficiary_text=""), is_precheck=True), benefits("Anonymous buyer")),
        ),
    ),
    "C-PURP": Case(
        CLEAN_UNITS,
        meant_for("Airline CO., LTD, CORSIA, PHASE 1, 2026"),
        at=meant_for("MODEL BORDER-CHARGE 2026"),
        beyond=meant_for("Border charge 2026"),
        more=(
            (meant_for("Model border charge 2026, 20261 units"), meant_for("Model border charge")),
            (meant_for("2026-06 Model border charge"), meant_for("Model border charge 2026 and 2025")),
            (meant_for("Model border charge for 2026, certificate 12026"), meant_for("Model border charge 2025")),
            (CLEAN_UNITS, meant_for("Model border charge 2026, carbon neutral steel")),
            (CLEAN_UNITS, meant_for("")),
            (CLEAN_UNITS, of(use="other_scheme", use_why="Colombian tax")),
            (CLEAN_UNITS, of(event_reason_code="Colombian Carbon Tax")),
            (
                unit_claim(block(purpose_text="Border Act 2018, 2026"), scheme_names=("CBAM", "Border Act 2018")),
                unit_claim(block(purpose_text="Border Act 2018"), scheme_names=("Border Act 2018",)),
            ),
            (
                unit_claim(block(purpose_text="EU CBAM 2026"), scheme="eu-cbam", scheme_names=("EU CBAM",)),
                unit_claim(block(purpose_text="EU CBAM 2026"), scheme_names=("UK CBAM",)),
            ),
            (
                unit_claim(block(purpose_text="K-ETS 2026"), scheme_names=("K-ETS",), channel="inside_carbon_price"),
                unit_claim(block(purpose_text="K-ETS 2026"), scheme_names=("Model border charge", "EU ETS")),
            ),
            (
                unit_claim(block(purpose_text="Model border charge 2020"), period_start=None),
                unit_claim(period_end=date(2026, 1, 1), period_start=date(2025, 1, 1)),
            ),
            (
                unit_claim(block(purpose_text="Model border charge 2027"), period_end=date(2027, 1, 2)),
                meant_for("Model border charge 2027"),
            ),
            (unit_claim(block(purpose_text=""), is_precheck=True), unit_claim(scheme_names=())),
        ),
    ),
    "C-DATE": Case(
        CLEAN_UNITS,
        retired_on(date(2027, 6, 1)),
        at=retired_on(date(2027, 3, 1), filed_on=None),
        beyond=retired_on(date(2027, 3, 2), filed_on=None),
        more=(
            (retired_on(date(2025, 10, 1)), retired_on(date(2025, 9, 30))),
            (retired_on(date(2025, 5, 5), period_start=None), retired_on(date(2025, 5, 4), period_start=None)),
            (
                retired_on(date(2027, 2, 1), filing_deadline=date(2027, 2, 1), filed_on=None),
                retired_on(date(2027, 2, 2), filing_deadline=date(2027, 2, 1), filed_on=None),
            ),
            (retired_on(date(2027, 2, 28)), retired_on(date(2027, 3, 1))),
            (of(issued_on=None), of(event_on=None)),
            (
                unit_claim(block(event_on=None), is_precheck=True),
                retired_on(date(2027, 2, 28), filing_deadline=date(2027, 2, 27)),
            ),
            (
                retired_on(date(2027, 3, 1), filed_on=None, filing_deadline=None),
                retired_on(date(2027, 3, 1), filing_deadline=None),
            ),
        ),
    ),
    "L-LIMIT": Case(
        CLEAN_UNITS,
        unit_claim(limits(1500, 1158, 342, base_tco2e=Decimal("23166.664767"), limit=1158, remaining=1158)),
        at=unit_claim(limits(limit=3644, remaining=None)),
        beyond=unit_claim(limits(3644, 3643, 1)),
        more=(
            (unit_claim(limits(remaining=3644)), unit_claim(limits(remaining=3643))),
            (unit_claim(limits(remaining=None)), unit_claim(limits(limit=3643, remaining=None))),
            (
                unit_claim(limits(adjustable_tco2e=Decimal(3644))),
                unit_claim(limits(adjustable_tco2e=Decimal("3643.9"))),
            ),
            (unit_claim(limits(adjustable_tco2e=None, limit=None, remaining=None)), unit_claim(limit=None)),
            (unit_claim(limits(0, 0, 0)), unit_claim(limits(3644, 3643, 0))),
            (unit_claim(limits(classes=(), remaining=3644)), unit_claim(limits(classes=(), remaining=3643))),
            (CLEAN_UNITS, unit_claim(block(), second(), limits(classes=(), remaining=3824))),
            (
                unit_claim(limits(classes=())),
                unit_claim(
                    limits(
                        percent=Decimal(4),
                        base_tco2e=Decimal(50000),
                        limit=2000,
                        remaining=2000,
                        classes=(
                            LimitClassPart("X", 1600, 1000, 600, 1000),
                            LimitClassPart("Y", 700, 700, 0),
                        ),
                    )
                ),
            ),
            (
                unit_claim(
                    limits(
                        classes=(LimitClassPart("X", 1500, 1500, 0), LimitClassPart("Y", 500, 500, 0)), remaining=2000
                    )
                ),
                unit_claim(
                    limits(
                        classes=(LimitClassPart("X", 1500, 1500, 0), LimitClassPart("Y", 501, 501, 0)), remaining=2000
                    )
                ),
            ),
        ),
    ),
    "V-EVID": Case(
        CLEAN_UNITS,
        of(evidence=()),
        at=proven(extracted_serial=""),
        beyond=proven(extracted_serial="", extracted_quantity=None),
        more=(
            (proven(extracted_quantity=None), proven(extracted_quantity=3645)),
            (
                proven(extracted_serial="19309 - 936487628-936491271-vcs-VCU-1491-VER-RW-3-4150-01102024-31122024-1"),
                proven(extracted_serial="GS1-1-UG-GS11236-16-2024-30307-1-19149"),
            ),
            (proven(is_readable=None), proven(is_readable=False)),
            (proven(is_known_elsewhere=False), proven(is_known_elsewhere=True)),
            (of(evidence=(proof(is_readable=False), proof())), proven(purpose="other")),
            (unit_claim(block(evidence=()), is_precheck=True), proven(extracted_quantity=0)),
        ),
    ),
    "V-LOOK": Case(
        CLEAN_UNITS,
        looked_up(status="Issued"),
        at=looked_up(fetched_on=date(2027, 1, 30)),
        beyond=looked_up(fetched_on=date(2027, 1, 29)),
        more=(
            (looked_up(quantity=3644), looked_up(quantity=3643)),
            (looked_up(quantity=None), looked_up(status="")),
            (looked_up(quantity=9000), of(lookup=None)),
            (looked_up(event_on=date(2026, 6, 11)), looked_up(event_on=date(2026, 6, 12))),
            (looked_up(event_on=date(2026, 6, 9)), looked_up(event_on=date(2026, 6, 8))),
            (looked_up(event_on=None), looked_up(found=None)),
            (looked_up(beneficiary="DEMIR CELIK SANAYI A.S."), looked_up(beneficiary="Somebody else")),
            (looked_up(beneficiary=""), looked_up(mode="off")),
            (looked_up(status="CANCELLED"), looked_up(found=False)),
            (unit_claim(block(lookup=None), is_precheck=True), looked_up(fetched_on=None)),
        ),
    ),
}
