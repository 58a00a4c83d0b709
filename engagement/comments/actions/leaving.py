"""Takes a resident's comment in."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from engagement.comments.actions.keeping import keep
from engagement.comments.models import Consultation, ModerationDecision, PlaceComment, Theme
from engagement.comments.screening import why_held
from engagement.comments.workflow import Status
from portal.accounts.models import User
from portal.audit.record import record
from portal.geo.coordinates import Point, is_on_earth
from portal.geo.models import NamedPlace, Postcode
from portal.references import new_reference
from portal.refusals import Refused
from portal.text import plain

CLOSED = "We are not taking comments here at the moment."
NO_PLACE = "Say where it is: a postcode, a place from the list, or your own words."
LONGEST_WORDS = 5000
LONGEST_WHERE = 300
LONGEST_NAME = 80


def unused_reference() -> str:
    """A reference that no comment has; with a million comments one draw in a thousand is taken."""
    while PlaceComment.objects.filter(reference=(reference := new_reference())).exists():
        continue
    return reference


@transaction.atomic
def leave_comment(
    *,
    consultation: Consultation,
    words: str,
    feeling: str,
    by: User | None = None,
    theme: Theme | None = None,
    pin: Point | None = None,
    named_place: NamedPlace | None = None,
    postcode: str = "",
    where_words: str = "",
    author_name: str = "",
    is_name_shown: bool = False,
    is_one_of_many: bool = False,
    is_example: bool = False,
    source_key: str | None = None,
    now: datetime | None = None,
) -> PlaceComment:
    """Store a comment for a moderator to read; one that may hold personal details, or is one of very many, is held.

    `by` is the member of staff who writes it down for a resident. The same `source_key` gives the comment that is
    there already. Refused when the consultation is closed, or without words or a place; one way to say where is enough,
    and of several the most exact one makes the pin.
    """
    if not consultation.is_open:
        raise Refused(CLOSED)
    words, where_words = plain(words, limit=LONGEST_WORDS), plain(where_words, limit=LONGEST_WHERE)
    author_name = plain(author_name, limit=LONGEST_NAME)
    if not words:
        raise Refused("Write what you would like to say.")
    if feeling not in PlaceComment.Feeling.values:
        raise Refused("Choose how you feel about it.")
    if not (pin or named_place or postcode or where_words):
        raise Refused(NO_PLACE)
    _check_inside(pin, consultation)
    point, accuracy = _point_of(pin=pin, named_place=named_place, postcode=postcode)
    found = why_held(words, where_words, author_name)
    wanted = {
        "reference": unused_reference(),
        "consultation": consultation,
        "words": words,
        "feeling": feeling,
        "theme": theme,
        "postcode": postcode,
        "named_place": named_place,
        "where_words": where_words,
        "accuracy": accuracy,
        "author_name": author_name,
        "is_name_shown": is_name_shown and bool(author_name),
        "status": Status.HELD if found or is_one_of_many else Status.WAITING,
        "is_example": is_example,
        "source": PlaceComment.Source.STAFF if by else PlaceComment.Source.WEB,
        "sent_at": now or timezone.now(),
        "sent_by": by,
    }
    known = PlaceComment.objects.filter(source_key=source_key).first() if source_key else None
    if known is not None:
        return known
    comment = PlaceComment(**wanted, source_key=source_key)
    comment.stand_at(point)
    try:
        with transaction.atomic():
            keep(comment)
    except IntegrityError:
        # The same form at the same moment: the other one was first.
        return PlaceComment.objects.get(source_key=source_key)
    if comment.status == Status.HELD:
        say_why_held(comment, was=Status.WAITING, found=found, at=comment.sent_at)
    record(action="comments.leave", by=by, subject=comment, status=str(comment.status), accuracy=str(accuracy))
    return comment


def _check_inside(pin: Point | None, consultation: Consultation) -> None:
    if pin and not is_on_earth(*pin):
        raise Refused("The pin is not a place on the map. Put it again, or say where in words.")
    if pin and consultation.bounds and not consultation.bounds.has(pin):
        raise Refused(f"The pin is outside the area of “{consultation.name}”. Move it, or say where in words.")


def _point_of(
    *, pin: Point | None, named_place: NamedPlace | None, postcode: str
) -> tuple[Point | None, PlaceComment.Accuracy]:
    """The most exact point there is, and how it is known; a postcode that we do not carry waits for a moderator's pin."""
    if pin:
        return pin, PlaceComment.Accuracy.EXACT
    if named_place:
        return named_place.point, PlaceComment.Accuracy.NAMED_PLACE
    if postcode:
        known = Postcode.objects.lookup(postcode)
        return (known.point if known else None), PlaceComment.Accuracy.POSTCODE
    return None, PlaceComment.Accuracy.DESCRIBED


def say_why_held(comment: PlaceComment, *, was: Status, found: str, at: datetime) -> None:
    """Append what the rules of the site saw: these personal details, or (with nothing found) very many at once."""
    ModerationDecision.objects.create(
        comment=comment,
        from_status=was,
        to_status=Status.HELD,
        reason="personal" if found else "many_at_once",
        note=f"It may have {found} in it." if found else "",
        decided_at=at,
    )
