"""Ways in which the desk sorts comments: what has to be read, in which order, and what has waited too long."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q

from engagement.comments.models.consultations import Consultation
from engagement.comments.models.reading import ANSWER_WITHIN, PublicWords, is_answered
from engagement.comments.workflow import TO_READ, Status
from portal.references import normalise_reference


class DeskWords(PublicWords):
    """What a moderator asks for."""

    def waiting(self) -> Self:
        return self.filter(status=Status.WAITING)

    def held(self) -> Self:
        return self.filter(status=Status.HELD)

    def to_read(self) -> Self:
        """What a moderator has still to settle."""
        return self.filter(status__in=TO_READ)

    def on_the_desk(self, tab: str, *, now: datetime, query: str = "") -> Self:
        """What one tab of the moderation desk shows, in the order in which it should be read."""
        if tab == "unanswered":
            found = self.long_unanswered(now).oldest_first()
        elif tab in {"", *TO_READ}:
            found = (self.filter(status=tab) if tab else self.to_read()).urgent_first()
        else:
            found = self.filter(status=tab).last_sent_first()
        return found.saying(query) if query else found

    def with_references(self, typed: list[str]) -> Self:
        """Those with these numbers; what is no number is passed over."""
        return self.filter(reference__in=[reference for one in typed if (reference := normalise_reference(one))])

    def long_unanswered(self, now: datetime) -> Self:
        """Published in public, and nobody has answered for 28 days."""
        return self.published().listed().not_answered().filter(sent_at__lt=now - ANSWER_WITHIN)

    def imported_into(self, consultation: Consultation) -> Self:
        return self.filter(consultation=consultation, source="import").select_related("theme")

    def with_decisions(self) -> Self:
        """With the history, and who is the sender where staff wrote it down."""
        return self.select_related("sent_by").prefetch_related("decisions__decided_by")

    def urgent_first(self) -> Self:
        """Held comments before waiting ones, and the oldest of each first."""
        is_held = models.Case(models.When(status=Status.HELD, then=0), default=1, output_field=models.IntegerField())
        return self.order_by(is_held, "sent_at", "pk")

    def last_sent_first(self) -> Self:
        return self.order_by("-sent_at", "-pk")

    def desk_counts(self, now: datetime) -> dict[str, int]:
        """How many are held, how many wait, and how many have had no answer for 28 days."""
        is_long_unanswered = Q(
            ~is_answered(), status=Status.PUBLISHED, consultation__is_listed=True, sent_at__lt=now - ANSWER_WITHIN
        )
        return self.aggregate(
            held=models.Count("pk", filter=Q(status=Status.HELD)),
            waiting=models.Count("pk", filter=Q(status=Status.WAITING)),
            unanswered=models.Count("pk", filter=is_long_unanswered),
        )
