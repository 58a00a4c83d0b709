"""Mail as files: each message becomes one `.eml` under `var/mail/` that any mail program opens."""

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage
from django.utils import timezone


class EmlFiles(BaseEmailBackend):
    """The development mail server: a folder. A file appears whole or not at all."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            self.write(message.message().as_bytes(linesep="\r\n"))
        return len(email_messages)

    def write(self, mail: bytes) -> Path:
        """Keep one mail as it would go over the line."""
        folder = Path(settings.MAIL_DIR)
        folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=folder, suffix=".part")
        with os.fdopen(handle, "wb") as file:
            file.write(mail)
        stamp = timezone.now().strftime("%Y%m%d-%H%M%S-%f")
        return Path(name).replace(folder / f"{stamp}-{Path(name).stem}.eml")
