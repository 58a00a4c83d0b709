"""The published table of MDN's HTTP Observatory, replayed: what each header adds to a hundred or takes from it.

The figures are those of its `src/grader/charts.js` (algorithm 4, read in November 2026): points above a hundred count only
where nothing took it below ninety. What needs a network (redirects, the preload list) is asked of the settings instead.
"""

import re
from collections.abc import Mapping
from http.cookies import Morsel
from typing import Any

BROAD = {"ftp:", "http:", "https:", "*", "http://*", "http://*.*", "https://*", "https://*.*"}
UNSAFE = {"'unsafe-inline'", "data:"}
LEAST_FOR_EXTRAS = 90
SIX_MONTHS = 15_768_000
PRIVATE = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}


def mark(headers: Mapping[str, str], cookies: Mapping[str, Morsel[Any]], body: str) -> tuple[int, dict[str, int]]:
    """The score of one answer over HTTPS, and what each test gave or took."""
    directives = directives_of(headers.get("Content-Security-Policy", ""))
    given = {
        "policy": _policy(directives),
        "cookies": _cookies(cookies),
        "cors": _cors(headers),
        "referrer": _referrer(headers.get("Referrer-Policy")),
        "hsts": _hsts(headers.get("Strict-Transport-Security")),
        "scripts": _scripts(body),
        "sniffing": 0 if headers.get("X-Content-Type-Options", "").lower() == "nosniff" else -5,
        "framing": _framing(headers, directives),
        "embedding": _embedding(headers.get("Cross-Origin-Resource-Policy")),
    }
    least = 100 + sum(points for points in given.values() if points < 0)
    extras = sum(points for points in given.values() if points > 0)
    return max(least + (extras if least >= LEAST_FOR_EXTRAS else 0), 0), given


def directives_of(policy: str) -> dict[str, set[str]]:
    parts = [part.split() for part in policy.lower().split(";") if part.strip()]
    return {part[0]: set(part[1:]) for part in parts}


def _policy(directives: dict[str, set[str]]) -> int:
    if not directives:
        return -25
    default = directives.get("default-src", {"*"})
    script, objects, style = (directives.get(f"{name}-src", default) for name in ("script", "object", "style"))
    passive = directives.get("img-src", default) | directives.get("media-src", default)
    if script & (BROAD | UNSAFE) or objects & BROAD:
        return -20
    active = set().union(*(sources for name, sources in directives.items() if name not in {"img-src", "media-src"}))
    if any(source.startswith(("http:", "ftp:")) for source in active):
        return -20
    if "'unsafe-eval'" in script | style or any(source.startswith(("http:", "ftp:")) for source in passive):
        return -10
    if style & (BROAD | UNSAFE):
        return 0
    return 10 if default == {"'none'"} else 5


def _cookies(cookies: Mapping[str, Morsel[Any]]) -> int:
    """Sites that send HSTS lose less for a cookie that is not Secure; ours must lose nothing, so the harder figures stand."""
    worst = 5 if cookies else 0
    for name, cookie in cookies.items():
        is_session = any(word in name.lower() for word in ("login", "sess"))
        if not cookie["secure"]:
            worst = min(worst, -40 if is_session else -20)
        if is_session and not cookie["httponly"]:
            worst = min(worst, -30)
        if cookie["samesite"].lower() not in {"lax", "strict"}:
            worst = min(worst, -20 if "csrf" in name.lower() or cookie["samesite"] else 0)
    return worst


def _cors(headers: Mapping[str, str]) -> int:
    allowed = headers.get("Access-Control-Allow-Origin")
    return -50 if allowed and headers.get("Access-Control-Allow-Credentials", "").lower() == "true" else 0


def _referrer(policy: str | None) -> int:
    if policy is None:
        return 0
    return 5 if policy.split(",")[-1].strip().lower() in PRIVATE else -5


def _hsts(header: str | None) -> int:
    age = re.search(r"max-age=(\d+)", header or "")
    if age is None:
        return -20
    return 0 if int(age[1]) >= SIX_MONTHS else -10


def _scripts(body: str) -> int:
    sources = re.findall(r"<script[^>]*\ssrc=[\"']([^\"']+)", body)
    if any(source.startswith(("http://", "//")) for source in sources):
        return -50
    return -5 if any(source.startswith("https://") for source in sources) else 0


def _framing(headers: Mapping[str, str], directives: dict[str, set[str]]) -> int:
    ancestors = directives.get("frame-ancestors")
    if ancestors and not ancestors & BROAD:
        return 5
    return 0 if headers.get("X-Frame-Options", "").upper() in {"DENY", "SAMEORIGIN"} else -20


def _embedding(policy: str | None) -> int:
    if policy is None or policy == "cross-origin":
        return 0
    return 10 if policy in {"same-origin", "same-site"} else -5
