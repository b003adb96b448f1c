"""A sealed certificate against the bare work in it: laying out the same page and signing a file.

Both sides run in a warm process with the same kept fonts and style sheet. The floor is WeasyPrint's
plain PDF of the same HTML and one plain signature by pyHanko with a time stamp; the goal leaves half of that again for
the record, the attachment, the archive and accessibility variant and the certifying seal.
"""

from __future__ import annotations

import io

from django.template.loader import render_to_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from weasyprint import HTML

from tests.benchmarks.result import Result, best_seconds_of_two
from tests.factories.certificates import certificate_record
from verification.certificates import seal as sealing
from verification.certificates.drawing import _style
from verification.certificates.presentation_emissions import printed
from verification.certificates.render import STYLE_SHEET, render_certificate
from verification.kernel.canonical import sha256_of
from verification.signing.folder import SEAL_CERTIFICATE, SEAL_KEY, key_folder
from verification.signing.stamping import time_stamper

GOAL_RATIO = 1.5
ROUNDS = 12


def run() -> list[Result]:
    """Seconds of the best round on each side. Needs the sealing key."""
    record = certificate_record()
    html = render_to_string("certificates/emissions.html", printed(record, sha256_of(record)))
    fonts, style = _style(STYLE_SHEET)
    signer = signers.SimpleSigner.load(str(key_folder() / SEAL_KEY), str(key_folder() / SEAL_CERTIFICATE))
    metadata = signers.PdfSignatureMetadata(field_name=sealing.FIELD_NAME)

    def issue() -> bytes:
        return sealing.seal(render_certificate(record), reason="Benchmark")

    def bare() -> bytes:
        pdf = HTML(string=html).write_pdf(stylesheets=[style], font_config=fonts)
        return signers.sign_pdf(
            IncrementalPdfFileWriter(io.BytesIO(pdf)), metadata, signer=signer, timestamper=time_stamper()
        ).getvalue()

    value, floor = best_seconds_of_two(issue, bare, ROUNDS)
    return [
        Result("certificate, sealed", "seconds", value, floor, "bare WeasyPrint and pyHanko", "at most", GOAL_RATIO)
    ]
