"""Ways in which the desk sorts comments: what has to be read, in which order, and what has waited too long."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q

from engagement.comments.models.consultations import Consultation
from engagement.comments.models.desk import Reading
from engagement.comments.models.followers import Follower
from engagement.comments.models.reading import ANSWER_WITHIN, SHOWN, PublicWords, is_said
from engagement.comments.workflow import TO_READ, Status
from portal.fulltext import Index, known
from portal.references import normalise_reference

SENT = known(Index("comments_sent", "comments_placecomment", ("sent_words", "sent_where_words")))
WORDS_OF_COMMENTS = (SHOWN, SENT)
# Counting goes no further than this: a desk with more has other worries than how many more.
MOST_COUNTED = 1_000
# The risk of a comment whose author may need help.
HELP = 3


class DeskWords(PublicWords):
    """What a moderator asks for."""

    def waiting(self) -> Self:
        return self.filter(status=Status.WAITING)

    def held(self) -> Self:
        return self.filter(status=Status.HELD)

    def shown_at_once(self) -> Self:
        """In public already, and nobody has read it yet."""
        return self.filter(status=Status.PUBLISHED, is_unread=True)

    def to_read(self) -> Self:
        """What a moderator has still to settle, in public or not."""
        return self.filter(is_to_read=True)

    def on_the_desk(self, tab: str, *, now: datetime, query: str = "") -> Self:
        """What one tab of the moderation desk shows."""
        if tab == "unanswered":
            found = self.long_unanswered(now)
        elif tab == "help":
            found = self.to_read().with_risk(HELP)
        elif tab == "shown":
            found = self.to_read().shown_at_once()
        elif tab in TO_READ:
            found = self.to_read().filter(status=tab)
        else:
            found = self.filter(status=tab) if tab else self.to_read()
        return found.saying_to_staff(query) if query else found

    def saying_to_staff(self, words: str) -> Self:
        """Comments with these words in them as they are shown or as they were sent."""
        return self.filter(is_said(words) | SENT.holding(words))

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

    def with_desk_row(self, now: datetime) -> Self:
        """With all that one row of the desk shows, however many rows there are."""
        authors = Follower.objects.confirmed().only_authors().filter(comment=models.OuterRef("pk"))
        found = self.annotate(has_address=models.Exists(authors))
        return found.select_related("theme", "named_place", "consultation", "photo", "help_consent").prefetch_related(
            "decisions__decided_by",
            "redactions",
            models.Prefetch("readings", queryset=Reading.objects.just_now(now), to_attr="open_just_now"),
        )

    def urgent_first(self) -> Self:
        """By risk, and the oldest of each first."""
        return self.order_by("-risk", "sent_at", "pk")

    def last_sent_first(self) -> Self:
        return self.order_by("-sent_at", "-pk")

    def with_risk(self, risk: int) -> Self:
        return self.filter(risk=risk)

    def oldest_sent_at(self) -> datetime | None:
        """When the one that waits longest was sent."""
        found: datetime | None = self.aggregate(oldest=models.Min("sent_at"))["oldest"]
        return found

    def desk_counts(self, now: datetime) -> dict[str, int]:
        """How many are held, wait, or were shown at once, how many of them may need help; and how many have had no answer
        for 28 days, counted up to a thousand.
        """
        return {
            **self.to_read().aggregate(
                held=models.Count("pk", filter=Q(status=Status.HELD)),
                waiting=models.Count("pk", filter=Q(status=Status.WAITING)),
                shown=models.Count("pk", filter=Q(status=Status.PUBLISHED)),
                help=models.Count("pk", filter=Q(risk=HELP)),
            ),
            "unanswered": self.long_unanswered(now)[:MOST_COUNTED].count(),
        }
