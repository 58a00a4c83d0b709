"""How the web server is started: granian's flags, in the one place from which demo, units, images and figures take them."""

import os
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path

APPLICATION = "portal.wsgi:application"
FLAGS = (
    # Neither of these has a use here; without them there is less that a stranger can try.
    "--interface", "wsgi", "--http", "1", "--no-ws",
    # One process: what it remembers is remembered once, and SQLite has one writer.
    "--workers", "1",
    # Threads are there to wait in, for slow visitors and in line. How many work at once is in portal/pages/crowd.py.
    "--blocking-threads", "128",
    # A connection counts even while nobody says anything over it: those who only hold one must not use all of them up.
    "--backlog", "1024", "--backpressure", "4096",
    # Milliseconds for all headers, and for a connection over which nothing comes; the proxy in front lets go before.
    "--http1-header-read-timeout", "20000",
    # Bytes of headers, beside which granian takes a hundred lines at most; more are answered 431, a longer address 414.
    "--http1-buffer-size", "65536",
    # It would warn at each start that 128 is more than two processors can use.
    "--log-level", "error",
)  # fmt: skip


# Files and connections that the web process may have open at once, where the system lets it.
MOST_OPEN = 8192


def allow_connections() -> None:
    """Many systems give a process a thousand, which as many idle visitors use up."""
    try:
        import resource
    except ImportError:  # not a Unix
        return
    allowed, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_OPEN if most == resource.RLIM_INFINITY else min(MOST_OPEN, most)
    if allowed != resource.RLIM_INFINITY and allowed < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))


def command(
    *, host: str, port: int, application: str = APPLICATION, python: str = sys.executable, reload: Sequence[Path] = ()
) -> list[str]:
    """The words that start granian; with `reload` it starts anew whenever a file below one of these folders is saved."""
    words = [python, "-m", "granian", *FLAGS, "--host", host, "--port", str(port)]
    if reload:
        words.append("--reload")
        words += [word for folder in reload for word in ("--reload-paths", str(folder))]
    return [*words, application]


def main() -> None:
    """`python -m portal.serving --host 127.0.0.1 --port 8000`: become the web server."""
    parser = ArgumentParser(prog="python -m portal.serving", description=main.__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    asked = parser.parse_args()
    words = command(host=asked.host, port=asked.port)
    sys.stdout.flush()
    os.execv(words[0], words)


if __name__ == "__main__":
    main()
