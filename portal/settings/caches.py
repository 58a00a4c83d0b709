"""Where short-lived things are kept: limits of forms, drawn pages, set paper. None of it is missed when it is gone."""

from typing import Any

from portal.settings.environment import VAR_DIR, env

# A Redis that is away or silent makes pages slower and limits generous; it turns nobody away.
DJANGO_REDIS_IGNORE_EXCEPTIONS = True
DJANGO_REDIS_LOG_IGNORED_EXCEPTIONS = True
PATIENCE: dict[str, Any] = {
    "SOCKET_CONNECT_TIMEOUT": 1,
    "SOCKET_TIMEOUT": 1,
    "CONNECTION_POOL_CLASS": "portal.redis_away.PatientPool",
}


def named(url: str) -> dict[str, Any]:
    """The cache that an address names; one across the network is waited for a second and no longer."""
    cache: dict[str, Any] = env.cache_url_config(url)
    if cache["BACKEND"].startswith("django_redis."):
        cache["OPTIONS"] = {**PATIENCE, **cache.get("OPTIONS", {})}
    return cache


# Paper that was set lies where the worker and every web process find it.
ON_DISK = {
    "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
    "LOCATION": VAR_DIR / "paper",
    "OPTIONS": {"MAX_ENTRIES": 400},
}
# Where a machine's processes tell each other which tables were written (portal/changes).
GENERATIONS = VAR_DIR / "generations"
_url: str = env.str("CACHE_URL", default="")
CACHES: dict[str, dict[str, Any]] = {
    "default": named(_url or "locmemcache://together"),
    "paper": named(_url) if _url else ON_DISK,
}
