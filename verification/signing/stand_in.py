"""pyHanko's stand-in for a time-stamping authority, with its key loaded once: loading an RSA key checks its primes,
which takes longer than all else that a stamp needs.
"""

from __future__ import annotations

from datetime import datetime

from asn1crypto.cms import CMSAttribute, CMSAttributes, Time
from asn1crypto.core import UTCTime
from asn1crypto.tsp import TimeStampReq, TimeStampResp
from asn1crypto.x509 import Certificate
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from pyhanko.sign.general import as_signing_certificate, simple_cms_attribute
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper
from pyhanko_certvalidator.util import get_pyca_cryptography_hash

from verification.signing.encoded_once import contained_once, encoded_once


class StandIn(DummyTimeStamper):
    def __init__(self, certificate: Certificate, key: RSAPrivateKey) -> None:
        super().__init__(certificate, None)
        self._key = key
        names_itself = simple_cms_attribute("signing_certificate", as_signing_certificate(certificate))
        self._names_itself = CMSAttribute.load(names_itself.dump())

    def request_tsa_response(self, req: TimeStampReq) -> TimeStampResp:
        made = super().request_tsa_response(req)
        return TimeStampResp({"status": made["status"], "time_stamp_token": contained_once(made["time_stamp_token"])})

    def _sign_tst_info(self, tst_info_data: bytes, md_algorithm: str, dt: datetime) -> tuple[bytes, CMSAttributes]:
        """The attributes that RFC 3161, 2.4.2 wants signed, and the signature over them."""
        algorithm = get_pyca_cryptography_hash(md_algorithm)
        digest = hashes.Hash(algorithm)
        digest.update(tst_info_data)
        attributes = [
            simple_cms_attribute("content_type", "tst_info"),
            simple_cms_attribute("signing_time", Time({"utc_time": UTCTime(dt)})),
            self._names_itself,
            simple_cms_attribute("message_digest", digest.finalize()),
        ]
        signed = encoded_once(CMSAttributes(attributes))
        return self._key.sign(signed.dump(), PKCS1v15(), algorithm), signed
