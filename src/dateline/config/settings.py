"""Django's settings, made from the settings table; an installation sets nothing here."""

import os
import sys
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import structlog
from csp.constants import NONCE, NONE, SELF

from dateline.config.setting_checks import MAIL_FOLDER
from dateline.config.settings_in_force import home, settings_in_force
from dateline.reader.inline import PREFERRED_SOURCE

DATELINE = settings_in_force()
DATELINE_HOME = home()
DATELINE_PREVIEW = "dateline.reader.preview.render_preview"
DATELINE_FRONT_PREVIEW = "dateline.reader.preview.render_front"
DATELINE_ALERT_PREVIEW = "dateline.reader.preview.render_alert"
DATELINE_LETTER_PREVIEW = "dateline.reader.letters.preview.previewed"
BASE_DIR = Path(__file__).resolve().parent.parent

SECRET_KEY = DATELINE.secret_key.get_secret_value() or "only-for-commands-that-need-no-secret"
DEBUG = False
ALLOWED_HOSTS = DATELINE.every_host
AUTH_USER_MODEL = "people.Account"
ROOT_URLCONF = "dateline.config.urls"

INSTALLED_APPS = [
    "dateline.journal",
    "dateline.people",
    "dateline.topics",
    "dateline.media",
    "dateline.readers",
    "dateline.stories",
    "dateline.fronts",
    "dateline.wire",
    "dateline.search",
    "dateline.archive",
    "dateline.live",
    "dateline.newsfeed",
    "dateline.chats",
    "dateline.subscriptions",
    "dateline.reader",
    "dateline.newsroom",
    "dateline.publishing",
    "dateline.sample",
    "dateline.newsroom.wagtail_apps.SnippetsConfig",
    "wagtail.users",
    "dateline.newsroom.wagtail_apps.ImagesConfig",
    "dateline.newsroom.wagtail_apps.DocumentsConfig",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_tasks",
    "django_tasks_db",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
]
if DATELINE.log_in_with:
    INSTALLED_APPS.append("allauth.socialaccount.providers.openid_connect")

MIDDLEWARE = [
    "dateline.config.doors.StaffAddresses",
    "django.middleware.security.SecurityMiddleware",
    "dateline.config.headers.ContentPolicy",
    "dateline.config.headers.SiteHeaders",
    "dateline.reader.middleware.PressMarks",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
            ],
            "builtins": ["dateline.reader.templatetags.shown"],
        },
    }
]


def _sqlite(path: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            # Writers take turns from their first statement, so none fails half way. What is deleted
            # is overwritten: builds of SQLite differ in that, and who leaves must be gone.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
                "PRAGMA temp_store=MEMORY; PRAGMA mmap_size=268435456; PRAGMA cache_size=-8000;"
                "PRAGMA secure_delete=ON;"
            ),
        },
    }


def _postgresql(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
    }


_database_url = DATELINE.database.get_secret_value()
DATABASES = {
    "default": _postgresql(_database_url)
    if _database_url
    else _sqlite(DATELINE_HOME / "dateline.sqlite3")
}


def _mail(url: str) -> dict[str, Any]:
    """Return Django's settings of a mail server; a name and password go by TLS alone."""
    if url == MAIL_FOLDER:
        backend = "dateline.people.mail_folder.EmailBackend"
        return {"EMAIL_BACKEND": backend}
    if DATELINE.provider:
        return {"EMAIL_BACKEND": f"anymail.backends.{DATELINE.provider}.EmailBackend"}
    parts = urlsplit(url)
    secure = parts.scheme == "smtps"
    return {
        "EMAIL_BACKEND": "dateline.people.signing.EmailBackend",
        "EMAIL_HOST": parts.hostname or "",
        "EMAIL_PORT": parts.port or (465 if secure else 587 if parts.username else 25),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": secure,
        "EMAIL_USE_TLS": not secure and parts.username is not None,
    }


_mail_url = DATELINE.mail_server.get_secret_value()
globals().update(_mail(_mail_url))
EMAIL_TIMEOUT = 10
ANYMAIL = {name: value.get_secret_value() for name, value in DATELINE.esp.items()} | {
    "IGNORE_UNSUPPORTED_FEATURES": True,
    "REQUESTS_TIMEOUT": EMAIL_TIMEOUT,
}
DEFAULT_FROM_EMAIL = DATELINE.sender
WAGTAIL_PASSWORD_RESET_ENABLED = bool(_mail_url)

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    # Pages read renditions from their rows: a cached one may be gone after a restore.
    "renditions": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
}
SESSION_ENGINE = "dateline.people.sessions"
SESSION_COOKIE_NAME = "dateline_session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = DATELINE.tls
CSRF_COOKIE_NAME = "dateline_csrf"
CSRF_COOKIE_SECURE = DATELINE.tls
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_FAILURE_VIEW = "dateline.config.answers.csrf_refused"
CSRF_TRUSTED_ORIGINS = [DATELINE.base_url]
SECURE_HSTS_SECONDS = 31_536_000 if DATELINE.tls else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = DATELINE.tls
SECURE_HSTS_PRELOAD = False
SECURE_SSL_REDIRECT = False
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"

PASSWORD_HASHERS = [
    "dateline.people.hashing.Argon2",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
    )
]

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "account"
ACCOUNT_ADAPTER = "dateline.reader.account.adapter.Adapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
# The address is proved before there is an account: see dateline.reader.account.entrance.
ACCOUNT_EMAIL_VERIFICATION = "none"
# The library counts in each process alone; ours stand in a file that all of them share.
ACCOUNT_RATE_LIMITS = False
# Who must show again that it is them is asked by dateline.reader.account.confirm.
ACCOUNT_REAUTHENTICATION_METHODS = ["mfa"]
MFA_REAUTHENTICATION_REQUIRED = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
MFA_ADAPTER = "dateline.reader.account.adapter.SecondFactor"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not DATELINE.tls
SOCIALACCOUNT_ADAPTER = "dateline.reader.account.vouching.Adapter"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {
    "openid_connect": {
        "provider_class": "dateline.reader.account.vouching.Provider",
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": house.id,
                "name": house.name,
                "client_id": house.client_id,
                "secret": house.secret.get_secret_value(),
                "settings": {"server_url": house.server},
            }
            for house in DATELINE.log_in_with
        ],
    }
}

# Reader pages are shared by everyone: no nonces, only our own files and one text by its digest.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, PREFERRED_SOURCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        # A form may lead, by way of us, to a house that vouches for readers.
        "form-action": [SELF, *(house.origin for house in DATELINE.log_in_with)],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        # Only js/html.js makes html of text and addresses of scripts, by a policy of this name.
        "require-trusted-types-for": ["'script'"],
        "trusted-types": ["dateline"],
    }
}
# Wagtail's screens: scripts by nonce or from us. Its editor sets style attributes from script.
STAFF_SECURITY_POLICY = {
    "default-src": [NONE],
    "script-src": [SELF, NONCE, PREFERRED_SOURCE],
    "style-src": [SELF, NONCE],
    "img-src": [SELF, "data:", "blob:"],
    "font-src": [SELF, "data:"],
    "connect-src": [SELF],
    "frame-src": [SELF],
    "media-src": [SELF],
    "manifest-src": [SELF],
    "form-action": [SELF],
    "base-uri": [NONE],
    "frame-ancestors": [SELF],
}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}

LANGUAGE_CODE = DATELINE.language
LANGUAGES = [("en", "English"), ("ru", "Русский"), ("ar", "العربية")]
WAGTAILADMIN_PERMITTED_LANGUAGES = [("en", "English"), ("ru", "Русский"), ("ar", "العربية")]
TIME_ZONE = DATELINE.timezone
USE_TZ = True
USE_I18N = True
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["dateline.common.formats"]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

STATIC_URL = "/-/static/"
# Made once for an environment; one that cannot be written gets its copy in the data folder.
_environment = Path(sys.prefix)
STATIC_ROOT = (
    _environment / "share" / "dateline" / "static"
    if os.access(_environment, os.W_OK)
    else DATELINE_HOME / "run" / "static"
)
MEDIA_URL = "/media/"
MEDIA_ROOT = DATELINE_HOME / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "dateline.reader.storage.HashedFiles"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = max(DATELINE.body_kib << 10, 10 << 20)
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
DATA_UPLOAD_MAX_NUMBER_FILES = 100

WAGTAIL_SITE_NAME = DATELINE.name
WAGTAILADMIN_BASE_URL = DATELINE.base_url
WAGTAILIMAGES_IMAGE_MODEL = "media.Picture"
WAGTAILIMAGES_AVIF_QUALITY = 50
WAGTAILIMAGES_JPEG_QUALITY = 80
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = DATELINE.upload_mib << 20
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database.fallback"}}
# An address is kept as it was written: there are no pages it could stand for.
WAGTAILADMIN_EXTERNAL_LINK_CONVERSION = "none"
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_I18N_ENABLED = False
WAGTAIL_AUTOSAVE_INTERVAL = 1000
WAGTAIL_WORKFLOW_ENABLED = True
WAGTAILADMIN_COMMENTS_ENABLED = True
TAGGIT_CASE_INSENSITIVE = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processors": [
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                structlog.processors.LogfmtRenderer(key_order=["timestamp", "level", "event"]),
            ],
            "foreign_pre_chain": [
                structlog.stdlib.add_log_level,
                structlog.stdlib.add_logger_name,
                structlog.processors.TimeStamper(fmt="iso", utc=True),
            ],
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": DATELINE.log_level.upper()},
    "loggers": {
        "django.server": {"level": "ERROR"},
        "wagtail": {"level": "WARNING"},
        "uvicorn": {"level": "WARNING"},
    },
}

structlog.configure(
    processors=[
        structlog.stdlib.filter_by_level,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    wrapper_class=structlog.stdlib.BoundLogger,
    cache_logger_on_first_use=True,
)
