"""Issues, readers and sendings for tests."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import uuid4

from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from newsletter.actions import campaigns
from newsletter.models import Campaign, IssueIndexPage, IssuePage, Subscriber
from newsletter.models.settings import newspaper_settings
from newsletter.workflow import SubscriberState
from portal.accounts.models import User
from portal.emails.models import Suppression
from portal.emails.suppression import suppress
from portal.geo.models import Area


def block(kind: str, **value: Any) -> dict[str, Any]:
    """One block as a StreamField keeps it."""
    return {"type": kind, "value": value, "id": str(uuid4())}


def lead(heading: str = "The hall is warm again", **value: Any) -> dict[str, Any]:
    words = '<p>The new boiler came on Monday. <a href="/warm-spaces/">See who else is warm</a>.</p>'
    return block("lead", **{"heading": heading, "standfirst": "Nobody has to sit in a coat.", "words": words, **value})


def story(heading: str = "Soup on Fridays", words: str = "<p>Everybody may come.</p>") -> dict[str, Any]:
    return block("story", heading=heading, words=words)


def an_issue(
    *, title: str = "Winter in Horden", slug: str = "", body: Iterable[dict[str, Any]] | None = None, **fields: Any
) -> IssuePage:
    """A published issue under /news/."""
    page = IssuePage(
        title=title,
        slug=slug,
        **{"number": 1, "issued_on": date(2026, 11, 19), "summary": "Warm rooms and open doors.", **fields},
        body=list(body) if body is not None else [lead(), story()],
    )
    IssueIndexPage.objects.get().add_child(instance=page)
    revision = page.save_revision()
    if page.live:
        revision.publish()
    return IssuePage.objects.get(pk=page.pk)


def a_reader(
    email: str = "ann@example.org", *, state: SubscriberState = SubscriberState.ACTIVE, **fields: Any
) -> Subscriber:
    """Somebody who gets the newspaper, unless said otherwise."""
    now = timezone.now()
    confirmed_at = None if state == SubscriberState.PENDING else now
    return Subscriber.objects.create(
        email=email, state=state, **{"asked_at": now, "confirmed_at": confirmed_at, **fields}
    )


def a_weekly_mail() -> None:
    """From now on there is a weekly mail."""
    chosen = newspaper_settings()
    chosen.sends_weekly = True
    chosen.save()


def readers(how_many: int) -> list[Subscriber]:
    return [a_reader(f"reader{number}@example.org") for number in range(how_many)]


def a_silenced_reader(email: str = "silent@example.org") -> Subscriber:
    """Somebody who gets the newspaper by the list, and to whom no mail may go."""
    suppress(address=email, reason=Suppression.Reason.COMPLAINED)
    return a_reader(email)


def a_campaign(by: User, *, issue: IssuePage | None = None) -> Campaign:
    """An issue frozen and handed to the worker."""
    return campaigns.freeze(issue=issue or an_issue(), by=by)


def work_waiting(name: str) -> list[DBTaskResult]:
    """What lies in the queue for one of the newspaper's tasks; Wagtail's own work is in the same queue."""
    waiting = DBTaskResult.objects.filter(task_path=f"newsletter.tasks.{name}", status=TaskResultStatus.READY)
    return list(waiting.order_by("run_after"))


def a_picture(title: str = "The hall") -> Any:
    return get_image_model().objects.create(title=title, file=get_test_image_file())


def an_area(name: str = "Horden", code: str = "E05000001") -> Area:
    """A place that readers may choose."""
    return Area.objects.create(code=code, name=name, outline={}, west=-1.4, south=54.7, east=-1.2, north=54.8)
