"""Settings common to every environment. Law and numbers of law are never here."""

from csp.constants import NONE, SELF
from kombu import Exchange, Queue

from portal.settings.env import BASE_DIR, env, env_date

VAR_DIR = env.path("PORTAL_VAR_DIR", default=str(BASE_DIR / "var"))()
VAR_DIR = BASE_DIR.__class__(VAR_DIR)

AUTHORITY_NAME = env.str("PORTAL_AUTHORITY_NAME", default="Border Carbon Office")
SITE_ADDRESS = env.str("PORTAL_SITE_ADDRESS", default="http://127.0.0.1:8000")
CONTACT_ADDRESS = env.str("PORTAL_CONTACT_ADDRESS", default="help@portal.example")

DEMONSTRATION_DATE = env_date("PORTAL_DEMONSTRATION_DATE")
DEMONSTRATION_ANCHOR = env_date("PORTAL_DEMONSTRATION_ANCHOR")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "crispy_forms",
    "crispy_bootstrap5",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    "django_htmx",
    "rules",
    "verification.audit",
    "verification.accounts",
    "verification.jobs",
    "verification.signing",
    "verification.reference",
    "verification.registry",
    "verification.notifications",
    "verification.wording",
    "verification.evidence",
    "verification.ledger",
    "verification.claims",
    "verification.determination",
    "verification.credentials",
    "verification.certificates",
    "verification.letters",
    "verification.disclosure",
    "verification.casefile",
    "verification.statistics",
    "portal.ui",
    "portal.account",
    "portal.producer",
    "portal.verifier",
    "portal.official",
    "portal.importer",
    "portal.units",
    "portal.public",
    "portal.commands",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "portal.middleware.LanguageOfTheCheck",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "portal.middleware.BrowserPermissions",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "portal.account.middleware.SecondFactorRequired",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.ui.context.site",
                "portal.account.context.demonstration",
            ],
            "builtins": ["portal.ui.templatetags.ui", "portal.ui.templatetags.components"],
        },
    }
]

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'portal.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL", default="")
if REDIS_URL:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}
else:
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": VAR_DIR / "cache",
        }
    }

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "rules.permissions.ObjectPermissionBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "account:home"
LOGOUT_REDIRECT_URL = "/"

ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_ADAPTER = "portal.account.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "portal.account.forms.LoginForm",
    "signup": "portal.account.forms.SignupForm",
    "reauthenticate": "portal.account.forms.ReauthenticateForm",
    "change_password": "portal.account.forms.ChangePasswordForm",
    "set_password": "portal.account.forms.SetPasswordForm",
    "reset_password": "portal.account.forms.ResetPasswordForm",
    "reset_password_from_key": "portal.account.forms.ResetPasswordKeyForm",
    "change_email": "portal.account.forms.ChangeEmailForm",
}
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_REAUTHENTICATION_REQUIRED = True
MFA_ADAPTER = "portal.account.adapter.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "portal.account.forms.SecondFactorForm",
    "reauthenticate": "portal.account.forms.ConfirmSecondFactorForm",
    "activate_totp": "portal.account.forms.ActivateAuthenticatorForm",
    "deactivate_totp": "portal.account.forms.DeactivateAuthenticatorForm",
    "add_webauthn": "portal.account.forms.AddPasskeyForm",
    "edit_webauthn": "portal.account.forms.RenamePasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Importer Verification Portal"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = SITE_ADDRESS.startswith("http://127.0.0.1")
SECOND_FACTOR_FRESH_SECONDS = 300

AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_FORM_FIELD = "login"
AXES_USERNAME_CALLABLE = "portal.account.adapter.login_name"
AXES_LOCKOUT_TEMPLATE = "account/locked_out.html"
AXES_RESET_ON_SUCCESS = True

SESSION_COOKIE_AGE = 8 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

LANGUAGE_CODE = "en"
LANGUAGES = [
    ("en", "English"),
    ("fr", "Français"),
    ("es", "Español"),
    ("tr", "Türkçe"),
    ("zh-hans", "简体中文"),
    ("hi", "हिन्दी"),
    ("ar", "العربية"),
]
# Signed-in pages and e-mails speak these; a language joins when all of their words are translated.
SIGNED_IN_LANGUAGES = [("en", "English")]
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_HTTPONLY = True
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = True
LOCALE_PATHS = [BASE_DIR / "locale"]

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = VAR_DIR / "media"
MEDIA_URL = "/never-served/"
FILE_UPLOAD_PERMISSIONS = 0o640
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "portal.ui.uploads.BoundedUploadHandler",
]
DATA_UPLOAD_MAX_NUMBER_FILES = 5
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
EVIDENCE_MAX_BYTES = 25 * 1024 * 1024
CERTIFICATE_CHECK_MAX_BYTES = 5 * 1024 * 1024
SIGNING_KEY_DIR = env.path("PORTAL_SIGNING_KEY_DIR", default=str(VAR_DIR / "keys"))()
SIGNER = env.str("PORTAL_SIGNER", default="file")
PKCS11_MODULE = env.str("PORTAL_PKCS11_MODULE", default="")
PKCS11_TOKEN = env.str("PORTAL_PKCS11_TOKEN", default="")
PKCS11_SEAL_KEY = env.str("PORTAL_PKCS11_SEAL_KEY", default="seal")
PKCS11_ISSUER_KEY = env.str("PORTAL_PKCS11_ISSUER_KEY", default="issuer")
TSA_URL = env.str("PORTAL_TSA_URL", default="")
TSA_TIMEOUT_SECONDS = env.int("PORTAL_TSA_TIMEOUT_SECONDS", default=10)

CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR_DIR / "mail"
DEFAULT_FROM_EMAIL = env.str("PORTAL_MAIL_FROM", default="portal@portal.example")

BROKER_DIR = VAR_DIR / "broker"
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, object]
if REDIS_URL:
    CELERY_BROKER_URL = REDIS_URL
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "socket_timeout": 1,
        "socket_connect_timeout": 1,
        "visibility_timeout": 3600,
    }
else:
    CELERY_BROKER_URL = "portalfolder://"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(BROKER_DIR / "queue"),
        "data_folder_out": str(BROKER_DIR / "queue"),
        "control_folder": str(BROKER_DIR / "control"),
        "polling_interval": 0.1,
    }
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 200
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0, "interval_step": 0.1}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_DEFAULT_QUEUE = "portal"
CELERY_TASK_QUEUES = [Queue(name, Exchange(name), routing_key=name) for name in ("portal", "issuing")]
CELERY_WORKER_PROC_ALIVE_TIMEOUT = 60
JOB_LEASE_SECONDS = env.int("PORTAL_JOB_LEASE_SECONDS", default=60)
JOB_SWEEP_SECONDS = env.int("PORTAL_JOB_SWEEP_SECONDS", default=15)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
