"""How long the newspaper keeps what is about its readers, and what becomes of it then."""

from datetime import datetime

from django.db import models
from django.db.models import CharField, Q, Value
from django.db.models.functions import Cast, Concat

from newsletter.addresses import mark_of
from newsletter.models import Consent, Delivery, Subscriber
from newsletter.models.readers import NO_LETTER
from newsletter.workflow import DeliveryState
from portal.privacy.periods import Destroyed, Period, Rows, register_period

# What is written where the Message-ID of a reader's copy was: it is unique, and says nothing.
NOBODYS = "nobodys-copy-"
_BLANK = {"email": "", **NO_LETTER}


def _left(readers: list[Subscriber], now: datetime) -> Destroyed:
    """The row stays, so that an old link still answers, with a mark by which an import knows that they left."""
    for reader in readers:
        reader.left_mark = mark_of(email=reader.email, name=reader.name, postal_address=reader.postal_address)
        for name, nothing in _BLANK.items():
            setattr(reader, name, nothing)
    return Destroyed(Subscriber.objects.bulk_update(readers, [*_BLANK, "left_mark"]))


def _of_somebody(cutoff: datetime) -> models.QuerySet[Delivery]:
    """Copies of sendings that came to an end before this, and that still say whose they were."""
    says_whose = Q(subscriber__isnull=False) | ~Q(message_id__startswith=NOBODYS) | ~Q(provider_id="")
    moving = [DeliveryState.QUEUED, DeliveryState.SENDING]
    return Delivery.objects.filter(says_whose, campaign__finished_at__lt=cutoff).exclude(state__in=moving)


def _made_nobodys(copies: list[Delivery], now: datetime) -> Destroyed:
    return Destroyed(
        Delivery.objects.filter(pk__in=[copy.pk for copy in copies]).update(
            subscriber=None,
            message_id=Concat(Value(NOBODYS), Cast("pk", CharField())),
            provider_id="",
            claimed_by="",
        )
    )


PERIODS = [
    Period(
        name="newsletter.left",
        title="Readers who left",
        what="name and addresses are blanked; a mark that cannot be turned back keeps an old list from bringing them back",
        setting="KEEP_LEFT_READERS_DAYS",
        because="as long as GOV.UK keeps the address of somebody who unsubscribed",
        things=Rows(find=Subscriber.objects.left_before, away=_left),
    ),
    Period(
        name="newsletter.askings",
        title="Askings for the newspaper by e-mail, not confirmed",
        what="the row is deleted",
        setting="KEEP_UNCONFIRMED_READERS_DAYS",
        because="the link in the mail works for half of it, and somebody may ask why no mail came",
        things=Rows(
            find=lambda cutoff: Consent.objects.unconfirmed_before(cutoff).by_mail(),
            held={"subscriber": "newsletter.Subscriber"},
        ),
    ),
    Period(
        name="newsletter.askings_for_post",
        title="Askings for the newspaper by post, not answered",
        what="the row is deleted",
        setting="KEEP_WAITING_FOR_POST_DAYS",
        because="they wait for us, and not we for them",
        things=Rows(find=Consent.objects.unconfirmed_before, held={"subscriber": "newsletter.Subscriber"}),
    ),
    Period(
        name="newsletter.never_confirmed",
        title="Readers who never confirmed",
        what="the row is deleted",
        setting="KEEP_UNCONFIRMED_READERS_DAYS",
        because="as long as their asking",
        things=Rows(find=Subscriber.objects.never_confirmed_before),
    ),
    Period(
        name="newsletter.copies",
        title="Which copy of an issue went to whom",
        what="the link to the reader is cut; how many copies went stays",
        setting="KEEP_COPIES_DAYS",
        because="a reader may ask why they did not get one",
        things=Rows(find=_of_somebody, away=_made_nobodys, held={"subscriber": "newsletter.Subscriber"}),
    ),
]


def register() -> None:
    for period in PERIODS:
        register_period(period)
