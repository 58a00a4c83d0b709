"""When this process last handed a mail over, and when it last could not; the health page asks. Never to whom."""

from datetime import datetime

from django.utils import timezone

WENT, FAILED = "mail.went", "mail.failed"
_last: dict[str, datetime] = {}


def went() -> None:
    _last[WENT] = timezone.now()


def failed() -> None:
    _last[FAILED] = timezone.now()


def take_news() -> dict[str, datetime]:
    """What happened since somebody asked last."""
    news = dict(_last)
    _last.clear()
    return news
