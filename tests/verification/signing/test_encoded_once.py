"""A container encoded a single time is the container that asn1crypto writes."""

from __future__ import annotations

from typing import Any

import pytest
from asn1crypto.cms import CMSAttributes, ContentInfo
from pyhanko.sign.signers import SimpleSigner

from verification.signing.encoded_once import FileSigner, contained_once
from verification.signing.signers import sealing_signer
from verification.signing.stamping import time_stamper
from verification.signing.waiting import run_to_end

pytestmark = [pytest.mark.unit, pytest.mark.usefixtures("_sealing_keys")]


def test_container_is_encoded_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[bytes, bytes]] = []

    def both(container: ContentInfo) -> ContentInfo:
        once = contained_once(container)
        seen.append((once.dump(), container.dump(force=True)))
        return once

    monkeypatch.setattr("verification.signing.encoded_once.contained_once", both)
    monkeypatch.setattr("verification.signing.stand_in.contained_once", both)
    with sealing_signer() as signer:
        assert isinstance(signer, FileSigner)
        made = run_to_end(signer.async_sign(bytes(32), "sha256", use_pades=True, timestamper=time_stamper()))
    assert len(seen) >= 2
    assert all(once == whole for once, whole in seen)
    assert made["content"]["signer_infos"][0]["signature"].native


def test_attributes_are_those_of_pyhanko() -> None:
    async def attributes(signer: Any) -> CMSAttributes:
        return await SimpleSigner.signed_attrs(signer, bytes(32), "sha256", use_pades=True)

    with sealing_signer() as signer:
        ours = run_to_end(signer.signed_attrs(bytes(32), "sha256", use_pades=True))
        assert ours.dump() == run_to_end(attributes(signer)).dump()
