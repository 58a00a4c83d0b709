"""How long the tables of the libraries keep what may be about people: sessions, done work, drafts, open forms."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import models
from django.db.models import Q
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from wagtail.admin.models import EditingSession, FormState
from wagtail.models import ModelLogEntry, PageLogEntry, Revision

from portal.privacy.periods import Destroyed, Period, Rows, register_period

A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Sessions:
    """Sign-ins that are over say so themselves; Django's own sweep deletes them, wherever they are kept."""

    def due(self, cutoff: datetime) -> int:
        return Session.objects.filter(expire_date__lt=cutoff).count()

    def kept_back(self, cutoff: datetime) -> int:
        return 0

    def destroy(self, cutoff: datetime, now: datetime) -> Destroyed:
        gone, _ = Session.objects.filter(expire_date__lt=cutoff).delete()
        if not gone and settings.SESSION_ENGINE != "django.contrib.sessions.backends.db":
            import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
        return Destroyed(gone)


def _done(cutoff: datetime) -> models.QuerySet[Any]:
    ended = [TaskResultStatus.SUCCESSFUL, TaskResultStatus.FAILED]
    return DBTaskResult.objects.filter(status__in=ended, finished_at__lt=cutoff)


def _old_drafts(cutoff: datetime) -> models.QuerySet[Revision]:
    """Versions that were replaced: not what is shown, the latest, planned, nor read by somebody who is to agree."""
    read = Q(task_states__workflow_state__status__in=["in_progress", "needs_changes"])
    later = Revision.objects.filter(
        base_content_type=models.OuterRef("base_content_type"),
        object_id=models.OuterRef("object_id"),
        created_at__gt=models.OuterRef("created_at"),
    )
    replaced = Revision.objects.filter(models.Exists(later), created_at__lt=cutoff, approved_go_live_at=None)
    return replaced.exclude(read).exclude(pk__in=_shown())


def _shown() -> models.QuerySet[Any]:
    from wagtail.models import Page

    return Page.objects.exclude(live_revision=None).values("live_revision")


def _period(name: str, title: str, find: Any, because: str, *, what: str = "the row is deleted", **more: Any) -> Period:
    things = find if isinstance(find, Sessions) else Rows(find=find)
    return Period(name=name, title=title, what=what, because=because, things=things, is_ours=False, **more)


PERIODS = [
    _period("sessions.over", "Sign-ins that are over", Sessions(), "nobody can use them", fixed=timedelta(0)),
    _period(
        "sessions.browsers",
        "In which browser somebody signed in",
        lambda cutoff: apps.get_model("usersessions.UserSession").objects.filter(last_seen_at__lt=cutoff),
        "a sign-in lasts no longer than a working day",
        fixed=A_DAY,
    ),
    _period(
        "tasks.done",
        "Work that the worker has done, with the numbers it was handed",
        _done,
        "to find out what went wrong",
        setting="KEEP_DONE_WORK_DAYS",
    ),
    _period(
        "pages.drafts",
        "Versions of pages that were replaced",
        _old_drafts,
        "to see what a page said, and put it back",
        setting="KEEP_DRAFTS_OF_PAGES_DAYS",
    ),
    _period(
        "pages.log",
        "Who of the staff changed which page",
        lambda cutoff: PageLogEntry.objects.filter(timestamp__lt=cutoff),
        "as long as the history",
        setting="KEEP_HISTORY_YEARS",
    ),
    _period(
        "pages.log_of_lists",
        "Who of the staff changed which list or picture",
        lambda cutoff: ModelLogEntry.objects.filter(timestamp__lt=cutoff),
        "as long as the history",
        setting="KEEP_HISTORY_YEARS",
    ),
    _period(
        "pages.forms",
        "What staff had typed and not kept",
        lambda cutoff: FormState.objects.filter(last_updated_at__lt=cutoff),
        "a browser that was shut by mistake",
        fixed=A_DAY,
    ),
    _period(
        "pages.editing",
        "Who of the staff has a page open",
        lambda cutoff: EditingSession.objects.filter(last_seen_at__lt=cutoff),
        "it warns colleagues for minutes",
        fixed=A_DAY,
    ),
]


def register() -> None:
    for period in PERIODS:
        if period.name != "sessions.browsers" or apps.is_installed("allauth.usersessions"):
            register_period(period)
