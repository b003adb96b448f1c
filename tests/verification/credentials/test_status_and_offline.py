"""Status lists and offline codes: what they say, and what cannot be forged."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import base45
import cbor2
import pytest

from tests.factories.certificates import CREDENTIAL, GOOD, certificate_record
from tests.factories.issuer import MemorySigner
from tests.factories.unit_certificates import block, many_units, price_record, taken, unit_record
from verification.credentials.keys import NotGenuine, UnknownKey
from verification.credentials.offline import PREFIX, content_as_read, is_of_record, offline_code, read_offline_code
from verification.credentials.status import LENGTH, bits_of, decoded, encoded, is_set
from verification.kernel.canonical import sha256_of

pytestmark = pytest.mark.unit
EMPTY_LIST = "uH4sIAAAAAAAAA-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAA"
"""The empty list of 131,072 bits as Bitstring Status List 1.0 prints it."""


@pytest.fixture(scope="module")
def signer() -> MemorySigner:
    return MemorySigner.new()


def test_list_of_the_recommendation_is_read_and_the_first_bit_is_leftmost() -> None:
    assert decoded(EMPTY_LIST) == bits_of([])
    marked = bits_of([0, 94_567, LENGTH - 1])
    assert marked[0] == 0x80
    assert marked[-1] == 0x01
    assert decoded(encoded(marked)) == marked
    assert [index for index in (0, 1, 94_566, 94_567, LENGTH - 1) if is_set(marked, index)] == [0, 94_567, LENGTH - 1]
    for index in (-1, LENGTH):
        with pytest.raises(IndexError):
            bits_of([index])


@pytest.mark.parametrize(
    "text", ["", EMPTY_LIST[1:], f"u{EMPTY_LIST[1:40]}", encoded(bytes(100)), encoded(bytes(LENGTH))]
)
def test_what_is_no_list_is_refused(text: str) -> None:
    with pytest.raises(NotGenuine):
        decoded(text)


def test_offline_code_says_what_is_printed(signer: MemorySigner) -> None:
    said = read_offline_code(offline_code(certificate_record(), signer), [MemorySigner.new(), signer])
    assert said == {
        "number": "EU-CBAM-2027-004182",
        "code": "7Q4MX2KD9HTC",
        "kind": "emissions",
        "holder": "Körfez Çelik Sanayi ve Ticaret A.Ş.",
        "installation": "TR-0418",
        "period": ["2026-01-01", "2026-12-31"],
        "valid": ["2026-01-01", "2026-12-31"],
        "issued_on": "2027-03-18",
        "verifier": "Anadolu Doğrulama A.Ş.",
        "rows": [
            {"cn_code": "72142000", "default": "2.541", "direct": "0.31219", "total": "0.31219"},
            {"cn_code": "72131000", "default": "2.541", "direct": "2.80000", "total": "2.80000"},
        ],
        "rows_in_all": 2,
        "status_list": 1,
        "status_index": CREDENTIAL["status_index"],
        "is_specimen": True,
    }


@pytest.mark.parametrize(
    ("record", "row"),
    [
        (
            unit_record([block(1)], [taken(block(1), 850)]),
            {"first": "1", "last": "850", "quantity_t": "850"},
        ),
        (
            price_record(),
            {"cn_code": "72142000", "see_tco2e_per_t": "1.60000", "per_tco2e": "4.45625", "per_t": "7.13000"},
        ),
        (
            certificate_record(goods=[GOOD | {"cn": "01012100", "see_applicable": "0.4852372464", "default": None}]),
            {"cn_code": "01012100", "default": None, "direct": "0.31219", "total": "0.48524"},
        ),
    ],
    ids=["units", "carbon_price", "indirect"],
)
def test_rows_of_every_kind(record: dict[str, Any], row: dict[str, Any], signer: MemorySigner) -> None:
    assert read_offline_code(offline_code(record, signer), [signer])["rows"] == [row]


def _eighty_goods() -> dict[str, Any]:
    goods = [
        GOOD | {"cn": str(72_140_000 + n), "see_applicable": f"1.{n:05d}", "see_direct": f"0.9{n:04d}"}
        for n in range(80)
    ]
    return certificate_record(goods=goods)


@pytest.mark.parametrize(
    ("make", "rows"),
    [(_eighty_goods, 4), (lambda: many_units(80), 12), (lambda: price_record(80), 4)],
    ids=["emissions", "units", "carbon_price"],
)
def test_whatever_the_number_of_rows_and_the_names_a_code_takes_350_bytes(
    make: Callable[[], dict[str, Any]], rows: int, signer: MemorySigner
) -> None:
    """The rows that are left out are those of the record whose hash the code has."""
    record = make()
    for part, name in (("operator", "河北燕海型钢" * 50), ("holder", "x" * 300), ("verification", "é" * 300)):
        if part in record:
            record[part] = record[part] | {"name": name}
    code = offline_code(record, signer)
    said = read_offline_code(code, [signer])
    assert len(base45.b45decode(code.removeprefix(PREFIX))) <= 350
    assert (len(said["rows"]), said["rows_in_all"]) == (rows, 80)
    assert sha256_of(record).startswith(said["record_hash"])
    assert len(said["record_hash"]) == 32
    assert is_of_record(said, record)
    for changed in ({"rows_in_all": 79}, {"holder": "An"}, {"record_hash": "0" * 32}, {"rows": said["rows"][1:]}):
        assert not is_of_record(said | changed, record)


def test_codes_from_before_the_limit_are_still_those_of_their_records() -> None:
    """They have twelve rows, sixty letters of a name and no hash."""
    record = _eighty_goods()
    record["operator"] = record["operator"] | {"name": "x" * 100}
    said = content_as_read(record, 12)
    del said["record_hash"]
    assert is_of_record(said | {"holder": "x" * 60}, record)


def test_altered_and_foreign_codes_are_refused(signer: MemorySigner) -> None:
    code = offline_code(certificate_record(), signer)
    message = cbor2.loads(base45.b45decode(code.removeprefix(PREFIX)))
    protected, unprotected, payload, signature = message.value
    content = cbor2.loads(payload)
    content[9][0][2] = 1
    forged = cbor2.CBORTag(18, [protected, unprotected, cbor2.dumps(content, canonical=True), signature])
    for altered in (_as_code(forged), _as_code(cbor2.CBORTag(18, [protected, {}, payload, signature[:-1]]))):
        with pytest.raises(NotGenuine):
            read_offline_code(altered, [signer])
    with pytest.raises(UnknownKey):
        read_offline_code(code, [MemorySigner.new()])


@pytest.mark.parametrize(
    "code",
    ["", "HC1:6BF", f"{PREFIX}!", PREFIX, PREFIX + "0" * 5000, PREFIX + base45.b45encode(b"\x9f" * 900).decode()],
)
def test_nonsense_is_no_code(code: str, signer: MemorySigner) -> None:
    with pytest.raises(NotGenuine):
        read_offline_code(code, [signer])


@pytest.mark.parametrize(
    "value", [1, [], {}, cbor2.CBORTag(18, 5), cbor2.CBORTag(18, [b"", {}, b"", b""]), cbor2.CBORTag(18, [1, 2, 3, 4])]
)
def test_other_messages_are_no_code(value: Any, signer: MemorySigner) -> None:
    with pytest.raises(NotGenuine):
        read_offline_code(_as_code(value), [signer])


def _as_code(value: Any) -> str:
    return PREFIX + base45.b45encode(cbor2.dumps(value)).decode()
