"""A mail server that does as a test tells it."""

from collections import Counter
from collections.abc import Callable, Sequence

from django.core.mail import EmailMessage


class Killed(BaseException):
    """The worker is gone: nothing of ours catches this."""


class MailServer:
    """Stands in for the open line. `before` and `after` are called with each address and may raise."""

    def __init__(self) -> None:
        self.got: list[EmailMessage] = []
        self.opened = 0
        self.before: Callable[[str], None] = lambda address: None
        self.after: Callable[[str], None] = lambda address: None
        self.on_open: Callable[[], None] = lambda: None

    def open(self) -> None:
        self.opened += 1
        self.on_open()

    def close(self) -> None:
        """Nothing to close."""

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        for message in messages:
            self.before(message.to[0])
            self.got.append(message)
            self.after(message.to[0])
        return len(messages)

    @property
    def copies(self) -> Counter[str]:
        """How many copies each address got."""
        return Counter(message.to[0] for message in self.got)
