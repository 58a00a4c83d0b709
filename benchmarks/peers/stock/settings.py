"""The settings of `wagtail start`, in production; STOCK_CACHE names the cache of whole pages, if any."""

import os
from pathlib import Path

KEPT = Path(os.environ["STOCK_DIR"])
CACHE = os.environ.get("STOCK_CACHE", "")
SECRET_KEY = "x" * 50
DEBUG = False
ALLOWED_HOSTS = ["localhost"]
ROOT_URLCONF = "benchmarks.peers.stock.urls"
WSGI_APPLICATION = "benchmarks.peers.stock.wsgi.application"
INSTALLED_APPS = [
    "benchmarks.peers.stock",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
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
    "django_filters",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    *(["wagtailcache"] if CACHE == "wagtail-cache" else []),
]
FIRST_AND_LAST = {
    "": (),
    "locmem": ("django.middleware.cache.UpdateCacheMiddleware", "django.middleware.cache.FetchFromCacheMiddleware"),
    "file": ("django.middleware.cache.UpdateCacheMiddleware", "django.middleware.cache.FetchFromCacheMiddleware"),
    "wagtail-cache": ("wagtailcache.cache.UpdateCacheMiddleware", "wagtailcache.cache.FetchFromCacheMiddleware"),
}[CACHE]
MIDDLEWARE = [
    *FIRST_AND_LAST[:1],
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    *FIRST_AND_LAST[1:],
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
            ],
        },
    },
]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": KEPT / "stock.sqlite3"}}
_ON_DISK = {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": KEPT / "pages"}
_IN_MEMORY = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
CACHES = {"default": _ON_DISK if CACHE == "file" else _IN_MEMORY}
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
STATIC_URL = "/static/"
STATIC_ROOT = KEPT / "static"
MEDIA_ROOT = KEPT / "media"
MEDIA_URL = "/media/"
WAGTAIL_SITE_NAME = "Stock"
WAGTAILADMIN_BASE_URL = "http://localhost"
WAGTAIL_CACHE = CACHE == "wagtail-cache"
