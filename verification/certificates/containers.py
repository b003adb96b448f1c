"""What stands in the container of a signature besides what the signature protects must be as it was written.

No signature covers its own container (RFC 5652): versions, labels, names of issuers and the space behind it could be
changed unnoticed, and parsers forgive more than that. So the container is written anew from the parts that are
protected, and must come out the same to the byte.
"""

from __future__ import annotations

from asn1crypto import parser
from asn1crypto.cms import CMSAttributes, ContentInfo, SignedData, SignerInfo
from pyhanko.sign.general import extract_certificate_info
from pyhanko.sign.validation import EmbeddedPdfSignature

_INTEGER, _OCTETS, _SEQUENCE, _SET = 2, 4, 16, 17
_STAMP = "signature_time_stamp_token"


def is_untouched(content: bytes, signature: EmbeddedPdfSignature) -> bool:
    """Whether the container in ``content`` holds one signature with its certificates and time stamp, then zeros."""
    first_end, second_start = signature.byte_range[1], signature.byte_range[2]
    written = signature.pkcs7_content
    return content[first_end:second_start] == b"<" + written.hex().upper().encode() + b">" and _is_canonical(written)


def _is_canonical(written: bytes) -> bool:
    expected = _content_info(ContentInfo.load(written))
    return written.startswith(expected) and not any(written[len(expected) :])


def _content_info(message: ContentInfo) -> bytes:
    signed: SignedData = message["content"]
    (signer,) = signed["signer_infos"]
    inner = signed["encap_content_info"]
    is_data = inner["content_type"].native == "data"
    enclosed = b"" if is_data else _own(0, parser.emit(0, 0, _OCTETS, bytes(inner["content"])))
    parts = [
        _number(1 if is_data else 3),
        _tagged(_SET, signer["digest_algorithm"].dump()),
        _tagged(_SEQUENCE, inner["content_type"].dump() + enclosed),
        _own(0, signed["certificates"].contents),
        _tagged(_SET, _signer_info(signed, signer)),
    ]
    return _tagged(_SEQUENCE, message["content_type"].dump() + _own(0, _tagged(_SEQUENCE, b"".join(parts))))


def _signer_info(signed: SignedData, signer: SignerInfo) -> bytes:
    """By name of issuer and number, as the certificate has them: readers do not mind capitals in a name."""
    certificate = extract_certificate_info(signed).signer_cert
    name_and_number = certificate.issuer.dump() + certificate["tbs_certificate"]["serial_number"].dump()
    is_named = signer["sid"].name == "issuer_and_serial_number"
    parts = [
        _number(1 if is_named else 3),
        _tagged(_SEQUENCE, name_and_number) if is_named else signer["sid"].dump(),
        signer["digest_algorithm"].dump(),
        _own(0, signer["signed_attrs"].contents),
        signer["signature_algorithm"].dump(),
        parser.emit(0, 0, _OCTETS, signer["signature"].native),
    ]
    unsigned: CMSAttributes = signer["unsigned_attrs"]
    if unsigned:
        parts.append(_own(1, _stamp(unsigned)))
    return _tagged(_SEQUENCE, b"".join(parts))


def _stamp(unsigned: CMSAttributes) -> bytes:
    """Raises ``ValueError`` for anything else than one time stamp."""
    (attribute,) = unsigned
    (token,) = attribute["values"]
    if attribute["type"].native != _STAMP:
        raise ValueError("an attribute that no seal has")
    return _tagged(_SEQUENCE, attribute["type"].dump() + _tagged(_SET, _content_info(token)))


def _number(value: int) -> bytes:
    return parser.emit(0, 0, _INTEGER, bytes([value]))


def _tagged(tag: int, contents: bytes) -> bytes:
    return parser.emit(0, 1, tag, contents)


def _own(tag: int, contents: bytes) -> bytes:
    """A tag that the structure gives (context-specific)."""
    return parser.emit(2, 1, tag, contents)
