"""A site that has nothing to do with us, on a port of its own: where "Leave this site" leads."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread


class Elsewhere(BaseHTTPRequestHandler):
    """One page about the weather, whatever was asked."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        icon = '<link rel="icon" href="data:,">'
        self.wfile.write(f'<!doctype html><html lang="en"><title>Weather</title>{icon}<h1>Rain later</h1>'.encode())

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


@contextmanager
def served() -> Iterator[str]:
    """Runs it; gives its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/gone"
    server.shutdown()
    server.server_close()
