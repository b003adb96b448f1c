"""pyHanko's client of a time-stamping authority, which takes an answer that is none for a failure to answer."""

from __future__ import annotations

from asn1crypto.tsp import TimeStampReq, TimeStampResp
from pyhanko.sign.timestamps.aiohttp_client import HTTPTimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError


class AuthorityClient(HTTPTimeStamper):
    async def async_request_tsa_response(self, req: TimeStampReq) -> TimeStampResp:
        """Raises ``TimestampRequestError``, also for a refusal: RFC 3161 leaves out the stamp then, and the reader of
        the answer does not expect that."""
        try:
            response = await super().async_request_tsa_response(req)
            status = response["status"]["status"].native
        except ValueError as error:
            raise TimestampRequestError(f"The answer of {self.url} bears no time stamp.") from error
        if status not in ("granted", "granted_with_mods"):
            raise TimestampRequestError(f"{self.url} refuses to stamp: {status}.")
        return response
