"""Takes readers from another list, with the proof that each of them asked."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from newsletter.actions.bringing import bring_back, bring_in
from newsletter.models import GoneMark, Subscriber, Topic
from newsletter.readers.importing import Incoming, Lists, read_row
from newsletter.workflow import SubscriberState
from portal import clock
from portal.emails.models import Suppression
from portal.geo.models import Area
from portal.imports import BadRow, ImportCommand, csv_rows

NEEDED = ("email", "consent_given_at", "consent_source", "evidence")
AT_ONCE = 500


class Known(NamedTuple):
    """What is known of somebody on our own list."""

    number: int
    state: str
    left_at: Any


class Command(ImportCommand):
    """One row a reader, known by the address; who is on the list stays as they are, so the same file twice changes nothing."""

    help = "Import readers of the newspaper from a CSV file; a row without evidence of consent is refused."
    noun = "readers"

    def rows(self, text: str, options: dict[str, Any]) -> Iterable[tuple[int, dict[str, str]]]:
        return csv_rows(text, needs=NEEDED)

    def prepare(self, rows: list[tuple[int, Any]], options: dict[str, Any]) -> None:
        self.now = clock.now()
        topics = {word.lower(): topic.pk for topic in Topic.objects.all() for word in (topic.name, topic.slug)}
        areas = Area.objects.defer("outline")
        places = {word.lower(): area.pk for area in areas for word in (area.name, area.code)}
        self.lists = Lists(topics=topics, places=places)
        self.silenced = set(Suppression.objects.values_list("address_hash", flat=True))
        self.known: dict[str, Known] = {}
        self.gone: dict[str, Any] = dict(GoneMark.objects.values_list("mark", "gone_at"))
        columns = ("email", "name", "postal_address", "left_mark", "pk", "state", "left_at")
        for email, name, postal_address, mark, *rest in Subscriber.objects.order_by("pk").values_list(*columns):
            if email or name:
                self.known[email.lower() or f"{name}\n{postal_address}".lower()] = Known(*rest)
            elif mark:
                self.gone[mark] = max(rest[2], self.gone.get(mark, rest[2]))
        self.new: list[Incoming] = []

    def take(self, row: dict[str, str], options: dict[str, Any]) -> str:
        incoming = read_row(row, self.lists, now=self.now)
        if incoming.mark in self.silenced:
            raise BadRow("no mail may go to this address.")
        known = self.known.get(incoming.key)
        left_at = known.left_at if known else self.gone.get(incoming.mark)
        if left_at is not None and left_at >= incoming.given_at:
            raise BadRow("they left after they gave this consent.")
        if known is None:
            self.known[incoming.key] = Known(0, SubscriberState.ACTIVE, None)
            self.new.append(incoming)
            self._store(at_least=AT_ONCE)
            return "added"
        if known.state == SubscriberState.ACTIVE:
            return "unchanged"
        bring_back(subscriber=Subscriber.objects.get(pk=known.number), incoming=incoming, now=self.now)
        self.known[incoming.key] = Known(known.number, SubscriberState.ACTIVE, None)
        return "changed"

    def finish(self, options: dict[str, Any]) -> None:
        self._store(at_least=1)

    def _store(self, *, at_least: int) -> None:
        if len(self.new) >= at_least:
            bring_in(self.new, now=self.now)
            self.new = []
