"""Whether web and worker keep their memory over ten minutes of visitors: pages, forms with photos, and the work that follows."""

import io
import itertools
import re
import statistics
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from html import unescape
from pathlib import Path

from PIL import Image

from benchmarks.measure import Row
from benchmarks.running_demo import RunningDemo, demo

ROOT = Path(__file__).resolve().parent.parent
SECONDS = 600
LOOK_EVERY_SECONDS = 10
VISITORS = 3
# Each asks, waits a little and asks again: so many in all, and no more.
PAUSE_SECONDS = 0.2
PAGES = (
    "/",
    "/warm-spaces/",
    "/whats-on/",
    "/have-your-say/",
    "/news/",
    "/get-help/",
    "/search/?query=hall",
    "/privacy/",
)
FORM = "/have-your-say/add/"
AIMS = {"web": 200, "worker": 150}
MEGAPIXELS_25 = (5760, 4320)
FIGURE = "private memory that nobody else can use (Anonymous of /proc/…/smaps_rollup); mapped files and shared pages are left out"


def rows() -> list[Row]:
    """How much each has at the end, and how much more than after the first third."""
    with (
        tempfile.TemporaryDirectory(prefix="together-soak-") as scratch,
        demo(ROOT, TOGETHER_ENV="here", VAR_DIR=scratch, DJANGO_SETTINGS_MODULE="portal.settings.dev") as running,
    ):
        looks, asked = soak(running)
    return [row for name, sizes in looks.items() for row in told(name, sizes, asked)]


def told(name: str, sizes: list[int], asked: int) -> list[Row]:
    """Rows of one process; the first third, in which everything is used for the first time, is not part of the slope."""
    later = sizes[len(sizes) // 3 :]
    slope = statistics.linear_regression([look * LOOK_EVERY_SECONDS for look in range(len(later))], later).slope
    minutes = len(sizes) * LOOK_EVERY_SECONDS / 60
    return [
        Row(
            f"Memory of {name} after {minutes:.0f} minutes",
            f"{sizes[-1] / 1e6:.0f} MB, at most {max(sizes) / 1e6:.0f} MB",
            f"{asked:,} answers, pictures of 25 megapixels among them; {FIGURE}; aim {AIMS[name]} MB",
        ),
        Row(f"Slope of {name}", f"{slope * 3600 / 1e6:+.1f} MB an hour", f"{len(later)} looks after the first third"),
    ]


def soak(running: RunningDemo, *, seconds: int = SECONDS) -> tuple[dict[str, list[int]], int]:
    """Bytes of each process every ten seconds, and how many answers were given."""
    until, count = time.monotonic() + seconds, itertools.count()
    visitors = [threading.Thread(target=_visits, args=(running, until, count)) for _ in range(VISITORS)]
    visitors.append(threading.Thread(target=_sends_photos, args=(running, until, count)))
    for visitor in visitors:
        visitor.start()
    looks: dict[str, list[int]] = {name: [] for name in AIMS}
    while time.monotonic() < until:
        time.sleep(LOOK_EVERY_SECONDS)
        for name, size in running.memory_of_children("Anonymous").items():
            looks[name].append(size)
    for visitor in visitors:
        visitor.join()
    return looks, next(count)


def _visits(running: RunningDemo, until: float, count: Iterator[int]) -> None:
    for number, path in enumerate(itertools.cycle(PAGES)):
        if time.monotonic() > until:
            return
        # Every other one asks for a page that nobody asked for before.
        _ask(running, path if number % 2 else f"{path}{'&' if '?' in path else '?'}soak={number}", count)
        time.sleep(PAUSE_SECONDS)


def _sends_photos(running: RunningDemo, until: float, count: Iterator[int]) -> None:
    """Somebody leaves a comment every few seconds, each time with the largest picture that is taken."""
    pictures = {kind: _picture(kind) for kind in ("JPEG", "PNG", "WEBP")}
    for kind in itertools.cycle(pictures):
        if time.monotonic() > until:
            return
        page = _ask(running, FORM, count)
        typed = dict(_HIDDEN.findall(page)) | {
            "words": f"Soak {kind}",
            "feeling": "idea",
            "go": "preview",
            "website": "",
        }
        _ask(running, FORM, count, _as_form({name: unescape(value) for name, value in typed.items()}, pictures[kind]))
        time.sleep(PAUSE_SECONDS * 10)


_HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


def _ask(running: RunningDemo, path: str, count: Iterator[int], body: tuple[bytes, str] | None = None) -> str:
    token = "a" * 32
    request = urllib.request.Request(f"{running.url}{path}", data=body[0] if body else None)
    request.add_header("Cookie", f"csrftoken={token}")
    if body:
        request.add_header("Content-Type", body[1])
    try:
        with urllib.request.urlopen(request, timeout=120) as answer:
            page = answer.read().decode(errors="replace")
    except urllib.error.HTTPError as refused:
        page = refused.read().decode(errors="replace")
    next(count)
    return page


def _as_form(typed: dict[str, str], picture: bytes) -> tuple[bytes, str]:
    edge = "edge-of-a-part"
    typed["csrfmiddlewaretoken"] = "a" * 32
    parts = [
        f'--{edge}\r\nContent-Disposition: form-data; name="{n}"\r\n\r\n{v}\r\n'.encode() for n, v in typed.items()
    ]
    head = f'--{edge}\r\nContent-Disposition: form-data; name="photo"; filename="p"\r\nContent-Type: image/jpeg\r\n\r\n'
    return b"".join(
        [*parts, head.encode(), picture, f"\r\n--{edge}--\r\n".encode()]
    ), f"multipart/form-data; boundary={edge}"


def _picture(kind: str) -> bytes:
    out = io.BytesIO()
    Image.linear_gradient("L").resize(MEGAPIXELS_25).convert("RGB").save(out, kind)
    return out.getvalue()
