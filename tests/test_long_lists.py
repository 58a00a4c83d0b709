"""The lists that grow without end: a page far down is found by an index, and Wagtail's own lists never ask the log."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.urls import reverse
from wagtail.admin.ui.tables import UpdatedAtColumn
from wagtail.admin.viewsets import viewsets
from wagtail.admin.viewsets.model import ModelViewSet

from engagement.comments.desk.pages import in_order
from engagement.comments.models import Action, PlaceComment
from engagement.comments.selection import read_selection
from newsletter.models import Campaign
from portal.audit.models import AuditEvent
from portal.paging import behind
from portal.privacy.models import Announcement, Certificate
from selfreferral.seeing.looks import looks_at

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
Lists = dict[str, tuple[Callable[[], QuerySet[Any]], dict[str, Any], str]]


def on_the_desk(tab: str) -> QuerySet[Any]:
    return in_order(PlaceComment.objects.on_the_desk(tab, now=NOW).with_desk_row(NOW), tab)


# What each asks, a row somewhere in it, and the index that leads there.
LISTS: Lists = {
    "comments that everybody reads": (
        lambda: PlaceComment.objects.chosen(read_selection({})).with_row().latest_first(),
        {"sent_at": NOW, "pk": 7},
        "comments_by_age",
    ),
    "comments to read": (lambda: on_the_desk(""), {"risk": 1, "sent_at": NOW, "pk": 7}, "comments_to_read"),
    "comments that are published": (lambda: on_the_desk("published"), {"sent_at": NOW, "pk": 7}, "comments_by_age"),
    "what was done": (
        lambda: Action.objects.published().newest_first(),
        {"said_at": NOW, "pk": 7},
        "comments_actions_by_news",
    ),
    "who looked": (
        lambda: looks_at(since=date(2026, 11, 1), until=date(2026, 11, 25)),
        {"done_at": NOW, "pk": 7},
        "audit_by_action",
    ),
    "copies that may have gone": (
        lambda: Campaign(pk=1).deliveries.uncertain().oldest_first(),
        {"pk": 7},
        "copies",
    ),
    "what goes soon": (
        lambda: Announcement.objects.soonest_first(),
        {"announced_at": NOW, "pk": 7},
        "announced_by_day",
    ),
    "what was destroyed": (lambda: Certificate.objects.newest_first(), {"pk": 7}, ""),
    "history": (lambda: AuditEvent.objects.newest_first(), {"pk": 7}, ""),
}


def how(found: QuerySet[Any]) -> str:
    """How the database goes about it: the small tables of a test are read whole by PostgreSQL, so it is told not to."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off; SET LOCAL enable_bitmapscan = off"
            )
    return str(found[:51].explain())


@pytest.mark.parametrize("is_back", [False, True], ids=["further", "back"])
@pytest.mark.parametrize(("found", "row", "index"), LISTS.values(), ids=LISTS)
def test_a_page_far_down_is_found_by_an_index(
    found: Callable[[], QuerySet[Any]], row: dict[str, Any], index: str, is_back: bool
) -> None:
    plans = [how(stretch) for stretch in behind(found(), row, is_back=is_back)]
    assert plans
    for plan in plans:
        table = found().model._meta.db_table
        if connection.vendor == "postgresql":
            assert f"Seq Scan on {table}" not in plan
            # By what it learnt of a table that other tests filled and emptied it may take the rows' own order for as good.
            assert index in plan or f"{table}_pkey" in plan
        else:
            assert f"SEARCH {table} USING" in plan
            assert index in plan
            assert not re.search(r"^\d+ 0 \d+ USE TEMP B-TREE FOR ORDER BY", plan, re.MULTILINE)


def test_wagtails_own_lists_have_an_order_of_their_own_and_never_ask_the_log() -> None:
    # Wagtail takes its lists in together with its addresses.
    reverse("wagtailadmin_home")
    ours = [
        one
        for one in viewsets.viewsets
        if isinstance(one, ModelViewSet) and not type(one).__module__.startswith("wagtail.")
    ]
    assert len(ours) > 8
    for one in ours:
        assert one.ordering or one.model._meta.ordering, one.name
        assert isinstance(one.list_display, list | tuple), one.name
        assert not any(isinstance(column, UpdatedAtColumn) or column == "_updated_at" for column in one.list_display)
