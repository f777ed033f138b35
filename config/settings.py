"""One settings module: everything from the environment, with defaults that run."""

from __future__ import annotations

import os
import secrets
import sys
from contextlib import suppress
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

# Several requests are served at once: one thread each for products of matrices, or
# they wait for one another (a crossing of 100 000 answers: 96 ms instead of 167).
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(os.environ.get("JALONS_VAR_DIR", BASE_DIR / "var"))
VAR_DIR.mkdir(parents=True, exist_ok=True)
TESTING = "pytest" in sys.modules
# How long pages take, counted by all the web processes of this machine together.
DURATIONS_DIR = VAR_DIR / "durations"
if not TESTING:
    DURATIONS_DIR.mkdir(exist_ok=True)
    os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", str(DURATIONS_DIR))

HOST = os.environ.get("HOST", "127.0.0.1")
PORT = int(os.environ.get("PORT", "8000"))
LOOPBACK_HOSTS = {"127.0.0.1", "localhost", "::1"}
IS_LOOPBACK = HOST in LOOPBACK_HOSTS
# A laptop that plays one workshop on the network of a room, without a certificate.
IS_ROOM = os.environ.get("JALONS_ROOM") == "1"
DEBUG = os.environ.get("JALONS_DEBUG") == "1"
DEMO = os.environ.get("JALONS_DEMO") == "1"
if DEMO and not IS_LOOPBACK and os.environ.get("JALONS_DEMO_PUBLIC") != "1":
    raise ImproperlyConfigured(
        f"La démonstration refuse d’écouter sur {HOST} : utilisez HOST=127.0.0.1, "
        "ou JALONS_DEMO_PUBLIC=1 pour l’ouvrir sans afficher les codes de connexion."
    )
DEMO_SHOWS_CODES = DEMO and IS_LOOPBACK
# The State's public service of addresses; nothing is asked of it without this.
GEOCODER_URL = os.environ.get("JALONS_GEOCODER", "")
# ProConnect, the State's sign-in of professionals; without these nothing is asked.
PROCONNECT_URL = os.environ.get("JALONS_PROCONNECT_URL", "").rstrip("/")
PROCONNECT_CLIENT_ID = os.environ.get("JALONS_PROCONNECT_CLIENT_ID", "")
PROCONNECT_CLIENT_SECRET = os.environ.get("JALONS_PROCONNECT_CLIENT_SECRET", "")
# When ProConnect granted it to this site: it refuses a scope that it did not grant.
PROCONNECT_SIRET = os.environ.get("JALONS_PROCONNECT_SIRET") == "1"
if PROCONNECT_URL and not PROCONNECT_URL.startswith("https://"):
    raise ImproperlyConfigured("JALONS_PROCONNECT_URL commence par https://.")
# The State's public catalogue of schemes; nothing is asked of it without a key.
AIDES_TERRITOIRES_KEY = os.environ.get("JALONS_AIDES_TERRITOIRES_KEY", "")
AIDES_TERRITOIRES_URL = os.environ.get(
    "JALONS_AIDES_TERRITOIRES", "https://aides-territoires.beta.gouv.fr/api"
).rstrip("/")
# Where the official files downloaded by the user lie (INSEE, ARCEP…).
DATA_DIR = Path(os.environ.get("JALONS_DATA_DIR", VAR_DIR / "data"))
REFERENCE_DIR = BASE_DIR / "data"


def _secret_key() -> str:
    """The key of this installation, made once and kept out of the repository."""
    if given := os.environ.get("JALONS_SECRET_KEY"):
        return given
    path = VAR_DIR / "secret_key"
    if not path.exists():
        # Nobody else reads it; of processes that start together, the first one's holds.
        new = path.with_name(f"secret_key.{os.getpid()}")
        new.touch(mode=0o600)
        new.write_text(secrets.token_urlsafe(50))
        with suppress(FileExistsError):
            path.hardlink_to(new)
        new.unlink()
    return path.read_text()


SECRET_KEY = _secret_key()
# Signs backups, and is kept away from them: without it none is made nor put back.
BACKUP_KEY = os.environ.get("JALONS_BACKUP_KEY", "")
# Whom to tell of a weakness; without it, whoever the legal notice names.
SECURITY_CONTACT = os.environ.get("JALONS_SECURITY_CONTACT", "")
# Opens the measures of the site to what gathers them; without it, to this machine only.
METRICS_TOKEN = os.environ.get("JALONS_METRICS_TOKEN", "")
ALLOWED_HOSTS = [
    *os.environ.get("JALONS_ALLOWED_HOSTS", "").split(),
    HOST.strip("[]"),
    "localhost",
    "127.0.0.1",
    "[::1]",
]
# The address written in mails, where no request says it.
SITE_URL = os.environ.get("JALONS_SITE_URL", f"http://{HOST}:{PORT}").rstrip("/")
CSRF_TRUSTED_ORIGINS = os.environ.get("JALONS_TRUSTED_ORIGINS", "").split()

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "jalons.audit",
    "jalons.privacy",
    "jalons.mail",
    "jalons.files",
    "jalons.search",
    "jalons.live",
    "jalons.territories",
    "jalons.accounts",
    "jalons.spaces",
    "jalons.tokens",
    "jalons.indicators",
    "jalons.indices",
    "jalons.directory",
    "jalons.hosts",
    "jalons.statements",
    "jalons.library",
    "jalons.curation",
    "jalons.actors",
    "jalons.professionals",
    "jalons.groups",
    "jalons.meetings",
    "jalons.ecosystems",
    "jalons.tours",
    "jalons.resources",
    "jalons.community",
    "jalons.orientation",
    "jalons.coverage",
    "jalons.questionnaires",
    "jalons.surveys",
    "jalons.reconciliation",
    "jalons.imports",
    "jalons.invitations",
    "jalons.keying",
    "jalons.interviews",
    "jalons.rounds",
    "jalons.callbacks",
    "jalons.pocket",
    "jalons.fieldwork",
    "jalons.observatory",
    "jalons.tabulations",
    "jalons.returns",
    "jalons.synthesis",
    "jalons.diagnosis",
    "jalons.workshops",
    "jalons.rooms",
    "jalons.roadmaps",
    "jalons.coordination",
    "jalons.steering",
    "jalons.margins",
    "jalons.evaluation",
    "jalons.panels",
    "jalons.funding",
    "jalons.conditions",
    "jalons.followup",
    "jalons.impact",
    "jalons.communication",
    "jalons.adoption",
    "jalons.histories",
    "jalons.steps",
    "jalons.events",
    "jalons.network",
    "jalons.pairing",
    "jalons.publications",
    "jalons.reception",
    "jalons.gazette",
    "jalons.digests",
    "jalons.front",
    "jalons.api",
    "jalons.demo",
    "jalons.cli",
]
MIDDLEWARE = [
    "jalons.cli.durations.DurationMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "jalons.accounts.keeping.KeepingMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "jalons.accounts.middleware.SignedInMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "jalons.files.middleware.refuse_large_uploads",
    "jalons.accounts.middleware.GoneMiddleware",
    "jalons.live.middleware.AwayMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "jalons.front.templatetags.components",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

# Widgets are drawn by our templates first: a choice left blank says so in words.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {
    "default": dj_database_url.config(
        default=f"sqlite:///{VAR_DIR / 'jalons.sqlite3'}", conn_health_checks=True
    )
}
IS_SQLITE = DATABASES["default"]["ENGINE"].endswith("sqlite3")
# As many as the cores, on PostgreSQL; a file has one writer, and one process is enough.
WEB_WORKERS = int(
    os.environ.get("JALONS_WEB_WORKERS") or (1 if IS_SQLITE else os.cpu_count() or 1)
)
# Background work; more of them share the queue on PostgreSQL.
TASK_WORKERS = int(os.environ.get("JALONS_TASK_WORKERS") or 1)
if IS_SQLITE:
    # Writers of a process wait in line for the file.
    DATABASES["default"]["ENGINE"] = "config.sqlite3"
    # pytest-django knows only Django's own engine to be in memory.
    DATABASES["default"]["TEST"] = {"NAME": ":memory:"}
    # IMMEDIATE: a writer waits its turn at BEGIN instead of failing midway.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;",
    }
    # Opening a file costs as much as reading a page from it; a file does not go away.
    DATABASES["default"]["CONN_MAX_AGE"] = 0 if TESTING else None
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = False
elif not TESTING:
    DATABASES["default"]["CONN_MAX_AGE"] = 0
    # One connection for each thread that makes pages. A database that restarts is asked
    # for again within seconds, and whoever waits is told before giving up.
    DATABASES["default"]["OPTIONS"] = {
        "pool": {"min_size": 4, "max_size": 18, "timeout": 10, "reconnect_timeout": 4}
    }
# How long telephones of a room share one count of what the room said, and people who
# answer a survey one reading of it.
GLIMPSE_SECONDS = 0.0 if TESTING else 0.5
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Where nothing is kept, a test sees what is drawn.
DRAWINGS = "dummy.DummyCache" if TESTING else "locmem.LocMemCache"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        # Django keeps 300 entries and then drops a third at random: one survey read
        # by its team fills a hundred, each some seconds of work.
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    },
    # What every page says and that hardly ever changes: a few entries, some seconds.
    "memory": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 20},
    },
    # Maps found again by what they show; that of a région weighs 0.7 MB.
    "drawings": {
        "BACKEND": f"django.core.cache.backends.{DRAWINGS}",
        "LOCATION": "drawings",
        "OPTIONS": {"MAX_ENTRIES": 40},
    },
}
TASKS = {
    "default": {
        "BACKEND": "django_tasks.backends.immediate.ImmediateBackend"
        if TESTING
        else "django_tasks_db.DatabaseBackend"
    }
}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "spaces:list"
LOGOUT_REDIRECT_URL = "front:home"
ACCOUNT_ADAPTER = "jalons.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "request_login_code": "jalons.accounts.forms.AskCodeForm",
    "confirm_login_code": "jalons.accounts.forms.TypeCodeForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
# Eight figures: easy on a phone; the limits below leave 2 400 guesses a day in 10⁸.
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "length": 8, "dashed": True}
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = ACCOUNT_LOGIN_TIMEOUT = 10 * 60
# A passkey instead of a code: bound to the site, it is not given to another by mistake.
MFA_ADAPTER = "jalons.accounts.adapter.PasskeyAdapter"
MFA_SUPPORTED_TYPES = ["webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
# The code typed at each sign-in is the proof of the address.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# A training room signs in behind one address (ip); nobody is flooded (key).
ACCOUNT_RATE_LIMITS = {
    "login": "60/10m/ip",
    "request_login_code": "60/10m/ip,5/15m/key",
    "passkey": "60/10m/ip",
    "proconnect": "120/10m/ip",
    "prove": "5/15m/user",
    "invite": "60/d/user",
    # Each writes to people who did not ask for it.
    "join": "10/d/user",
    "report_place": "10/h/ip",
    "report_news": "10/h/ip",
    "propose": "10/h/ip",
    "contact": "5/h/ip",
    "write_to_centre": "5/h/ip",
    "subscribe": "10/h/ip",
    # A town hall is one address.
    "tell_interest": "10/h/ip",
    "event_register": "20/h/ip",
    "event_ask": "10/h/ip",
    # Aides-territoires is everybody's.
    "search_schemes": "30/h/user",
    # Numbers typed to be forgotten: a town hall is one address.
    "forget_contact": "30/h/ip",
    # Public data read by programs: 1 000 items a request.
    "api": "300/5m/ip",
    # What programs write with a key: 500 lines a request.
    "api_token": "120/m/key",
    "token": "30/d/user",
    # Codes of a mini-survey: a room of people helped is one address.
    "panel_code": "240/10m/ip",
    # Codes of surveyors tried: a training room is one address.
    "pocket_join": "60/10m/ip",
    # Wrong codes of workshops.
    "workshop_code": "60/10m/ip",
    "pocket_send": "600/10m/key",
}
# How many proxies of ours stand before the site; their header gives the address.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("JALONS_TRUSTED_PROXIES", "0"))
# Behind a proxy of this machine, the site listens on loopback and is read encrypted.
IS_ENCRYPTED = SITE_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_ENCRYPTED or not (
    IS_LOOPBACK or IS_ROOM
)
SECURE_HSTS_SECONDS = 31_536_000 if IS_ENCRYPTED else 0
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "jalons.accounts.given_back.form_expired"

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", _("French")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["config.formats"]
TIME_ZONE = "Europe/Paris"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
# The contours of communes, that `jalons commune-map` puts in one file.
MAPS_DIR = VAR_DIR / "maps"
MAPS_DIR.mkdir(exist_ok=True)
STATICFILES_DIRS = [
    BASE_DIR / "static",
    ("guides", BASE_DIR / "docs/guides/images"),
    ("maps", MAPS_DIR),
]
MEDIA_ROOT = VAR_DIR / "files"
# An S3-compatible store for the files given; a folder without it. The site reads them
# for whoever may: no address of the store is ever given to a browser.
S3_BUCKET = os.environ.get("JALONS_S3_BUCKET", "")
S3_OPTIONS = {
    "bucket_name": S3_BUCKET,
    "endpoint_url": os.environ.get("JALONS_S3_URL") or None,
    "access_key": os.environ.get("JALONS_S3_KEY", ""),
    "secret_key": os.environ.get("JALONS_S3_SECRET", ""),
    "region_name": os.environ.get("JALONS_S3_REGION") or None,
    "signature_version": "s3v4",
    "addressing_style": "path",
    "default_acl": None,
    "file_overwrite": False,
}
STORAGES = {
    "default": {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": S3_OPTIONS,
    }
    if S3_BUCKET
    else {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or TESTING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG or TESTING
# Files are looked for when asked, not listed each time a client of the tests is made.
WHITENOISE_AUTOREFRESH = DEBUG or TESTING

EMAIL_BACKEND = os.environ.get(
    "JALONS_EMAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend"
)
EMAIL_FILE_PATH = VAR_DIR / "mail"
EMAIL_HOST = os.environ.get("JALONS_SMTP_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("JALONS_SMTP_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("JALONS_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("JALONS_SMTP_PASSWORD", "")
EMAIL_TIMEOUT = 10
EMAIL_USE_TLS = os.environ.get("JALONS_SMTP_TLS") == "1"
# What stands under every mail: mails lie under the app that knows who answers.
MAIL_SIGNATURE = "jalons.hosts.signing.mail_signature"
DEFAULT_FROM_EMAIL = os.environ.get("JALONS_FROM_EMAIL", "jalons@localhost")

SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}
# A survey file of 35 000 rows weighs about 15 MB; larger ones are refused unread.
MAX_UPLOAD_BYTES = 50 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1_000_000

LEGAL_IDENTITY = {
    "publisher": os.environ.get("JALONS_PUBLISHER", ""),
    "publication_director": os.environ.get("JALONS_PUBLICATION_DIRECTOR", ""),
    "hosting": os.environ.get("JALONS_HOSTING", ""),
    "contact": os.environ.get("JALONS_CONTACT", ""),
}
DEMO_EMAIL = "chargee.de.mission@exemple.fr"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "text": {"()": "jalons.privacy.logs.TextFormatter"},
        "json": {"()": "jalons.privacy.logs.JsonFormatter"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": os.environ.get("JALONS_LOGS", "text"),
        }
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    # Theirs would write addresses of pages and words of exceptions.
    "loggers": {
        name: {"handlers": [], "propagate": True, "level": "WARNING"}
        for name in ("django", "django.server", "django_tasks", "uvicorn")
    },
}
