"""The embedded default: one machine, SQLite, a folder as broker, keys made at set-up."""

from portal.settings.base import *
from portal.settings.base import BROKER_DIR, VAR_DIR
from portal.settings.env import env

SECRET_KEY = env.str("PORTAL_SECRET_KEY")
DEBUG = env.bool("PORTAL_DEBUG", default=False)
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
(VAR_DIR / "static").mkdir(parents=True, exist_ok=True)
WHITENOISE_AUTOREFRESH = False
for _folder in (VAR_DIR, BROKER_DIR / "queue", BROKER_DIR / "control"):
    _folder.mkdir(parents=True, exist_ok=True)
