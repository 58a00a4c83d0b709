"""The web server is started with the same words by the demo, the unit, the image and the figures."""

import resource
import sys
from pathlib import Path

import pytest

from portal import serving
from portal.serving import FLAGS, MOST_OPEN, allow_connections, command

ROOT = Path(__file__).resolve().parents[2]
UNIT, IMAGE = ROOT / "deploy" / "together-web.service", ROOT / "deploy" / "Containerfile"


def flag(name: str) -> int:
    return int(FLAGS[FLAGS.index(name) + 1])


def test_unit_and_image_start_the_one_module() -> None:
    assert "/python -m portal.serving --host 127.0.0.1 --port 8000\n" in UNIT.read_text()
    assert '"python", "-m", "portal.serving", "--host", "0.0.0.0"' in IMAGE.read_text()


def test_nobody_else_names_a_flag_of_the_server() -> None:
    places = [*(ROOT / "deploy").iterdir(), *ROOT.glob("portal/**/*.py"), *ROOT.glob("benchmarks/*.py")]
    own = {word for word in FLAGS if word.startswith("--")} - {"--workers", "--http"}
    named = {path.name for path in places if path.is_file() and any(word in path.read_text() for word in own)}
    assert named <= {"serving.py", "servers.py"}  # the second starts others, to compare


def test_the_words_name_the_door_and_what_is_watched() -> None:
    words = command(host="::1", port=8123, reload=[Path("portal"), Path("templates")])
    assert words[:3] == [sys.executable, "-m", "granian"]
    assert words[-1] == "portal.wsgi:application"
    assert words[words.index("--port") + 1] == "8123"
    assert words.count("--reload-paths") == 2


def test_more_may_be_open_than_the_server_lets_in() -> None:
    assert f"LimitNOFILE={MOST_OPEN}\n" in UNIT.read_text()
    assert flag("--backpressure") < MOST_OPEN


@pytest.mark.parametrize(
    ("before", "after"),
    [((1024, 524288), 8192), ((1024, 4096), 4096), ((20000, 524288), None), ((1024, resource.RLIM_INFINITY), 8192)],
)
def test_few_allowed_are_made_more(before: tuple[int, int], after: int | None, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[tuple[int, int]] = []
    monkeypatch.setattr(resource, "getrlimit", lambda which: before)
    monkeypatch.setattr(resource, "setrlimit", lambda which, limits: made.append(limits))
    allow_connections()
    assert made == ([(after, before[1])] if after else [])


def test_the_proxy_lets_go_before_the_server_does() -> None:
    proxy = (ROOT / "deploy" / "Caddyfile").read_text()
    kept = int(proxy.split("keepalive ")[1].split("s\n")[0])
    assert kept * 1000 < flag("--http1-header-read-timeout")


def test_it_becomes_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    became: list[list[str]] = []
    monkeypatch.setattr(sys, "argv", ["serving", "--port", "8123"])
    monkeypatch.setattr(serving.os, "execv", lambda program, words: became.append(words))
    serving.main()
    assert became == [command(host="127.0.0.1", port=8123)]
