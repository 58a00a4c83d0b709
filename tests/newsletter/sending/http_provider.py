"""A provider on loopback that talks real HTTP, and letters for it."""

import json
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

from newsletter.rendering.edition import LEAVE_MARK, PREFERENCES_MARK
from newsletter.sending.merging import FrozenMail, Letter

MAIL = FrozenMail(subject="Winter", text=f"{LEAVE_MARK} {PREFERENCES_MARK}", html=f"<a href='{LEAVE_MARK}'>x</a>")


def letter(name: str) -> Letter:
    urls = f"https://t.example/u/{name}/", f"https://t.example/p/{name}/"
    return Letter(1, f"{name}@example.org", f"<{name}@localhost>", *urls)


class Http(HTTPServer):
    """A provider on loopback that keeps what it was asked and answers with one thing."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Asked)
        self.asked: list[bytes] = []
        self.answer: tuple[int, dict[str, str], Any] = (200, {}, {"id": "<batch>", "message": "Queued. Thank you."})


class Asked(BaseHTTPRequestHandler):
    server: Http

    def do_POST(self) -> None:
        self.server.asked.append(self.rfile.read(int(self.headers["Content-Length"])))
        status, headers, body = self.server.answer
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())

    def log_message(self, *_: Any) -> None:
        """Nothing to say."""
