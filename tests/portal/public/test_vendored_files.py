import hashlib
import re

import pytest

from portal.settings.env import BASE_DIR

pytestmark = pytest.mark.unit
VENDOR = BASE_DIR / "static" / "vendor"
ROWS = re.findall(r"^\| `([^`]+)` .*`([0-9a-f]{64})` \|$", (VENDOR / "MANIFEST.md").read_text(), re.MULTILINE)


def test_manifest_lists_every_vendored_file():
    present = {str(p.relative_to(VENDOR)) for p in VENDOR.rglob("*") if p.suffix in {".css", ".js", ".woff2"}}
    assert present == {name for name, _sha in ROWS}


@pytest.mark.parametrize(("name", "sha256"), ROWS)
def test_vendored_file_is_the_one_in_the_manifest(name, sha256):
    assert hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() == sha256


@pytest.mark.parametrize("name", [name for name, _sha in ROWS if name.endswith((".css", ".js"))])
def test_vendored_text_names_no_source_map(name):
    assert "sourceMappingURL" not in (VENDOR / name).read_text()
