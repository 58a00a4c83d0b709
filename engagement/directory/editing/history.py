"""The history of an entry in the Wagtail admin: what was done, by whom and when, as our own events tell it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import QuerySet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic.history import HistoryView

from engagement.directory.models import Keeper
from portal.accounts.models import User
from portal.audit.models import AuditEvent
from portal.clock import say_whole_date

TOLD = {
    "add_venue": "Added",
    "add_activity": "Added",
    "add_organisation": "Added",
    "change_venue": "Changed",
    "change_activity": "Changed",
    "change_organisation": "Changed",
    "merge_venues": "Another entry became part of this one",
    "mark_checked": "Checked: still right",
    "say_still_right": "Checked by the place: still right",
    "ask_whether_right": "Asked by mail whether it is still right",
    "send_correction": "A resident said that something is wrong",
    "settle_correction": "Saw to what was said to be wrong",
    "propose": "Wished for a change",
    "taken": "Took a change that was wished for",
    "not_taken": "Did not take a change that was wished for",
    "add_keeper": "Named a keeper",
    "end_keeper": "A keeper keeps it no more",
    "join_account": "A keeper joined it to an account",
    "change_hours_on": "Said that some days are different",
    "restore_hours": "Took back that some days are different",
    "take_hours": "Took the hours that we read from its words",
    "put_aside_hours": "Put aside the hours that we read from its words",
    "cancel_session": "Called off one date",
    "move_session": "Moved one date",
    "note_session": "Added a note to one date",
    "restore_session": "Took back what was said about one date",
    "cancel_sessions": "Called off several dates",
    "restore_sessions": "Took back that several dates are off",
    "ask_to_hear": "Somebody asked to hear when it changes",
    "confirm_hearing": "Somebody confirmed that they want to hear when it changes",
    "stop_hearing": "Somebody wants to hear no more",
    "heard_from": "Heard from",
    "add_contact": "Added somebody to ask",
    "change_contact": "Changed somebody to ask",
    "remove_contact": "Took out somebody to ask",
}
NOBODY = "Nobody signed in"


def in_words(event: AuditEvent, model: type[models.Model]) -> str:
    """What was done: "Changed: name, where and when", "Called off one date: 2 December 2026"."""
    name = event.action.rpartition(".")[2]
    fields = event.detail.get("fields") or filter(None, [event.detail.get("field")])
    days = dict.fromkeys(event.detail[key] for key in ("on", "first_on", "last_on") if event.detail.get(key))
    about = [_field(field, model) for field in fields]
    about += [" to ".join(say_whole_date(date.fromisoformat(day)) for day in days)] if days else []
    said = TOLD.get(name, name.replace("_", " ").capitalize())
    return f"{said}: {', '.join(about)}" if about else said


def with_names(events: Sequence[AuditEvent]) -> list[AuditEvent]:
    """The events, each knowing `who` did it by name and never by address; two questions for all of them."""
    people = {str(user.pk): user.display_name for user in User.objects.filter(pk__in=_numbers(events))}
    kept = [event.detail["keeper"] for event in events if isinstance(event.detail.get("keeper"), int)]
    keepers = {keeper.pk: f"{keeper.name} (keeper)" for keeper in Keeper.objects.filter(pk__in=kept) if keeper.name}
    for event in events:
        number = event.detail.get("keeper")
        somebody = keepers.get(number, "A keeper") if number else NOBODY
        event.who = people.get(event.done_by, "An account that is gone") if event.done_by else somebody  # type: ignore[attr-defined]
    return list(events)


def _numbers(events: Sequence[AuditEvent]) -> list[int]:
    return [int(event.done_by) for event in events if event.done_by.isdecimal()]


def _field(name: str, model: type[models.Model]) -> str:
    if name == "schedules":
        return "where and when"
    try:
        return str(getattr(model._meta.get_field(name), "verbose_name", name))
    except FieldDoesNotExist:
        return name.replace("_", " ")


class EntryHistoryView(HistoryView):
    """Who did what to one entry, the newest first."""

    filterset_class = None

    def get_base_queryset(self) -> QuerySet[AuditEvent]:
        return AuditEvent.objects.about(self.object).newest_first()

    def order_queryset(self, queryset: QuerySet[AuditEvent]) -> QuerySet[AuditEvent]:
        return queryset

    def paginate_queryset(self, queryset: QuerySet[AuditEvent], page_size: int) -> tuple[Any, Any, Any, bool]:
        paginator, page, events, is_more = super().paginate_queryset(queryset, page_size)
        page.object_list = with_names(list(events))
        return paginator, page, page.object_list, is_more

    @property
    def columns(self) -> list[Column]:
        return [
            Column("what", label="Action", accessor=lambda event: in_words(event, self.model)),
            Column("who", label="Who", width="25%"),
            DateColumn("done_at", label="When", width="15%"),
        ]
