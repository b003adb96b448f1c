"""Production: everything secret must be named in the environment; nothing has a fallback."""

from portal.settings.base import *
from portal.settings.env import env

SECRET_KEY = env.str("PORTAL_SECRET_KEY")
DEBUG = False
ALLOWED_HOSTS = env.list("PORTAL_ALLOWED_HOSTS")
DATABASE_URL = env.str("DATABASE_URL")
SIGNING_KEY_DIR = env.path("PORTAL_SIGNING_KEY_DIR")()
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_CONFIG = env.email_url("EMAIL_URL")
vars().update(EMAIL_CONFIG)

SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
LANGUAGE_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrf"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
