"""A worker that is really killed (SIGKILL) while it sends, and another that carries on; run as a program of its own."""

import json
import os
import signal
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from email import message_from_bytes
from pathlib import Path

READERS = 12


def main(moment: str, number: int) -> None:
    """Prepare a sending, fork a worker that dies `moment` its `number`th mail, carry on, and say what came of it."""
    import django

    django.setup()
    from django.core.mail import EmailMessage
    from django.db import connection
    from django.utils import timezone

    from newsletter.models import Campaign
    from newsletter.sending import postman
    from newsletter.workflow import LEASE, UNDO_FOR
    from portal.emails.backends import EmlFiles

    class Deadly(EmlFiles):
        """Writes mails to files, and dies before or after one of them."""

        sent = 0

        def send_messages(self, messages: Sequence[EmailMessage]) -> int:
            Deadly.sent += 1
            if Deadly.sent == number and moment == "before":
                os.kill(os.getpid(), signal.SIGKILL)
            written = super().send_messages(messages)
            if Deadly.sent == number and moment == "after":
                os.kill(os.getpid(), signal.SIGKILL)
            return written

    start = timezone.now() + UNDO_FOR
    campaign_id = prepare()
    connection.close()
    child = os.fork()
    if child == 0:
        choice.get_connection = Deadly
        carry(campaign_id, start)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    campaign = Campaign.objects.get(pk=campaign_id)
    between = campaign.deliveries.counts()
    carry(campaign_id, start + LEASE + timedelta(minutes=1))
    campaign.refresh_from_db()
    print(
        json.dumps(
            {
                "killed_by": os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0,
                "between": between,
                "state": campaign.state,
                "after": campaign.deliveries.counts(),
                "mails": mails(),
                "uncertain": [copy.subscriber.email for copy in campaign.deliveries.uncertain() if copy.subscriber],
            }
        )
    )


def carry(campaign_id: int, now: datetime) -> None:
    from newsletter.sending import postman

    postman.carry_on(campaign_id, clock=lambda: now)


def prepare() -> int:
    from portal.accounts.models import User
    from tests.factories.newsletter import a_campaign, readers

    readers(READERS)
    return a_campaign(User.objects.create_user("editor@demo.example", "x")).pk


def mails() -> Counter[str]:
    """How many mails lie in the folder for each address."""
    from django.conf import settings

    files = Path(settings.MAIL_DIR).glob("*.eml")
    return Counter(str(message_from_bytes(path.read_bytes())["To"]) for path in files)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
