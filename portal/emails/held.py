"""What the mails know of an address without knowing it: that it was stopped, and that mail to it came back; by hash alone."""

from django.db import models
from django.urls import reverse

from portal.clock import say_whole_date
from portal.emails.models import SoftBounce, Suppression
from portal.emails.suppression import address_hash
from portal.privacy.people import Clues, Erased, Errand, Foreseen, Found, Holder, Item, told
from portal.privacy.periods import period

STOPPED, CAME_BACK = "stopped", "came_back"


def find(clues: Clues, errand: Errand) -> list[Found]:
    """By the hash of the address that they give."""
    if not clues.email:
        return []
    hashed, because = address_hash(clues.email), "their e-mail address"
    stopped = Suppression.objects.of_hash(hashed)
    came_back = SoftBounce.objects.of_hash(hashed)
    return [
        *(Found(key=f"{STOPPED}:{one.pk}", label="Mail is stopped", because=because) for one in stopped),
        *(Found(key=f"{CAME_BACK}:{one.pk}", label="A mail came back", because=because) for one in came_back),
    ]


def items(key: str, errand: Errand) -> list[Item]:
    heading, lines = "Mail to you", []
    for row in rows(key):
        if isinstance(row, Suppression):
            when = say_whole_date(row.suppressed_at)
            words = f"{row.get_reason_display()}, {when}. We keep a mark that nobody can turn back into your address."
            lines.append((heading, "We do not write to your address", words, ""))
        elif isinstance(row, SoftBounce):
            lines.append((heading, "A mail to you came back", say_whole_date(row.came_back_at), ""))
    return told(lines, of=key)


def foresee(key: str) -> Foreseen:
    if not rows(key):
        return Foreseen()
    if key.startswith(STOPPED):
        return Foreseen(stays=("the mark that keeps the promise never to write again; it is no address",))
    goes_after = period("emails.soft_bounces").words
    return Foreseen(stays=(f"that a mail came back, as a mark and no address; it goes by itself after {goes_after}",))


def erase(key: str, errand: Errand) -> Erased:
    """Nothing goes: a mark that is gone would let us write again."""
    return Erased()


def rows(key: str) -> list[models.Model]:
    kind, number = key.split(":")
    table: type[models.Model] = Suppression if kind == STOPPED else SoftBounce
    return list(table._default_manager.filter(pk=number))


def url(key: str) -> str:
    return reverse("wagtailadmin_home")


EMAILS = Holder(
    name="emails",
    title="Mail that is stopped",
    models=(Suppression, SoftBounce),
    find=find,
    items=items,
    foresee=foresee,
    erase=erase,
    rows=rows,
    url=url,
)
