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
        is_begun, to = False, ""
        while line := self.rfile.readline():
            word = line[:4].upper()
            if word == b"DATA":
                if not self.letter(to):
                    return
                is_begun, to = False, ""
            elif word == b"EHLO":
                self.say(b"250-loopback\r\n" + self.server.offers + b"250 SIZE 9999999")
            elif word == b"MAIL":
                told = self.server.on_sender(line.decode())
                is_begun, to = told is None, ""
                if not self.answer(told, b"250 yes"):
                    return
            elif word == b"RCPT":
                asked = line.split(b"<")[1].split(b">")[0].decode()
                told = self.server.on_rcpt(asked)
                if told is None and not is_begun:
                    told = b"503 from whom?"
                to = asked if told is None else ""
                if not self.answer(told, b"250 yes"):
                    return
            else:
                self.say(b"221 bye" if word == b"QUIT" else b"250 yes")

    def letter(self, to: str) -> bool:
        """Take one, or none where nobody was named; whether the line goes on."""
        told = self.server.on_data(to)
        if not to and told is None:
            told = None if self.server.hears_letters_to_nobody else b"503 to whom?"
        if not self.answer(told, b"354 go on"):
            return False
        if told:
            return True
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                return False
            lines.append(line)
        if not to:
            self.server.to_nobody.append(b"".join(lines))
            return self.answer(b"554 to nobody", b"")
        self.server.got.append((to, b"".join(lines)))
        return self.answer(self.server.on_mail(to), b"250 taken")

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
    # b"250-PIPELINING\r\n" where several commands may come in one breath.
    offers = b""
    # Whether a letter may begin although every address was refused; only who sends in groups ever finds out.
    hears_letters_to_nobody = False
    usual: ClassVar[tuple[str, ...]] = ("on_sender", "on_rcpt", "on_data", "on_mail")

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Talk)
        self.got: list[tuple[str, bytes]] = []
        self.to_nobody: list[bytes] = []
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
