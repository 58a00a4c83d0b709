"""Hears what mail providers tell of the newspaper: finds the copy, settles it, and lets a reader go who complained."""

from typing import Any

from django.utils import timezone

from newsletter.actions.settling import let_go, tell
from newsletter.models import Delivery, Subscriber
from portal.emails.suppression import suppress
from portal.emails.tracking import Fate, address_of, name_in, word_of

# What became of a mail, as the name of the change that it makes to a copy.
CHANGES: dict[Fate, str] = {
    Fate.TAKEN: "settle_gone",
    Fate.ARRIVED: "deliver",
    Fate.NOT_SENT: "suppress",
    Fate.CAME_BACK: "bounce",
    Fate.CALLED_SPAM: "complain",
}


def hear(sender: Any, event: Any, **also: Any) -> None:
    """Receives anymail's `tracking`. Twice, late or in any order: the worst that was told of a copy stands."""
    word = word_of(event)
    if word is None:
        return
    copy, address = copy_of(event), address_of(event)
    if copy is not None:
        tell(delivery=copy, change=CHANGES[word.fate], now=timezone.now())
    if word.stop is None:
        return
    reader = copy.subscriber if copy is not None else None
    if reader is not None and reader.email and not address:
        suppress(address=reader.email, reason=word.stop)
    reader = reader or (Subscriber.objects.with_address(address).first() if address else None)
    if reader is not None:
        let_go(reader=reader, reason=word.stop)


def copy_of(event: Any) -> Delivery | None:
    """The copy an event is about: by our own Message-ID that went with it, else by what the provider calls it.

    A provider that takes many copies at once may call them all the same; then the address tells them apart.
    """
    metadata = event.metadata if isinstance(event.metadata, dict) else {}
    copies = Delivery.objects.select_related("subscriber")
    for name in (name_in(metadata.get("copy")), name_in(event.message_id)):
        if name and (ours := copies.with_message_id(name).first()):
            return ours
    name = name_in(event.message_id)
    called = list(copies.called_by_provider(name).oldest_first()[:2]) if name else []
    if len(called) < 2:
        return called[0] if called else None
    return copies.called_by_provider(name).going_to(address_of(event)).first()
