"""What a retirement was for: wordings of real exports, and wordings that must not be mistaken."""

from __future__ import annotations

import pytest

from verification.units.uses import RULES, Use, use_of

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("reason", "purpose", "beneficiary", "use"),
    [
        ("Convert to ARB offset credits", "", "", Use.CONVERSION),
        ("Convert to Ecology offset credits", "", "", Use.CONVERSION),
        ("ARB", "", "", Use.CONVERSION),
        ("WA ECO", "", "", Use.CONVERSION),
        ("Other", "Converted into Korean credit units", "", Use.CONVERSION),
        ("Removal of credits from the registry", "", "", Use.EXPORT),
        ("Other", "Transferred to another registry", "", Use.EXPORT),
        ("Other", "2 % LoA levy", "", Use.LEVY),
        ("Other", "Cancellation of 2 % required by the Letter of Authorisation", "", Use.LEVY),
        ("Other", "Letter of Authorization requires that 2 % are cancelled", "", Use.LEVY),
        ("Other", "OMGE", "", Use.MITIGATION),
        ("Cancellation for overall mitigation in global emissions", "", "", Use.MITIGATION),
        ("Other", "5 % share of proceeds", "", Use.ADAPTATION),
        ("Other", "Adaptation Fund", "", Use.ADAPTATION),
        ("Buffer pool contribution", "", "", Use.BUFFER),
        ("Reversal", "", "", Use.REVERSAL),
        ("Other", "units invalidated by the board", "", Use.REVERSAL),
        ("CORSIA Compliance", "", "", Use.OTHER_SCHEME),
        ("Other", "SOME AIRLINES CO., LTD, CORSIA PHASE 1", "", Use.OTHER_SCHEME),
        ("Colombian Carbon Tax", "", "TERPEL S.A.", Use.OTHER_SCHEME),
        ("Compliance", "Impuestos verdes, Ley N° 20.780, art. 8", "", Use.OTHER_SCHEME),
        ("Contribution Towards Corporate Climate Pledge AND Host Country NDC", "", "", Use.HOST_TARGET),
        ("Contribution Towards Corporate Climate Pledge", "", "", Use.VOLUNTARY),
        ("Environmental Benefit", "", "", Use.VOLUNTARY),
        ("Voluntary", "", "", Use.VOLUNTARY),
        ("Corporate Emissions Inventory Accounting", "", "", Use.VOLUNTARY),
        ("Other", "", "No owner - contributing towards global emissions reductions", Use.NO_OWNER),
        ("On Behalf of Third Party", "", "n/a", Use.NO_OWNER),
        ("On Behalf of Third Party", "", "the planet", Use.NO_OWNER),
        ("On Behalf of Third Party", "", "", Use.SURRENDER),
        ("Retirement for Person or Organization", "", "Works Ltd", Use.SURRENDER),
        ("Compliance", "", "", Use.SURRENDER),
        ("Other", "EU CBAM 2026, declarant 4711", "Works Ltd", Use.SURRENDER),
        ("Other", "", "Works Ltd", Use.UNKNOWN),
        ("", "", "", Use.UNKNOWN),
        ("[withheld]", "[withheld]", "[withheld]", Use.UNKNOWN),
    ],
)
def test_wording_tells_the_use(reason, purpose, beneficiary, use):
    assert use_of(reason, purpose, beneficiary).use is use


@pytest.mark.parametrize(
    ("reason", "purpose", "beneficiary"),
    [
        ("Compliance", "CBAM, steel exported to the Union in 2026", "Works Ltd"),
        ("Compliance", "CBAM 2026; authorised by LoA 12 of Rwanda for 100 % of the vintage", "Works Ltd"),
        ("Compliance", "CBAM 2026, standard operating procedure sop 7", "Works Ltd"),
        ("Compliance", "CBAM 2026, biogas conversion units", "Works Ltd"),
        ("On Behalf of Third Party", "", "1% for the Planet"),
        ("On Behalf of Third Party", "", "Buffer Tools Ltd"),
        ("On Behalf of Third Party", "", "Climate Export Company"),
        ("On Behalf of Third Party", "", "Nobody's Perfect Ltd"),
    ],
)
def test_ordinary_words_are_not_mistaken(reason, purpose, beneficiary):
    reading = use_of(reason, purpose, beneficiary)
    assert (reading.use, reading.use.may_count, reading.check_codes) == (Use.SURRENDER, True, ())


def test_levy_with_a_beneficiary_that_is_nobody_breaks_two_rules():
    reading = use_of(
        "Other",
        "2% retirement as required under Project 4150 LoA for Article 6",
        "No owner - contributing towards global emissions reductions",
    )
    assert (reading.use, reading.check_codes) == (Use.LEVY, ("C-LEVY", "C-BENEF"))
    assert reading.matched_text == "2% retirement as required under Project 4150 LoA"
    assert [(match.use, match.field) for match in reading.matches] == [
        (Use.LEVY, "purpose"),
        (Use.NO_OWNER, "beneficiary"),
    ]


def test_named_scheme_is_told_so_that_the_own_scheme_can_be_told_from_another():
    assert use_of("CORSIA Compliance", "", "").scheme == "corsia"
    assert use_of("Compliance", "", "").scheme == ""


def test_only_a_surrender_may_count():
    assert [use for use in Use if use.may_count] == [Use.SURRENDER]
    assert {use for use in Use if not use.check_code} == {Use.SURRENDER}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.use} {rule.pattern.pattern[:30]}")
def test_every_rule_says_why_and_whence(rule):
    assert rule.why.endswith(".")
    assert rule.source
    assert set(rule.fields) <= {"reason", "purpose", "beneficiary"}
