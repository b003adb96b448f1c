"""PRI: claims of a carbon price that was paid abroad."""

from datetime import date

from tests.verification.checks.builders import Case
from tests.verification.checks.price_builders import (
    CLEAN_PRICE,
    certifier,
    chrome,
    instrument,
    payment,
    price_claim,
    rebate,
    series,
    slab,
    switches,
    unit,
)
from verification.checks.model import OverlapPart


def paid(**values):
    return price_claim(payment(**values))


def refunded(**values):
    return price_claim(rebate(**values))


def under(**values):
    return price_claim(instrument(**values))


def certified(**values):
    return price_claim(certifier(**values))


def by_default(*parts, **values):
    return price_claim(*parts, payments=(), uses_default_price=True, **values)


def through(*parts, **values):
    return price_claim(chrome(**values), *parts)


UNCERTIFIED = switches(needs_certification=False)
CASES = {
    "PRI-008": Case(
        CLEAN_PRICE,
        under(kind="voluntary_scheme"),
        at=under(kind="levy"),
        beyond=under(is_binding=None),
        more=(
            (price_claim(switches(accepted_kinds=frozenset())), under(is_binding=False)),
            (price_claim(instrument(kind="other"), switches(accepted_kinds=frozenset({"other"}))), under(kind="")),
        ),
    ),
    "PRI-009": Case(CLEAN_PRICE, under(law=""), at=under(law="Act 1"), beyond=under(name=" ", law=" ")),
    "PRI-010": Case(
        CLEAN_PRICE,
        under(country="CN"),
        at=under(country=""),
        beyond=price_claim(country="CN"),
        more=((price_claim(country=""), under(country="ID")),),
    ),
    "PRI-011": Case(
        CLEAN_PRICE,
        price_claim(payments=()),
        at=price_claim(payments=(), uses_default_price=True),
        beyond=price_claim(payments=(), uses_default_price=None),
        more=((price_claim(chrome(), payments=()), price_claim(rebate(), payments=())),),
    ),
    "PRI-012": Case(
        CLEAN_PRICE,
        paid(covers_from=date(2025, 1, 1), covers_to=date(2025, 12, 31)),
        at=paid(covers_from=date(2026, 12, 31)),
        beyond=paid(covers_to=date(2027, 1, 1)),
        more=(
            (paid(covers_to=date(2026, 1, 1)), paid(covers_from=date(2025, 12, 31))),
            (CLEAN_PRICE, paid(covers_from=date(2026, 5, 2), covers_to=date(2026, 5, 1))),
            (CLEAN_PRICE, paid(covers_from=None)),
            (CLEAN_PRICE, paid(covers_to=None)),
        ),
    ),
    "PRI-013": Case(
        CLEAN_PRICE,
        paid(paid_on=None),
        at=paid(paid_on=date(2027, 3, 1)),
        beyond=paid(paid_on=date(2027, 3, 2)),
    ),
    "PRI-014": Case(CLEAN_PRICE, paid(has_receipt=False), at=paid(has_receipt=True), beyond=paid(has_receipt=None)),
    "PRI-015": Case(CLEAN_PRICE, paid(is_receipt_known_elsewhere=True), at=paid(is_receipt_known_elsewhere=False)),
    "PRI-016": Case(
        CLEAN_PRICE,
        paid(emissions_covered_tco2e=None),
        at=paid(emissions_covered_tco2e="0.001"),
        beyond=paid(emissions_covered_tco2e="0"),
    ),
    "PRI-017": Case(
        CLEAN_PRICE,
        price_claim(verified_emissions_tco2e="900"),
        at=price_claim(free_allocation_tco2e="0"),
        beyond=price_claim(free_allocation_tco2e="0.001"),
        more=(
            (price_claim(verified_emissions_tco2e=None), price_claim(verified_emissions_tco2e="999.999")),
            (
                price_claim(payment(emissions_covered_tco2e="600"), free_allocation_tco2e="400"),
                price_claim(payment(), payment(path="payments.1", emissions_covered_tco2e="1")),
            ),
        ),
    ),
    "PRI-018": Case(
        CLEAN_PRICE,
        under(kind="national_ets"),
        at=price_claim(instrument(kind="national_ets"), free_allocation_tco2e="0"),
        beyond=price_claim(instrument(kind="regional_ets"), free_allocation_tco2e="-1"),
        more=((under(kind="fee"), under(kind="combination")),),
    ),
    "PRI-019": Case(
        CLEAN_PRICE,
        paid(amount="-5"),
        at=paid(amount="0.01"),
        beyond=paid(amount="0"),
        more=((refunded(), refunded(amount="0")), (CLEAN_PRICE, paid(currency="")), (CLEAN_PRICE, paid(amount=None))),
    ),
    "PRI-020": Case(
        CLEAN_PRICE,
        paid(rate=None),
        at=paid(currency="EUR", rate=None),
        beyond=paid(rate="0"),
        more=(
            (paid(rate="0.0001"), paid(rate_source="")),
            (refunded(), refunded(rate=None)),
            (paid(currency="", rate=None), price_claim(payment(rate=None), settlement_currency="")),
        ),
    ),
    "PRI-021": Case(
        CLEAN_PRICE,
        paid(is_rate_yearly_average=False),
        at=paid(rate=None, rate_year=None),
        beyond=paid(rate_year=2025),
        more=(
            (paid(currency="EUR", rate_year=2025), paid(rate_year=None)),
            (refunded(), refunded(is_rate_yearly_average=None)),
        ),
    ),
    "PRI-022": Case(
        refunded(),
        refunded(amount="25000"),
        at=refunded(amount="20000"),
        beyond=refunded(amount="20000.01"),
        more=(
            (refunded(amount="18000", currency="EUR"), refunded(amount="18000.01", currency="EUR")),
            (
                refunded(amount="999999", currency="INR", rate=None),
                price_claim(rebate(amount="20000"), rebate(path="rebates.1", amount="1")),
            ),
            (
                price_claim(payment(rate=None), rebate(amount="20000", rate=None)),
                price_claim(payment(rate=None), rebate(amount="20001", rate=None)),
            ),
            (
                price_claim(payment(), payment(path="payments.1"), rebate(amount="40000")),
                price_claim(payment(amount=None), rebate()),
            ),
        ),
    ),
    "PRI-023": Case(refunded(), refunded(has_proof=False), at=CLEAN_PRICE, beyond=refunded(kind="", has_proof=None)),
    "PRI-024": Case(
        CLEAN_PRICE,
        paid(amount="200000"),
        at=paid(amount="30000"),
        beyond=paid(amount="30000.01"),
        more=(
            (paid(amount="10000"), paid(amount="9999.99")),
            (price_claim(series=None), price_claim(series=series(price_per_tco2e="13.3"))),
            (
                price_claim(series=series(currency="EUR", price_per_tco2e="1")),
                price_claim(payment(currency="EUR"), series=series(currency="EUR", price_per_tco2e="1")),
            ),
            (price_claim(series=series(price_per_tco2e="0")), paid(emissions_covered_tco2e="1")),
            (
                price_claim(payment(amount="99999"), payment(path="payments.1", currency="INR", rate=None)),
                price_claim(payment(amount="99999"), payment(path="payments.1")),
            ),
            (
                paid(emissions_covered_tco2e="0"),
                price_claim(
                    payment(),
                    payment(path="payments.1", currency="EUR"),
                    series=series(currency="EUR", price_per_tco2e="40"),
                ),
            ),
        ),
    ),
    "PRI-025": Case(
        CLEAN_PRICE,
        certified(name=""),
        at=price_claim(certifier(name=""), UNCERTIFIED),
        beyond=price_claim(certifier(name=" "), switches(needs_certification=None)),
        more=((by_default(certifier(name="")), price_claim(certifier(name=""), uses_default_price=True)),),
    ),
    "PRI-026": Case(
        CLEAN_PRICE,
        certified(accreditation=""),
        at=certified(name="", accreditation=""),
        beyond=certified(accreditation_problem="suspended on that day"),
        more=((price_claim(certifier(accreditation=""), UNCERTIFIED), certified(accreditation="", name="X")),),
    ),
    "PRI-027": Case(
        CLEAN_PRICE,
        certified(statement_dated_on=None),
        at=certified(statement_dated_on=date(2027, 1, 20)),
        beyond=certified(statement_dated_on=date(2027, 1, 19)),
        more=(
            (certified(statement_dated_on=date(2027, 3, 1)), certified(statement_dated_on=date(2027, 3, 2))),
            (
                price_claim(payment(paid_on=None), certifier(statement_dated_on=date(2027, 1, 1))),
                price_claim(payment(paid_on=None), certifier(statement_dated_on=date(2026, 12, 31))),
            ),
            (
                price_claim(certifier(statement_dated_on=None), UNCERTIFIED),
                price_claim(payment(), payment(path="payments.1", paid_on=date(2027, 2, 2))),
            ),
        ),
    ),
    "PRI-028": Case(
        price_claim(unit()),
        price_claim(unit(quantity=1200), unit(path="units.1", origin="domestic", quantity=500)),
        at=price_claim(unit(quantity=800), unit(path="units.1", origin="domestic", quantity=500)),
        beyond=price_claim(unit(quantity=801)),
        more=(
            (price_claim(unit(quantity=None)), price_claim(unit(quantity=400), unit(path="units.1", quantity=401))),
            (
                price_claim(unit(quantity=9000), switches(international_cap=None)),
                price_claim(unit(quantity=1), switches(international_cap="0")),
            ),
            (
                price_claim(unit(quantity=9000), switches(international_cap_base_tco2e=None)),
                price_claim(unit(quantity=800), switches(international_cap_base_tco2e="7999")),
            ),
        ),
    ),
    "PRI-029": Case(
        price_claim(unit()),
        price_claim(unit(start=1, end=15, claim_overlaps=(OverlapPart(10, 20),))),
        at=price_claim(unit(start=1, end=9, claim_overlaps=(OverlapPart(10, 20), OverlapPart(-5, 0)))),
        beyond=price_claim(unit(start=1, end=10, claim_overlaps=(OverlapPart(10, 20),))),
        more=(
            (CLEAN_PRICE, price_claim(unit(claim_overlaps=(OverlapPart(),)))),
            (price_claim(unit(claim_overlaps=())), price_claim(unit(label="", claim_overlaps=(OverlapPart(5, 9),)))),
            (
                CLEAN_PRICE,
                price_claim(unit(start=20, end=30, claim_overlaps=(OverlapPart(10, 20), OverlapPart(25, 40)))),
            ),
        ),
    ),
    "PRI-030": Case(
        price_claim(unit()),
        price_claim(unit(origin="")),
        at=price_claim(unit(quantity=1, origin="domestic")),
        beyond=price_claim(unit(quantity=0)),
        more=((CLEAN_PRICE, price_claim(unit(quantity=None))), (CLEAN_PRICE, price_claim(unit(origin="foreign")))),
    ),
    "PRI-031": Case(
        CLEAN_PRICE,
        through(
            slab(is_process_priced=False, share_covered="1"),
            slab(path="goods.1", code="73041100", is_process_priced=False, share_covered="1"),
        ),
        at=through(slab(is_process_priced=False, share_covered="0.999")),
        beyond=through(slab(is_process_priced=False, share_covered="1.00")),
        more=(
            (
                through(slab(share_covered="1")),
                through(slab(is_process_priced=False, share_covered="1"), price_per_tco2e="0.01"),
            ),
            (
                through(slab(is_process_priced=False, share_covered="1"), price_per_tco2e="0"),
                price_claim(
                    chrome(price_per_tco2e=None),
                    chrome(path="precursors.1", name="FeNi"),
                    slab(is_process_priced=False, share_covered="1"),
                ),
            ),
            (
                price_claim(slab(is_process_priced=False, share_covered="1")),
                through(slab(), slab(path="goods.1", is_process_priced=False, share_covered="1")),
            ),
        ),
    ),
    "PRI-032": Case(
        CLEAN_PRICE,
        price_claim(slab(share_covered="35")),
        at=price_claim(slab(share_covered="1")),
        beyond=price_claim(slab(share_covered="1.001")),
        more=(
            (price_claim(slab(share_covered="0")), price_claim(slab(share_covered="-0.001"))),
            (price_claim(slab(share_covered=None)), price_claim(slab(), slab(path="goods.1", share_covered="2"))),
        ),
    ),
    "PRI-033": Case(
        CLEAN_PRICE,
        price_claim(slab(origin="CH")),
        at=price_claim(slab(origin="")),
        beyond=price_claim(slab(origin="DE")),
        more=(
            (
                price_claim(switches(exempt_origins=frozenset())),
                price_claim(slab(), slab(path="goods.1", origin="CH", code="")),
            ),
        ),
    ),
    "PRI-034": Case(
        CLEAN_PRICE,
        price_claim(slab(values="default")),
        at=by_default(slab(values="default")),
        beyond=price_claim(slab(values="default"), uses_default_price=None),
        more=(
            (
                price_claim(slab(values="default"), uses_default_price=True),
                price_claim(slab(), slab(path="goods.1", values="default")),
            ),
            (price_claim(slab(values="default"), payments=()), price_claim(slab(values="default"))),
        ),
    ),
    "PRI-035": Case(
        CLEAN_PRICE,
        price_claim(uses_default_price=True),
        at=by_default(),
        more=((price_claim(payments=()), price_claim(payment(), payment(path="payments.1"), uses_default_price=True)),),
    ),
    "PRI-036": Case(
        CLEAN_PRICE,
        by_default(),
        at=by_default(slab(values="default")),
        beyond=by_default(switches(leaves_choice_of_default_price=False)),
        more=(
            (by_default(slab(values="")), by_default(switches(leaves_choice_of_default_price=True))),
            (CLEAN_PRICE, by_default(slab(values="default"), slab(path="goods.1"))),
        ),
    ),
    "PRI-037": Case(
        through(),
        through(is_certified=False),
        at=through(is_certified=False, price_per_tco2e="0"),
        beyond=through(is_certified=None),
        more=(
            (
                through(is_certified=None, price_per_tco2e=None),
                price_claim(chrome(), chrome(path="precursors.1", is_certified=None)),
            ),
        ),
    ),
    "PRI-038": Case(
        through(),
        through(price_per_tco2e="-1"),
        at=through(see_tco2e_per_t="0.001"),
        beyond=through(see_tco2e_per_t="0"),
        more=(
            (through(price_per_tco2e="0", see_tco2e_per_t=None), through(see_tco2e_per_t=None)),
            (through(price_per_tco2e=None, see_tco2e_per_t="0"), through(see_tco2e_per_t="-1")),
        ),
    ),
    "PRI-039": Case(
        through(),
        through(country="DE"),
        at=through(country="DE", price_per_tco2e=None),
        beyond=through(country="CH"),
        more=((through(country=""), price_claim(chrome(), chrome(path="precursors.1", country="DE"))),),
    ),
}
