"""What every installation shares: apps, middleware, storage, mail and the security headers."""

from typing import Any

from csp.constants import NONE, SELF

from portal.settings.caches import *  # noqa: F403
from portal.settings.environment import ROOT, VAR_DIR, env
from portal.settings.kept import *  # noqa: F403
from portal.settings.sign_in import *  # noqa: F403
from portal.settings.wagtail import *  # noqa: F403

BASE_DIR = ROOT
VAR_DIR.mkdir(parents=True, exist_ok=True)
# What the processes that the portal starts are given.
SURROUNDINGS: dict[str, str] = dict(env.ENVIRON)
DEBUG = False
ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
BASE_URL: str = env.str("BASE_URL", default="http://localhost:8000")
WAGTAILADMIN_BASE_URL = BASE_URL
CSRF_TRUSTED_ORIGINS = [BASE_URL]
# How many proxies of ours stand in front: they alone say where a visitor is.
TRUSTED_PROXIES: int = env.int("TRUSTED_PROXIES", default=0)
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
QUICK_EXIT_URL: str = env.str("QUICK_EXIT_URL", default="https://www.bbc.co.uk/weather")

INSTALLED_APPS = [
    "portal.accounts",
    "portal.audit",
    "portal.privacy",
    "portal.emails",
    "portal.geo",
    "portal.pages",
    "engagement.directory",
    "engagement.comments",
    "selfreferral",
    "newsletter",
    "portal.rights",
    "portal.insight",
    "portal.operations",
    "portal.demo",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "leaflet",
    "anymail",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "wagtail.contrib.settings",
    "wagtail.contrib.redirects",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.forms",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "portal.logs.Numbered",
    "portal.pages.packing.Packed",
    "portal.pages.kept_pages.KeptPages",
    "portal.pages.middleware.Headers",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.pages.middleware.WithoutNulBytes",
    "portal.pages.known.KnownSite",
    "portal.pages.middleware.ContentSecurityPolicy",
    "portal.pages.middleware.HonestWhenStuck",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "portal.pages.crowd.Crowd",
    "allauth.account.middleware.AccountMiddleware",
    "portal.accounts.middleware.StaffAtTheDoor",
    "portal.pages.known.KnownRights",
    "portal.pages.side_doors.SideDoors",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.pages.context.site",
            ],
        },
    },
    {
        # Subjects and text parts of mails: plain text, so nothing is escaped as HTML.
        "NAME": "text",
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "OPTIONS": {"autoescape": False},
    },
]

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'together.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # IMMEDIATE lets a writer wait its turn instead of failing. Commits do not wait for the disk by themselves: what
    # somebody is told that we have does (portal/power_cuts.py).
    DATABASES["default"]["ENGINE"] = "portal.one_writer"
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA mmap_size=134217728;"
            "PRAGMA journal_size_limit=27103364;PRAGMA cache_size=-16000;PRAGMA temp_store=MEMORY;"
            # What is deleted or overwritten, such as the key of an erased referral, leaves nothing between the rows.
            "PRAGMA secure_delete=FAST;"
        ),
    }
else:
    # Each of the many threads would keep a connection of its own, and PostgreSQL has a hundred for all: they are given back.
    DATABASES["default"]["CONN_MAX_AGE"] = 0
# Paper is set by a process of its own, which gives its memory back (portal/typesetting.py).
IS_SET_APART = True
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
MEDIA_ROOT = VAR_DIR / "media"
MEDIA_URL = "/media/"
STATIC_ROOT = VAR_DIR / "static"
STATIC_URL = "/static/"
STATICFILES_DIRS = [ROOT / "portal" / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "portal.static_files.Collected"},
}
# A megabyte of words gets a clear answer, and its words back, on the page itself.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
FILE_UPLOAD_PERMISSIONS = 0o640

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True
FORMAT_MODULE_PATH = ["portal.formats"]

CSRF_COOKIE_HTTPONLY = True
# It goes with the browser: after a year it would still tell that a form was opened here.
CSRF_COOKIE_AGE = None
CSRF_FAILURE_VIEW = "portal.pages.errors.expired_form"

# Old keys: links in mails that were signed with them still work, for years.
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", default=[])

DEFAULT_FROM_EMAIL: str = env.str("DEFAULT_FROM_EMAIL", default="Together <together@example.org>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
MAIL_DIR = VAR_DIR / "mail"
EMAIL_TIMEOUT = 30
# How many copies of the newspaper the mail provider takes in a minute, by all workers together; 0 is no limit.
MAIL_PER_MINUTE: int = env.int("MAIL_PER_MINUTE", default=0)

# How many mails a day people without an account may have us send, by all forms together; what is over waits a day.
STRANGERS_MAILS_A_DAY: int = env.int("STRANGERS_MAILS_A_DAY", default=300)

MAP_TILES_URL: str = env.str("MAP_TILES_URL", default="")
MAP_TILES_ATTRIBUTION: str = env.str("MAP_TILES_ATTRIBUTION", default="")
LEAFLET_CONFIG = {
    "TILES": [("Map", MAP_TILES_URL, {"attribution": MAP_TILES_ATTRIBUTION})] if MAP_TILES_URL else [],
    "RESET_VIEW": False,
    "NO_GLOBALS": False,
}

_tiles_origin = ["/".join(MAP_TILES_URL.split("/", 3)[:3]).replace("{s}", "*")] if MAP_TILES_URL else []
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", *_tiles_origin],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    },
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
# Wagtail shows previews in a frame of its own; under /staff/ the middleware says so.
X_FRAME_OPTIONS = "DENY"
SILENCED_SYSTEM_CHECKS: list[str] = []

# A form that comes back sooner than this was not filled by a person.
FASTEST_PERSON_SECONDS: int = env.int("FASTEST_PERSON_SECONDS", default=2)

# Keys of the referral room (newest first) and of blind indexes.
REFERRAL_KEYS: list[str] = env.list("REFERRAL_KEYS", default=[])
INDEX_KEY: str = env.str("INDEX_KEY", default="")
# How many people's names can leave in one file.
REFERRAL_EXPORT_ROWS: int = env.int("REFERRAL_EXPORT_ROWS", default=200)

# What the partnership promises to people who asked for help.
FIRST_CONTACT_DAYS: int = env.int("FIRST_CONTACT_DAYS", default=2)
URGENT_CONTACT_DAYS: int = env.int("URGENT_CONTACT_DAYS", default=1)
DOOR_OPEN_TRIES: int = env.int("DOOR_OPEN_TRIES", default=4)
DOOR_OPEN_DAYS: int = env.int("DOOR_OPEN_DAYS", default=14)
# How long a referral is kept for whoever picked it up to read.
READING_MINUTES: int = env.int("READING_MINUTES", default=30)
# A channel of the team's that is told how many are new and overdue, and nothing else.
TEAMS_WEBHOOK_URL: str = env.str("TEAMS_WEBHOOK_URL", default="")

# In figures: how often people have said how they are before their distance is counted, and from which of these times.
DISTANCE_AT_LEAST: int = env.int("DISTANCE_AT_LEAST", default=3)
DISTANCE_BASELINE: int = env.int("DISTANCE_BASELINE", default=1)

# Public keys of age (age1…): who can open a backup. Without any, production makes none.
BACKUP_AGE_RECIPIENTS: list[str] = env.list("BACKUP_AGE_RECIPIENTS", default=[])
# What Prometheus shows to read /metrics; without it that address answers 404.
METRICS_TOKEN: str = env.str("METRICS_TOKEN", default="")

# Whether what ends a process goes into the log as a line of its own.
LOGS_ARE_LINES = False
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"()": "portal.logs.Plain"}, "lines": {"()": "portal.logs.Lines"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        # Django would write mails about errors, which quote what was typed.
        "django": {"handlers": [], "propagate": True},
        # One line for each request; a developer sees only what went wrong.
        "together.requests": {"level": "WARNING"},
        # Request lines could name a private page; ids are enough for us.
        "django.request": {"level": "ERROR"},
        "django_tasks": {"level": "WARNING"},
        "opening_hours": {"level": "ERROR"},
    },
}
