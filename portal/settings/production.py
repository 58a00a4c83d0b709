"""A real installation: every secret comes from the environment, HTTPS only, nothing of the demo."""

from portal.settings.base import *  # noqa: F403
from portal.settings.base import CONTENT_SECURITY_POLICY, DATABASES, LOGGING, STORAGES, env
from portal.settings.environment import required, strong, with_prefix

_KEY_HINT = 'Make one with: python3 -c "import base64, os; print(base64.urlsafe_b64encode(os.urandom(32)).decode())"'

SECRET_KEY = strong("SECRET_KEY", 'Make one with: python3 -c "import secrets; print(secrets.token_urlsafe(50))"')
required("REFERRAL_KEYS", _KEY_HINT)
INDEX_KEY = required("INDEX_KEY", _KEY_HINT)
BASE_URL = required("BASE_URL", "It is the public address, such as https://together.example.org.")
required("ALLOWED_HOSTS", "It is the public host name, such as together.example.org.")
CSRF_TRUSTED_ORIGINS = [BASE_URL]
IS_DEMO_ALLOWED = False

if DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql":
    # Opening a connection takes PostgreSQL longer than many a page: they are handed from one page to the next, each looked
    # at first, and after three seconds without a free one the page says that the database is away. Four processes have room
    # in PostgreSQL's usual hundred.
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    DATABASES["default"].setdefault("OPTIONS", {})["pool"] = {"min_size": 1, "max_size": 20, "timeout": 3}

# Mail goes by SMTP (EMAIL_URL) unless EMAIL_BACKEND names one of anymail's; anymail's own names are passed on as they are.
vars().update(env.email("EMAIL_URL", default="smtp://localhost:25"))
EMAIL_BACKEND = env.str("EMAIL_BACKEND", default="django.core.mail.backends.smtp.EmailBackend")
ANYMAIL = with_prefix("ANYMAIL_")

# Uploads go to S3-compatible storage when a bucket is named, by django-storages' own names. The bucket stays private: the
# site itself hands its pictures out, unless another host is named that does.
vars().update({f"AWS_{name}": value for name, value in with_prefix("AWS_").items()})
if env.str("AWS_STORAGE_BUCKET_NAME", default=""):
    STORAGES = {**STORAGES, "default": {"BACKEND": "storages.backends.s3.S3Storage"}}
    AWS_S3_FILE_OVERWRITE = False
    if _elsewhere := env.str("AWS_S3_CUSTOM_DOMAIN", default=""):
        CONTENT_SECURITY_POLICY["DIRECTIVES"]["img-src"].append(f"https://{_elsewhere.split('/')[0]}")
    else:
        AWS_S3_CUSTOM_DOMAIN = f"{BASE_URL.split('://', 1)[-1].rstrip('/')}/media"

SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.int("TRUSTED_PROXIES", default=0) else None
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_NAME = "__Host-csrf"

# One line of JSON for each thing, for whatever gathers the logs.
LOGS_ARE_LINES = True
LOGGING["handlers"]["console"]["formatter"] = "lines"
LOGGING["loggers"]["together.requests"]["level"] = "INFO"
