"""Settings of the test suite: a secret of its own, fast password hashing, folders that are thrown away."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

if "PORTAL_TEST_DIR" not in os.environ:
    os.environ["PORTAL_TEST_DIR"] = tempfile.mkdtemp(prefix="portal-test-")
    atexit.register(shutil.rmtree, os.environ["PORTAL_TEST_DIR"], ignore_errors=True)
_own = Path(os.environ["PORTAL_TEST_DIR"]) / os.environ.get("PYTEST_XDIST_WORKER", "main")
_own.mkdir(exist_ok=True)
os.environ["PORTAL_VAR_DIR"] = str(_own)
os.environ["PORTAL_DEMONSTRATION_DATE"] = ""

from portal.settings.base import *  # noqa: E402

SECRET_KEY = "test-only"
DEBUG = False
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
AXES_ENABLED = False
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, because tests of races open it from several threads and copy it.
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 0
