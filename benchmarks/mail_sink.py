"""A mail server and a mail provider that take everything and keep nothing, on loopback, in a process of their own.

Run as `python -m benchmarks.mail_sink`; it says its ports (SMTP, SMTP with PIPELINING, HTTP) on one line
and ends when its input does.
"""

import socket
import socketserver
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

END = b"\r\n.\r\n"
LONGEST, TAIL = 262_144, 1_000
ANSWERS = {b"DATA": b"354 go on\r\n", b"QUIT": b"221 bye\r\n"}


class Talk(socketserver.BaseRequestHandler):
    """As little of SMTP as a sender needs: one command at a time, as smtplib talks."""

    request: socket.socket
    offers = b"250-sink\r\n250 SIZE 9999999\r\n"

    def handle(self) -> None:
        self.request.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.request.sendall(b"220 sink\r\n")
        room = memoryview(bytearray(LONGEST))
        heard, is_mail = b"", False
        while size := self.request.recv_into(room):
            # Of a letter nothing is kept but its last bytes, and behind its end there are no more than a few commands.
            heard += bytes(room[:size] if not is_mail or size < TAIL else room[size - TAIL : size])
            answers = b""
            while True:
                if is_mail:
                    end = heard.rfind(END)
                    if end < 0:
                        heard = heard[-len(END) :]
                        break
                    heard, is_mail, answer = heard[end + len(END) :], False, b"250 taken\r\n"
                else:
                    command, end_of_line, rest = heard.partition(b"\r\n")
                    if not end_of_line:
                        break
                    word = command[:4].upper()
                    is_mail = word == b"DATA"
                    heard = b"\r\n" + rest if is_mail else rest
                    answer = self.offers if word == b"EHLO" else ANSWERS.get(word, b"250 yes\r\n")
                answers += answer
            if answers:
                self.request.sendall(answers)


class TalkInGroups(Talk):
    """The same where several commands may come in one breath (RFC 2920), as most mail servers let them."""

    offers = b"250-sink\r\n250-PIPELINING\r\n250 SIZE 9999999\r\n"


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
    here = ("127.0.0.1", 0)
    servers = [Mails(here, Talk), Mails(here, TalkInGroups), ThreadingHTTPServer(here, Provider)]
    for server in servers:
        Thread(target=server.serve_forever, daemon=True).start()
    print(*(server.server_address[1] for server in servers), flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
