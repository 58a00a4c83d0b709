"""Writes the ledger of a sending: one row for each reader, made in one go, so that a hundred thousand take seconds."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.db import connection

from newsletter.audience import CHUNK
from newsletter.links import new_message_id
from newsletter.models import Delivery
from newsletter.workflow import DeliveryState, Reason

_STATES = {None: DeliveryState.QUEUED, Reason.SUPPRESSED: DeliveryState.SUPPRESSED}
_OWN = ("campaign_id", "subscriber_id", "message_id", "state", "reason")


def write_ledger(rows: Iterable[tuple[int, int, Reason | None]]) -> int:
    """Write a copy for each (sending, reader, reason to leave them out or None); how many readers there were.

    Django's own way makes an object with sixteen checked fields for each row and took ten times as long; here the columns that
    are the same for all are worked out once, and the database is handed plain values.
    """
    constant = _constant_columns()
    columns = ", ".join(connection.ops.quote_name(name) for name in (*_OWN, *constant))
    marks = ", ".join(["%s"] * (len(_OWN) + len(constant)))
    statement = f"INSERT INTO {connection.ops.quote_name(Delivery._meta.db_table)} ({columns}) VALUES ({marks})"  # noqa: S608
    values, written = _values(rows, tuple(constant.values())), 0
    with connection.cursor() as cursor:
        while helping := list(islice(values, CHUNK)):
            cursor.executemany(statement, helping)
            written += len(helping)
    return written


def _values(rows: Iterable[tuple[int, int, Reason | None]], constant: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    for campaign, subscriber, reason in rows:
        state = _STATES.get(reason, DeliveryState.EXCLUDED)
        yield campaign, subscriber, new_message_id(), state.value, reason.value if reason else "", *constant


def _constant_columns() -> dict[str, Any]:
    """Every other column of the ledger with what it begins with, so that a new one is not forgotten here."""
    fresh = Delivery()
    return {
        field.column: field.get_db_prep_save(getattr(fresh, field.attname), connection)
        for field in Delivery._meta.concrete_fields
        if field.column not in _OWN and not field.primary_key
    }
