"""The offline code: what a certificate says, signed, small enough for a QR code. Verified without any network. Pure.

``IVP1:`` and, in base45 (RFC 9285), a COSE_Sign1 message (RFC 9052) by ES256 over a CBOR map (RFC 8949) with the whole
numbers of ``KEYS`` as keys. Emissions and prices are in 0.00001 and defaults in 0.001, rounded half up as printed; days
count from 1970-01-01. A code takes at most 350 bytes before base45, so that phones read it from paper: it holds as many
rows as fit, and where they are not all, ``rows_in_all`` and ``record_hash``, the beginning of the SHA-256 of the record
that has the others. What goes without saying is left out: emissions as the kind, the period as the span of imports, a
total that is the direct value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import base45
import cbor2
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from verification.credentials.keys import NotGenuine, PublicKey, Signer, UnknownKey
from verification.kernel.canonical import sha256_of
from verification.kernel.quantities import DEFAULT_VALUE_DECIMALS, SEE_DECIMALS, round_half_up

PREFIX = "IVP1:"
EMISSIONS = "emissions"
MOST_BYTES = 350
LONGEST_NAME = 40
"""Bytes of UTF-8. Codes signed before there was a limit of bytes have sixty letters."""
HASH_BYTES = 16
LEAST_ROW_BYTES = 4
LONGEST_CODE = 4096
KEYS = {
    "number": 1, "code": 2, "kind": 3, "holder": 4, "installation": 5, "period": 6, "valid": 7, "verifier": 8,
    "rows": 9, "rows_in_all": 10, "status_list": 11, "status_index": 12, "is_specimen": 13, "currency": 14,
    "accepted_t": 15, "issued_on": 16, "record_hash": 17,
}  # fmt: skip
_NAMES = {key: name for name, key in KEYS.items()}
_COSE_SIGN1 = 18
_ALGORITHM, _ES256, _KEY_ID = 1, -7, 4
_CUT = ("holder", "verifier")
SIGNATURE_BYTES = 64
_DAY_ZERO = date(1970, 1, 1)
COLUMNS = {
    EMISSIONS: ("cn_code", "default", "direct", "total"),
    "units": ("first", "last", "quantity_t"),
    "carbon_price": ("cn_code", "see_tco2e_per_t", "per_tco2e", "per_t"),
}
"""What the numbers of a row are, by kind. ``direct`` is that of process and precursors together."""


def offline_content(record: Mapping[str, Any], row_count: int | None = None) -> dict[str, Any]:
    """What the code says of a record, with its first ``row_count`` rows or all, names whole.

    Raises ``KeyError`` for a kind that is no certificate.
    """
    kind = record.get("kind", EMISSIONS)
    rows, read = _ROWS[kind]
    period = [record["reporting_period"]["start"], record["reporting_period"]["end"]]
    valid = [record["valid_from"], record["valid_to"]]
    holder = record.get("operator") or record["holder"]
    verifier = record.get("verification") or record.get("certifier") or {}
    price = record.get("carbon_price") or {}
    printed = record[rows][:row_count]
    return {
        "number": record["certificate_no"],
        "code": record["short_code"],
        "kind": None if kind == EMISSIONS else kind,
        "holder": holder["name"],
        "installation": (record.get("installation") or {}).get("code"),
        "period": period,
        "valid": None if valid == period else valid,
        "issued_on": record["issued_at"][: len("2026-01-01")],
        "verifier": verifier.get("name") or None,
        "rows": [read(row) for row in printed],
        "rows_in_all": len(record[rows]),
        "status_list": int(record["credential"]["status_list"].rpartition("/")[2]),
        "status_index": record["credential"]["status_index"],
        "is_specimen": record["specimen"] or None,
        "currency": price.get("currency"),
        "accepted_t": int(record["accepted"]) if kind == "units" else None,
        "record_hash": None if len(printed) == len(record[rows]) else sha256_of(record)[: 2 * HASH_BYTES],
    }


def content_as_read(record: Mapping[str, Any], row_count: int | None = None) -> dict[str, Any]:
    """What ``read_offline_code`` would give back for a code with so many rows and whole names."""
    return _unpacked(_packed(offline_content(record, row_count)))


def is_of_record(said: Mapping[str, Any], record: Mapping[str, Any]) -> bool:
    """Whether what ``read_offline_code`` gave back is what the record says, as far as a code has room for it."""
    expected = content_as_read(record, len(said["rows"]))
    for name in _CUT:
        if name in said and name in expected and expected[name].startswith(said[name]):
            expected[name] = said[name]
    if "record_hash" not in said:
        expected.pop("record_hash", None)
    return expected == said


def offline_code(record: Mapping[str, Any], signer: Signer) -> str:
    """The text of the QR code."""
    protected = cbor2.dumps({_ALGORITHM: _ES256, _KEY_ID: bytes.fromhex(signer.key_id)}, canonical=True)
    payload = _longest_payload(record, protected)
    signature = signer.sign(_to_be_signed(protected, payload))
    return PREFIX + base45.b45encode(_message(protected, payload, signature)).decode()


def _longest_payload(record: Mapping[str, Any], protected: bytes) -> bytes:
    """With as many rows as fit. Raises ``ValueError`` where not even the rest does."""
    whole, rest = offline_content(record), offline_content(record, 0)
    cut = {name: _cut(whole[name]) for name in _CUT if whole[name]}
    for count in range(min(whole["rows_in_all"], MOST_BYTES // LEAST_ROW_BYTES), -1, -1):
        content = whole if count == whole["rows_in_all"] else rest | {"rows": whole["rows"][:count]}
        payload = cbor2.dumps(_packed(content | cut), canonical=True)
        if len(_message(protected, payload, bytes(SIGNATURE_BYTES))) <= MOST_BYTES:
            return payload
    raise ValueError(f"The offline code of {record['certificate_no']} takes more than {MOST_BYTES} bytes.")


def _message(protected: bytes, payload: bytes, signature: bytes) -> bytes:
    return cbor2.dumps(cbor2.CBORTag(_COSE_SIGN1, [protected, {}, payload, signature]), canonical=True)


def _cut(name: str) -> str:
    """Never within a letter."""
    return name.encode()[:LONGEST_NAME].decode(errors="ignore")


def read_offline_code(code: str, keys: Iterable[PublicKey]) -> dict[str, Any]:
    """What a genuine code says. Raises ``UnknownKey``, and ``NotGenuine`` for anything that was not signed so."""
    protected, payload, signature = _taken_apart(code.strip())
    key = _key_of(protected, keys)
    if len(signature) != SIGNATURE_BYTES:
        raise NotGenuine("The signature of the code has not the length of a signature.")
    r_and_s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
    try:
        key.public_key.verify(encode_dss_signature(*r_and_s), _to_be_signed(protected, payload), ECDSA(SHA256()))
    except InvalidSignature as error:
        raise NotGenuine("The code was altered, or was not signed by this issuer.") from error
    return _unpacked(cbor2.loads(payload))


def _taken_apart(code: str) -> tuple[bytes, bytes, bytes]:
    if not code.startswith(PREFIX) or len(code) > LONGEST_CODE:
        raise NotGenuine(f"An offline code begins with {PREFIX} and is shorter than {LONGEST_CODE} characters.")
    try:
        message = cbor2.loads(base45.b45decode(code.removeprefix(PREFIX)))
    except (ValueError, cbor2.CBORError) as error:
        raise NotGenuine("The code cannot be read.") from error
    parts = message.value if isinstance(message, cbor2.CBORTag) and message.tag == _COSE_SIGN1 else None
    if not isinstance(parts, list | tuple) or len(parts) != 4:
        raise NotGenuine("The code is no COSE_Sign1 message.")
    protected, _unprotected, payload, signature = parts
    if not all(isinstance(part, bytes) for part in (protected, payload, signature)):
        raise NotGenuine("The code is no COSE_Sign1 message.")
    return protected, payload, signature


def _key_of(protected: bytes, keys: Iterable[PublicKey]) -> PublicKey:
    try:
        header = cbor2.loads(protected)
    except (ValueError, cbor2.CBORError) as error:
        raise NotGenuine("The header of the code cannot be read.") from error
    if not isinstance(header, dict) or header.get(_ALGORITHM) != _ES256 or not isinstance(header.get(_KEY_ID), bytes):
        raise NotGenuine("The code is not signed with ES256.")
    key_id = header[_KEY_ID].hex()
    for key in keys:
        if key.key_id == key_id:
            return key
    raise UnknownKey(f"The issuer has no key {key_id}.")


def _to_be_signed(protected: bytes, payload: bytes) -> bytes:
    """Sig_structure of RFC 9052, 4.4."""
    return cbor2.dumps(["Signature1", protected, b"", payload], canonical=True)


def _packed(content: Mapping[str, Any]) -> dict[int, Any]:
    short = dict(content)
    for name in ("period", "valid"):
        short[name] = content[name] and [_days(day) for day in content[name]]
    short["issued_on"] = _days(content["issued_on"])
    short["record_hash"] = content["record_hash"] and bytes.fromhex(content["record_hash"])
    return {KEYS[name]: value for name, value in short.items() if value is not None}


def _unpacked(packed: Mapping[int, Any]) -> dict[str, Any]:
    """With names, ISO days and decimal text."""
    content = {_NAMES[key]: value for key, value in packed.items()}
    content.setdefault("kind", EMISSIONS)
    content.setdefault("valid", content["period"])
    for name in ("period", "valid"):
        content[name] = [_day(days) for days in content[name]]
    content["issued_on"] = _day(content["issued_on"])
    if "record_hash" in content:
        content["record_hash"] = content["record_hash"].hex()
    columns = COLUMNS[content["kind"]]
    content["rows"] = [dict(zip(columns, _READ[content["kind"]](row), strict=True)) for row in content["rows"]]
    return content


def _good(row: Mapping[str, Any]) -> list[Any]:
    direct = Decimal(row["see_direct"]) + Decimal(row["see_precursors"])
    total = Decimal(row["see_total"])
    default = _small(row["default"]["value"], DEFAULT_VALUE_DECIMALS) if row["default"] else None
    return [_customs_code(row["cn_code"]), default, _small(direct), *([] if total == direct else [_small(total)])]


def _priced(row: Mapping[str, Any]) -> list[Any]:
    return [_customs_code(row["cn_code"]), *(_small(row[name]) for name in COLUMNS["carbon_price"][1:])]


def _range(row: Mapping[str, Any]) -> list[int]:
    return [int(row["first"]), int(row["last"]), int(row["quantity"])]


_ROWS: dict[str, tuple[str, Callable[[Mapping[str, Any]], list[Any]]]] = {
    EMISSIONS: ("goods", _good),
    "units": ("units", _range),
    "carbon_price": ("goods", _priced),
}


def _read_good(row: list[Any]) -> list[Any]:
    code, default, direct, total = row if len(row) == 4 else [*row, row[-1]]
    return [str(code), _large(default, DEFAULT_VALUE_DECIMALS), _large(direct), _large(total)]


_READ: dict[str, Callable[[list[Any]], list[Any]]] = {
    EMISSIONS: _read_good,
    "units": lambda row: [str(value) for value in row],
    "carbon_price": lambda row: [str(row[0]), *(_large(value) for value in row[1:])],
}


def _customs_code(code: str) -> int | str:
    """A whole number takes half the room; what would lose a leading zero stays text."""
    return int(code) if code.isdigit() and str(int(code)) == code else code


def _small(value: str | Decimal, decimals: int = SEE_DECIMALS) -> int:
    return int(round_half_up(Decimal(value), decimals).scaleb(decimals))


def _large(value: int | None, decimals: int = SEE_DECIMALS) -> str | None:
    return None if value is None else format(Decimal(value).scaleb(-decimals), "f")


def _days(day: str) -> int:
    return (date.fromisoformat(day) - _DAY_ZERO).days


def _day(days: int) -> str:
    return (_DAY_ZERO + timedelta(days=days)).isoformat()
