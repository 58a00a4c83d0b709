"""The newspaper on one database: freezes and sends to few and to many, then measures ways of sending whenever it is told to.

Run as `python -m benchmarks.newspaper_at SMTP_PORT SMTP_PORT_IN_GROUPS HTTP_PORT FEW MANY` by `benchmarks.newspaper`. Each
figure is seconds a mail.
"""

import gc
import json
import os
import smtplib
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import django

from benchmarks.measure import seconds

SLOW, USUAL = 40, 2000
OURS = {"ours", "one by one", "anymail"}
TINY = b"Subject: x\r\n\r\nx\r\n"
SENDER = "together@example.org"
Work = Callable[[], object]


def main(smtp_port: int, groups_port: int, http_port: int, few: int, many: int) -> None:
    django.setup()
    from django.conf import settings

    # In processes of their own, so that what they leave behind does not hide what the sending takes.
    for words in (("migrate", "--verbosity=0"), ("load_demo", "--password=bench")):
        subprocess.run([sys.executable, "manage.py", *words], check=True, stdout=sys.stderr)
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", groups_port
    _by_smtp()
    settings.ANYMAIL = {
        "MAILGUN_API_KEY": "x",
        "MAILGUN_SENDER_DOMAIN": "example.org",
        "MAILGUN_API_URL": f"http://127.0.0.1:{http_port}/v3",
    }
    facts = _whole_sending(few, "few") | _whole_sending(many, "many")
    campaign, _ = _frozen("in turn")
    facts["bytes"] = len(campaign.html) + len(campaign.text)
    Path(os.environ["NEWSLETTER_WORDS"]).write_text(campaign.html)
    _start(campaign)
    print(json.dumps(facts), flush=True)
    works = list(_works(smtp_port, groups_port, campaign).items())
    for _, (work, _) in works:
        work()
    for _ in sys.stdin:
        before = campaign.deliveries.queued().count()
        print(json.dumps({name: seconds(work) / mails for name, (work, mails) in works}), flush=True)
        if before - campaign.deliveries.queued().count() != USUAL * len(OURS):
            raise RuntimeError("not as many went as were to be measured")
        works.reverse()


def _by_smtp() -> None:
    from django.conf import settings

    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"


def _whole_sending(size: int, name: str) -> dict[str, float]:
    """So many readers, one issue to all of them from the freezing to the last copy; and the most memory it took on the way."""
    from newsletter.sending.postman import carry_on

    _fill(size)
    gc.collect()
    # From now on the kernel counts the peak afresh (proc(5)): it would never fall by itself.
    Path("/proc/self/clear_refs").write_text("5")
    campaign, frozen = _frozen(name)
    _start(campaign)

    def sent() -> None:
        while campaign.deliveries.unfinished().exists():
            carry_on(campaign.pk)

    taken = seconds(sent)
    return {f"freeze {name}": frozen, f"send {name}": taken, f"peak {name}": _peak()}


def _peak() -> float:
    """In MB."""
    (line,) = (one for one in Path("/proc/self/status").read_text().splitlines() if one.startswith("VmHWM:"))
    return int(line.split()[1]) / 1024


def _fill(size: int) -> None:
    from django.utils import timezone

    from newsletter.models import Subscriber
    from newsletter.workflow import SubscriberState

    now, there = timezone.now(), Subscriber.objects.count()
    common = {"state": SubscriberState.ACTIVE, "asked_at": now, "confirmed_at": now}
    for first in range(there, size, 2000):
        Subscriber.objects.bulk_create(
            [
                Subscriber(email=f"reader{number}@example.org", **common)
                for number in range(first, min(first + 2000, size))
            ]
        )


def _frozen(name: str) -> tuple[Any, float]:
    """A copy of the demo's issue, frozen; and the seconds that this took."""
    from django.utils import timezone

    from newsletter.actions import campaigns
    from newsletter.models import Campaign, IssuePage
    from newsletter.workflow import UNDO_FOR
    from portal.accounts.models import User

    first = IssuePage.objects.order_by("pk").first()
    editor = User.objects.order_by("pk").first()
    assert first is not None
    assert editor is not None
    issue = first.copy(update_attrs={"title": f"Sent to {name}", "slug": name.replace(" ", "-")}, keep_live=True)
    earlier = timezone.now() - UNDO_FOR
    taken = seconds(partial(campaigns.freeze, issue=issue, by=editor, reason="To be measured.", now=earlier))
    return Campaign.objects.get(issue_id=issue.pk), taken


def _start(campaign: Any) -> None:
    from newsletter.actions import campaigns

    campaigns.start(campaign=campaign)


def _works(smtp_port: int, groups_port: int, campaign: Any) -> dict[str, tuple[Work, int]]:
    """Ways of sending, with how many mails each sends in a round. What each needs beforehand is made here, unmeasured."""
    from django.conf import settings
    from django.core.mail import get_connection
    from django.template import Context, Engine

    from newsletter.links import common_headers, leave_path, preferences_path
    from newsletter.rendering.edition import LEAVE_MARK, PREFERENCES_MARK, with_links
    from newsletter.sending import postman
    from newsletter.sending.postman import carry_on
    from portal.emails.links import absolute
    from portal.emails.sending import message_of

    def bare() -> None:
        with smtplib.SMTP("127.0.0.1", smtp_port) as line:
            for number in range(USUAL):
                line.sendmail(SENDER, [f"reader{number}@example.org"], TINY)

    def ours(port: int, batch: int = postman.BATCH) -> None:
        settings.EMAIL_PORT, postman.BATCHES_A_SLICE = port, USUAL // batch
        carry_on(campaign.pk)

    def anymail() -> None:
        settings.EMAIL_BACKEND = "anymail.backends.mailgun.EmailBackend"
        ours(smtp_port, batch=1000)
        _by_smtp()

    def letter(number: int, text: str, html: str) -> Any:
        own = {"Message-ID": f"<{number}@localhost>", "List-Unsubscribe": f"<{absolute(leave_path(number))}>"}
        headers = {**common_headers(), **own}
        return message_of(
            to=f"reader{number}@example.org", subject=campaign.subject, text=text, html=html, headers=headers
        )

    def django_s() -> None:
        mails = []
        for number in range(SLOW):
            links = {
                LEAVE_MARK: absolute(leave_path(number)),
                PREFERENCES_MARK: absolute(preferences_path(number)),
            }
            mails.append(letter(number, with_links(campaign.text, links), with_links(campaign.html, links)))
        get_connection().send_messages(mails)

    places = {LEAVE_MARK: "{{ leave_url }}", PREFERENCES_MARK: "{{ preferences_url }}"}
    text = Engine().from_string(with_links(campaign.text, places))
    html = Engine().from_string(with_links(campaign.html, places))

    def each_afresh() -> None:
        for number in range(SLOW):
            own = Context(
                {
                    "leave_url": absolute(leave_path(number)),
                    "preferences_url": absolute(preferences_path(number)),
                }
            )
            letter(number, text.render(own), html.render(own)).send()

    return {
        "bare": (bare, USUAL),
        "ours": (partial(ours, groups_port), USUAL),
        "one by one": (partial(ours, smtp_port), USUAL),
        "django": (django_s, SLOW),
        "afresh": (each_afresh, SLOW),
        "anymail": (anymail, USUAL),
    }


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:]))
