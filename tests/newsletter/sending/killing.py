"""A worker that is really killed (SIGKILL) while it sends, and another that carries on; run as a program of its own.

What goes over, goes over real SMTP to a mail server in this process, so a kill in the middle of the talk is one.
"""

import json
import os
import signal
import sys
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from multiprocessing import Barrier
from typing import Any

READERS, BATCH = 12, 3
# Moments of the second batch, whose middle letter is the fifth of all; before the first; and when the last is written down.
# What became of a batch commits together with the beginning of the next.
STEPS = (
    "first claim",
    "claimed",
    "begun, not committed",
    "begun",
    "before a mail",
    "after data",
    "after a mail",
    "before settling",
    "settled, not committed",
    "finishing",
)
IN_GROUPS = b"250-PIPELINING\r\n"
BATCH_NUMBER, MAIL_NUMBER = 2, 5
Wait = Callable[[float], int] | None


def main(workers: int, way: str, *steps: str) -> None:
    """For each step prepare a sending, fork a worker that dies there (and others that live), carry on, and say what came of
    it, as one line of JSON."""
    import django

    django.setup()
    from django.conf import settings

    from tests.factories.newsletter import readers
    from tests.newsletter.sending.loopback import mail_server

    readers(READERS)
    with mail_server() as server:
        server.offers = IN_GROUPS if way == "in groups" else b""
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", server.port, 10
        told = {}
        for step in steps:
            server.got.clear()
            told[step] = one(step, workers=workers) | {"mails": Counter(to for to, _ in server.got)}
    print(json.dumps(told))


def one(step: str, *, workers: int) -> dict[str, Any]:
    """One sending: carried on until a worker is killed, and then to its end."""
    from django.db import connections
    from django.utils import timezone

    from newsletter.actions import campaigns
    from newsletter.models import Campaign
    from newsletter.workflow import LEASE, UNDO_FOR

    start = timezone.now() + UNDO_FOR
    campaign_id = prepare(step)
    if workers > 1:  # else only the first to come starts it, and the others go away again
        campaigns.start(campaign=Campaign.objects.get(pk=campaign_id))
    connections.close_all()
    everybody_has_some = Barrier(workers).wait if workers > 1 else None
    children = [forked(partial(dying, step, campaign_id, start, everybody_has_some))]
    children += [forked(partial(carry, campaign_id, start, everybody_has_some)) for _ in range(workers - 1)]
    statuses = [os.waitpid(child, 0)[1] for child in children]
    campaign = Campaign.objects.get(pk=campaign_id)
    between = campaign.deliveries.counts()
    carry(campaign_id, start + LEASE + timedelta(minutes=1))
    campaign.refresh_from_db()
    return {
        "killed_by": os.WTERMSIG(statuses[0]) if os.WIFSIGNALED(statuses[0]) else 0,
        "others": statuses[1:],
        "between": between,
        "state": campaign.state,
        "after": campaign.deliveries.counts(),
        "uncertain": [copy.subscriber.email for copy in campaign.deliveries.uncertain() if copy.subscriber],
    }


def forked(work: Callable[[], None]) -> int:
    child = os.fork()
    if child == 0:
        try:
            work()
        finally:
            os._exit(0)
    return child


def dying(step: str, campaign_id: int, now: datetime, wait: Wait = None) -> None:
    """Carry on, and die at this step."""
    from newsletter.actions import campaigns, deliveries
    from newsletter.sending import postman
    from newsletter.sending.smtp import Smtp

    if step == "first claim":
        die_at(deliveries, "begin", number=1, first=True)
    elif step == "claimed":
        die_at(deliveries, "begin", number=BATCH_NUMBER, first=True)
    elif step == "begun, not committed":
        die_at(deliveries, "begin", number=BATCH_NUMBER)
    elif step == "begun":
        die_at(postman, "hand_over", number=BATCH_NUMBER, first=True)
    elif step == "before a mail":
        die_at(Smtp, "_announce", number=MAIL_NUMBER, first=True)
    elif step == "after data":
        die_at(Smtp, "_hand_over", number=MAIL_NUMBER if wait is None else 2, half_way=True)
    elif step == "after a mail":
        die_at(Smtp, "_hand_over", number=MAIL_NUMBER)
    elif step == "before settling":
        die_at(deliveries, "submit", number=BATCH_NUMBER, first=True)
    elif step == "settled, not committed":
        die_at(deliveries, "submit", number=BATCH_NUMBER)
    elif step == "finishing":
        die_at(campaigns, "finish", number=1, first=True)
    carry(campaign_id, now, wait)


def die_at(owner: Any, name: str, *, number: int, first: bool = False, half_way: bool = False) -> None:
    """Have the `number`th call of something end in a kill: before it, after it, or as it waits for its answer."""
    real, calls = getattr(owner, name), Counter[str]()

    def deadly(*values: Any, **named: Any) -> Any:
        calls[name] += 1
        is_time = calls[name] == number
        if is_time and half_way:
            line, body, *_ = values
            line.connection.connection.send(body + b".\r\n")
            line.connection.connection.sock.recv(1)
        if is_time and (first or half_way):
            os.kill(os.getpid(), signal.SIGKILL)
        answer = real(*values, **named)
        if is_time:
            os.kill(os.getpid(), signal.SIGKILL)
        return answer

    setattr(owner, name, deadly)


def carry(campaign_id: int, now: datetime, wait: Wait = None) -> None:
    """Carry on; with `wait`, begin only when every other worker has claimed copies of its own as well."""
    from newsletter.actions import deliveries
    from newsletter.sending import postman

    postman.BATCH = BATCH
    postman.BATCHES_A_CLAIM = 2 if wait is None else 1
    if wait is not None:
        real, waited = deliveries.claim, list[int]()

        def claims(**named: Any) -> list[deliveries.Copy]:
            copies = real(**named)
            if not waited:
                waited.append(wait(30))
            return copies

        deliveries.claim = claims
    postman.carry_on(campaign_id, clock=lambda: now)


def prepare(step: str) -> int:
    from portal.accounts.models import User
    from tests.factories.newsletter import a_campaign, an_issue

    editor, _ = User.objects.get_or_create(email="editor@demo.example")
    return a_campaign(editor, issue=an_issue(title=f"Killed {step}", slug=step.replace(",", "").replace(" ", "-"))).pk


if __name__ == "__main__":
    main(int(sys.argv[1]), *sys.argv[2:])
