"""A mail server and a mail provider that take everything and keep nothing, on loopback, in a process of their own.

Run as `python -m benchmarks.mail_sink`; it says its two ports (SMTP, HTTP) on one line and ends when its input does.
"""

import socket
import socketserver
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

END = b"\r\n.\r\n"


class Talk(socketserver.BaseRequestHandler):
    """As little of SMTP as a sender needs."""

    request: socket.socket

    def handle(self) -> None:
        self.request.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.request.sendall(b"220 sink\r\n")
        is_mail = False
        while said := self.request.recv(65536):
            if is_mail:
                while not said.endswith(END):
                    more = self.request.recv(262144)
                    if not more:
                        return
                    said = said[-len(END) :] + more
                is_mail = False
                answer = b"250 taken\r\n"
            else:
                word = said[:4].upper()
                is_mail = word == b"DATA"
                usual = b"250-sink\r\n250 SIZE 9999999\r\n" if word == b"EHLO" else b"250 yes\r\n"
                answer = {b"DATA": b"354 go on\r\n", b"QUIT": b"221 bye\r\n"}.get(word, usual)
            self.request.sendall(answer)


class Mails(socketserver.ThreadingTCPServer):
    daemon_threads = True
    request_queue_size = 64


class Provider(BaseHTTPRequestHandler):
    """Answers every call as Mailgun does."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        answer = b'{"id": "<batch@sink>", "message": "Queued. Thank you."}'
        self.send_response(200)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_: Any) -> None:
        """Nothing to say."""


def main() -> None:
    mails, provider = Mails(("127.0.0.1", 0), Talk), ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    for server in (mails, provider):
        Thread(target=server.serve_forever, daemon=True).start()
    print(mails.server_address[1], provider.server_address[1], flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
