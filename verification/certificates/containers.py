"""What stands in the container of a signature besides what the signature protects must be as it was written.

No signature covers its own container (RFC 5652): versions, labels of algorithms and the space behind it could be
changed unnoticed. Each of them can be worked out from the rest, so anything else is a change.
"""

from __future__ import annotations

from asn1crypto.cms import CMSAttribute, ContentInfo, SignedData, SignerInfo
from pyhanko.sign.validation import EmbeddedPdfSignature

_STAMP = "signature_time_stamp_token"


def is_untouched(content: bytes, signature: EmbeddedPdfSignature) -> bool:
    """Whether the container in ``content`` holds one signature, its certificates, its time stamp, and zeros."""
    first_end, second_start = signature.byte_range[1], signature.byte_range[2]
    written = signature.pkcs7_content
    message = ContentInfo.load(written)
    return (
        content[first_end:second_start] == b"<" + written.hex().upper().encode() + b">"
        and not any(written[len(message.dump()) :])
        and _is_as_written(message)
    )


def _is_as_written(message: ContentInfo) -> bool:
    signed: SignedData = message["content"]
    (signer,) = signed["signer_infos"]
    is_data = signed["encap_content_info"]["content_type"].native == "data"
    return (
        message["content_type"].native == "signed_data"
        and signed["version"].native == ("v1" if is_data else "v3")
        and [item.dump() for item in signed["digest_algorithms"]] == [signer["digest_algorithm"].dump()]
        and signed["crls"].native is None
        and _signer_is_as_written(signed, signer)
    )


def _signer_is_as_written(signed: SignedData, signer: SignerInfo) -> bool:
    algorithms = (signer["digest_algorithm"], signer["signature_algorithm"])
    by_name = signer["sid"].name == "issuer_and_serial_number"
    return (
        signer["version"].native == ("v1" if by_name else "v3")
        and all(algorithm["parameters"].native is None for algorithm in algorithms)
        and _value(signer, "content_type") == signed["encap_content_info"]["content_type"].native
        and all(_stamp_is_as_written(attribute) for attribute in signer["unsigned_attrs"] or ())
    )


def _stamp_is_as_written(attribute: CMSAttribute) -> bool:
    return (
        attribute["type"].native == _STAMP and len(attribute["values"]) == 1 and _is_as_written(attribute["values"][0])
    )


def _value(signer: SignerInfo, name: str) -> object:
    (found,) = [attribute for attribute in signer["signed_attrs"] if attribute["type"].native == name]
    return found["values"][0].native
