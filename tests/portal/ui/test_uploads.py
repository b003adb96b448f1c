from pathlib import Path

import pytest
from django import forms

from portal.ui.uploads import ROOM_BEYOND_BYTES, BoundedUploadHandler, UploadForm
from verification.kernel.errors import InvalidInput, Problem

pytestmark = pytest.mark.unit
CHUNK = 64 * 1024


def sent(size_bytes):
    """What the handler makes of an upload of that size."""
    handler = BoundedUploadHandler()
    handler.new_file("file", "large.bin", "application/octet-stream", None)
    for start in range(0, size_bytes, CHUNK):
        handler.receive_data_chunk(bytes(min(CHUNK, size_bytes - start)), start)
    return handler.file_complete(size_bytes)


@pytest.fixture(autouse=True)
def _small_limit(settings):
    settings.EVIDENCE_MAX_BYTES = 1024 * 1024


def test_small_file_is_stored_whole():
    upload = sent(300_000)
    assert (upload.size, Path(upload.temporary_file_path()).stat().st_size) == (300_000, 300_000)


def test_large_file_fills_no_disk_and_its_size_is_told():
    upload = sent(20 * 1024 * 1024)
    assert upload.size == 20 * 1024 * 1024
    assert Path(upload.temporary_file_path()).stat().st_size == 1024 * 1024 + ROOM_BEYOND_BYTES
    assert sum(len(chunk) for chunk in upload.chunks()) > 1024 * 1024


def test_each_file_of_a_request_has_its_own_room():
    handler = BoundedUploadHandler()
    for _number in range(2):
        handler.new_file("file", "large.bin", "application/octet-stream", None)
        handler.receive_data_chunk(bytes(CHUNK), 0)
        assert handler.file_complete(CHUNK).size == CHUNK


def test_problem_names_code_sheet_cell_and_how_to_mend():
    class Form(UploadForm, forms.Form):
        file = forms.FileField(required=False)

    form = Form({})
    problem = Problem("block", "TPL-022", "Unknown version.", "Use 2.1.1.", sheet="Version", cell="B2", found="3")
    form.add_problems(InvalidInput("Refused.", [problem]))
    assert form.errors["file"] == ["TPL-022, Version B2: Unknown version. Found: 3. Use 2.1.1."]
