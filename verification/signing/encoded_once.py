"""What pyHanko builds to be signed or stamped, as bytes that were read instead of parts that were put together.

asn1crypto encodes parts that were put together anew at each level that holds them, twice a level. Worse, it takes a
length whose last byte is 0x80 for one that is not told, and then takes apart and encodes whatever lies below.
"""

from __future__ import annotations

from typing import Any

from asn1crypto.cms import CMSAttributes, ContentInfo
from asn1crypto.parser import emit
from pyhanko.sign.signers import Signer, SimpleSigner

_UNIVERSAL, _CONTEXT, _CONSTRUCTED, _SEQUENCE = 0, 2, 1, 16


def encoded_once(attributes: CMSAttributes) -> CMSAttributes:
    """The same attributes, with the same encoding."""
    return CMSAttributes.load(attributes.dump())


def contained_once(container: ContentInfo) -> ContentInfo:
    """The same container (RFC 5652, 3), with the same encoding; what is in it is encoded a single time."""
    content = emit(_UNIVERSAL, _CONSTRUCTED, _SEQUENCE, container["content"].contents)
    parts = container["content_type"].dump() + emit(_CONTEXT, _CONSTRUCTED, 0, content)
    return ContentInfo.load(emit(_UNIVERSAL, _CONSTRUCTED, _SEQUENCE, parts))


class EncodesOnce(Signer):
    """Mixed into a signer of pyHanko."""

    async def signed_attrs(self, *arguments: Any, **options: Any) -> CMSAttributes:
        return encoded_once(await super().signed_attrs(*arguments, **options))

    async def async_sign(self, *arguments: Any, **options: Any) -> ContentInfo:
        return contained_once(await super().async_sign(*arguments, **options))


class FileSigner(EncodesOnce, SimpleSigner):
    """Seals with a key that was read from a file."""
