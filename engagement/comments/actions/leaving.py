"""Takes a resident's comment in."""

from datetime import datetime
from typing import NamedTuple

from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils import timezone

from engagement.comments.actions.following import ask_to_hear
from engagement.comments.actions.keeping import keep
from engagement.comments.actions.photos import LONGEST_WORDS as LONGEST_PHOTO_WORDS
from engagement.comments.actions.photos import hang_on
from engagement.comments.leaving.arrival import status_on_arrival
from engagement.comments.map.inside import is_inside
from engagement.comments.models import Consultation, HelpConsent, ModerationDecision, PlaceComment, Theme
from engagement.comments.words.first_look import FirstLook, first_look
from engagement.comments.workflow import Status
from portal.accounts.models import User
from portal.audit.record import record
from portal.geo.coordinates import Point, is_on_earth
from portal.geo.models import NamedPlace, Postcode
from portal.references import new_reference
from portal.refusals import Refused
from portal.text import plain

NO_PLACE = "Say where it is: a postcode, a place from the list, or your own words."
BAD_PIN = "The pin is not a place on the map. Put it again, or say where in words."
LONGEST_WORDS = 5000
LONGEST_WHERE = 300
LONGEST_NAME = 80
LONGEST_REACH = 200


class Consent(NamedTuple):
    """The author's leave to pass a comment to the people who can help: who they are, and one safe way to reach them."""

    name: str
    reach: str


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
    photo_key: str = "",
    photo_words: str = "",
    address: str = "",
    consent: Consent | None = None,
    is_one_of_many: bool = False,
    is_example: bool = False,
    source_key: str | None = None,
    now: datetime | None = None,
) -> PlaceComment:
    """Store a comment; what the rules of the site doubt is held, anything else waits or is shown as the consultation says.
    One with a photo is never shown before somebody has seen it.

    `by` is the member of staff who writes it down for a resident. The same `source_key` gives the comment that is
    there already. Refused when the consultation is closed, or without words or a place; one way to say where is enough,
    and of several the most exact one makes the pin. `address` is asked whether it wants to hear.
    """
    now = now or timezone.now()
    known = PlaceComment.objects.filter(source_key=source_key).first() if source_key else None
    if known is not None:
        return known
    if why_not := consultation.why_not(timezone.localdate(now)):
        raise Refused(why_not)
    words, where_words = plain(words, limit=LONGEST_WORDS), plain(where_words, limit=LONGEST_WHERE)
    author_name = plain(author_name, limit=LONGEST_NAME)
    # Words about a photo are shown with it; without one there is nothing for them to stand under.
    photo_words = plain(photo_words, limit=LONGEST_PHOTO_WORDS) if photo_key else ""
    if not words:
        raise Refused("Write what you would like to say.")
    if feeling not in PlaceComment.Feeling.values:
        raise Refused("Choose how you feel about it.")
    if not (pin or named_place or postcode or where_words):
        raise Refused(NO_PLACE)
    check_inside(pin, consultation)
    point, accuracy = point_of(pin=pin, named_place=named_place, postcode=postcode)
    look = first_look(words, where_words, author_name, photo_words, is_one_of_many=is_one_of_many)
    arrival = status_on_arrival(
        # No rule can look at a picture, so a person does.
        is_read_first=consultation.moderation == Consultation.Moderation.PRE or bool(photo_key),
        risk=risk_of(look),
        staffed_from=consultation.staffed_from,
        staffed_until=consultation.staffed_until,
        now=now,
    )
    comment = PlaceComment(
        reference=unused_reference(),
        consultation=consultation,
        words=words,
        feeling=feeling,
        theme=theme,
        postcode=postcode,
        named_place=named_place,
        where_words=where_words,
        accuracy=accuracy,
        author_name=author_name,
        is_name_shown=is_name_shown and bool(author_name),
        status=arrival.status,
        is_unread=arrival.is_unread,
        published_at=now if arrival.status == Status.PUBLISHED else None,
        risk=risk_of(look),
        is_example=is_example,
        source=PlaceComment.Source.STAFF if by else PlaceComment.Source.WEB,
        source_key=source_key,
        sent_at=now,
        sent_by=by,
    )
    comment.stand_at(point)
    try:
        with transaction.atomic():
            keep(comment)
    except IntegrityError:
        # The same form at the same moment: the other one was first.
        return PlaceComment.objects.get(source_key=source_key)
    say_what_was_seen(comment, look, was=Status.WAITING, at=now)
    _keep_along(comment, photo_key=photo_key, photo_words=photo_words, address=address, consent=consent, now=now)
    record(action="comments.leave", by=by, subject=comment, status=str(comment.status), accuracy=str(accuracy))
    return comment


def check_inside(pin: Point | None, consultation: Consultation) -> None:
    """Refused where a pin is no place on earth, or not in the consultation's area."""
    if pin and not is_on_earth(*pin):
        raise Refused(BAD_PIN)
    if pin and not is_inside(pin, bounds=consultation.bounds, outline=consultation.outline):
        raise Refused(f"The pin is outside the area of “{consultation.name}”. Move it, or say where in words.")


def point_of(
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


def risk_of(look: FirstLook) -> PlaceComment.Risk:
    """How soon a person should look."""
    if look.signs:
        return PlaceComment.Risk.HELP
    if look.personal:
        return PlaceComment.Risk.PERSONAL
    return PlaceComment.Risk.MANY if look.reason else PlaceComment.Risk.PLAIN


def say_what_was_seen(comment: PlaceComment, look: FirstLook, *, was: Status, at: datetime) -> None:
    """Append to the history what the rules of the site did: why they held it, or that it was shown before anybody read it."""
    if comment.status not in {Status.HELD, Status.PUBLISHED}:
        return
    ModerationDecision.objects.create(
        comment=comment,
        from_status=was,
        to_status=comment.status,
        reason=look.reason,
        note=look.note,
        decided_at=at,
    )
    say_help_was_heard(comment, look)


def say_help_was_heard(subject: Model, look: FirstLook) -> None:
    """Write down that somebody may need help, where the rules heard that.

    The names of the rules alone: whoever looks after them sees how often each speaks, and never the words.
    """
    if look.signs:
        record(action="comments.heard_cry_for_help", by=None, subject=subject, signs=list(look.signs))


def _keep_along(
    comment: PlaceComment, *, photo_key: str, photo_words: str, address: str, consent: Consent | None, now: datetime
) -> None:
    """Whatever the author sent along: a photo, an address to hear at, leave to pass the comment on."""
    if photo_key:
        hang_on(comment=comment, key=photo_key, words=photo_words)
    if address:
        ask_to_hear(comment=comment, address=address, is_author=True, now=now)
    if consent is not None:
        HelpConsent.objects.create(
            comment=comment,
            name=plain(consent.name, limit=LONGEST_NAME),
            reach=plain(consent.reach, limit=LONGEST_REACH),
            given_at=now,
        )
        record(action="comments.may_be_passed_on", by=None, subject=comment)
