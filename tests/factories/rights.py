"""Requests that people make about themselves, and one made-up person who is in every room."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from engagement.comments.models import Alert, Follower, PlaceComment
from engagement.directory.actions.keepers import add_keeper
from engagement.directory.models import Keeper
from newsletter.models import Subscriber
from portal.accounts.models import User
from portal.privacy.people import Clues
from portal.rights.actions.moving import Given, move, open_request
from portal.rights.actions.searching import say_whose, search
from portal.rights.models import FoundRecord, SubjectRequest
from selfreferral.models import Referral
from tests.factories.comments import make_comment
from tests.factories.directory import make_venue
from tests.factories.following import make_alert, make_follower
from tests.factories.newsletter import a_reader
from tests.factories.selfreferral import a_referral

WREN = "wren@example.org"
CLUES = Clues(name="Wren Canary", email=WREN, phone="07700 900321")


@dataclass(frozen=True)
class Everywhere:
    """One person with a row in every room."""

    comment: PlaceComment
    follower: Follower
    alert: Alert
    reader: Subscriber
    keeper: Keeper
    referral: Referral


def somebody_everywhere(*, by: User, now: datetime | None = None) -> Everywhere:
    """Wren Canary wrote a comment and follows it, follows a place, reads the newspaper, keeps a hall and asked for help."""
    comment = make_comment("Wren canary words about the bins.", author_name="Wren Canary")
    return Everywhere(
        comment=comment,
        follower=make_follower(comment, WREN, is_author=True),
        alert=make_alert(WREN),
        reader=a_reader(WREN, name="Wren Canary"),
        keeper=add_keeper(venue=make_venue("Canary Hall"), email=WREN, name="Wren Canary", by=by),
        referral=a_referral(
            now=now or timezone.now(), name="Wren Canary", email=WREN, phone="07700 900321",
            what_would_help="Wren canary would like company.",
        ),
    )  # fmt: skip


def a_request(
    kind: str = "access", *, by: User, now: datetime | None = None, scope: str = "everything"
) -> SubjectRequest:
    """Somebody asked today."""
    now = now or timezone.now()
    return open_request(
        kind=kind,
        scope=scope,
        channel="email",
        received_on=timezone.localdate(now),
        letter="shared mailbox",
        by=by,
        now=now,
    )


def being_looked_for(kind: str = "access", *, by: User, scope: str = "everything") -> SubjectRequest:
    """We know who asks, and have begun."""
    request = a_request(kind, by=by, scope=scope)
    return move(request=request, change="begin", by=by, now=timezone.now(), given=Given(identity="known"))


def being_decided(
    kind: str = "access", *, by: User, scope: str = "everything", clues: Clues = CLUES, theirs: Iterable[str] = ("*",)
) -> SubjectRequest:
    """Everything was looked for; what was found is theirs, or that alone of the rooms that are named."""
    request = being_looked_for(kind, by=by, scope=scope)
    now, rooms = timezone.now(), set(theirs)
    search(request=request, clues=clues, by=by, now=now)
    for record in request.found.all():
        say_whose(record=record, is_theirs="*" in rooms or record.room in rooms, by=by, now=now)
    return move(request=request, change="decide", by=by, now=now)


def the_found(request: SubjectRequest, room: str, start: str = "") -> FoundRecord:
    """What was found in this room, of this kind where there are several."""
    return request.found.get(room=room, key__startswith=start)
