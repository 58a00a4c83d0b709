"""A mail server on loopback that talks real SMTP and does as a test tells it."""

import socket
import socketserver
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import ClassVar

Answer = Callable[[str], bytes | None]
CUT = b""


def agreed(address: str) -> bytes | None:
    return None


class Talk(socketserver.StreamRequestHandler):
    """One line. An answer of None is yes, CUT hangs up without a word, anything else is said."""

    server: "MailServer"

    def handle(self) -> None:
        self.server.lines += 1
        self.say(b"220 loopback")
        to = ""
        while line := self.rfile.readline():
            word = line[:4].upper()
            if word == b"RCPT":
                to = line.split(b"<")[1].split(b">")[0].decode()
            if word == b"DATA":
                if not self.answer(self.server.on_data(to), b"354 go on"):
                    return
                mail = b"".join(iter(self.rfile.readline, b".\r\n"))
                self.server.got.append((to, mail))
                if not self.answer(self.server.on_mail(to), b"250 taken"):
                    return
            elif word == b"EHLO":
                self.say(b"250-loopback\r\n250 SIZE 9999999")
            elif word == b"MAIL":
                if not self.answer(self.server.on_sender(line.decode()), b"250 yes"):
                    return
            elif word == b"RCPT":
                if not self.answer(self.server.on_rcpt(to), b"250 yes"):
                    return
            else:
                self.say(b"221 bye" if word == b"QUIT" else b"250 yes")

    def answer(self, told: bytes | None, usual: bytes) -> bool:
        if told == CUT:
            self.connection.shutdown(socket.SHUT_RDWR)
            return False
        self.say(told or usual)
        return not (told or b"").startswith(b"421")

    def say(self, words: bytes) -> None:
        self.wfile.write(words + b"\r\n")


class MailServer(socketserver.ThreadingTCPServer):
    """What it got, in order, as it came over the line; dots that open a line are still doubled."""

    daemon_threads = True
    allow_reuse_address = True
    on_sender: Answer
    on_rcpt: Answer
    on_data: Answer
    on_mail: Answer
    usual: ClassVar[tuple[str, ...]] = ("on_sender", "on_rcpt", "on_data", "on_mail")

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Talk)
        self.got: list[tuple[str, bytes]] = []
        self.lines = 0
        for name in self.usual:
            setattr(self, name, agreed)

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    @property
    def copies(self) -> Counter[str]:
        return Counter(to for to, _ in self.got)

    def handle_error(self, request: object, client_address: object) -> None:
        """Lines that a killed worker leaves behind end in errors that are no news."""


@contextmanager
def mail_server() -> Iterator[MailServer]:
    with MailServer() as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        try:
            yield server
        finally:
            server.shutdown()
