"""What the comments room holds about one person: what they said, where they asked to hear, and where they are spoken of."""

from collections.abc import Iterator
from typing import NamedTuple

from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse

from engagement.comments.actions import alerting, following
from engagement.comments.actions.authoring import add_words
from engagement.comments.actions.on_request import erase_for_author, put_into_use, take_out_of_use
from engagement.comments.models import (
    Addition,
    Alert,
    Follower,
    HelpConsent,
    ModerationDecision,
    Photo,
    PlaceComment,
    Redaction,
    Response,
    Verdict,
)
from engagement.comments.workflow import Status
from portal.clock import say_moment, say_whole_date
from portal.privacy.people import Clues, Erased, Errand, Foreseen, Found, Holder, Item, told

AUTHOR, FOLLOWER, ALERT, SPOKEN_OF = "comment", "follower", "alert", "spoken_of"
MOST_FOUND = 50
THIRD_PARTY = "third_party"
OUR_TEAM = "our team"
Line = tuple[str, str, str, str]


class _Key(NamedTuple):
    kind: str
    number: int

    @classmethod
    def read(cls, key: str) -> "_Key":
        kind, number = key.split(":")
        return cls(kind, int(number))


def find(clues: Clues, errand: Errand) -> list[Found]:
    """Comments that they wrote, comments and places that they follow, and comments in whose words they are named."""
    there = PlaceComment.objects.exclude(status=Status.ERASED)
    found: dict[int, Found] = {}
    for because, is_sure, wanted in _as_author(clues):
        for comment in there.filter(wanted).distinct().order_by("-pk")[:MOST_FOUND]:
            if comment.pk not in found:
                found[comment.pk] = _found(AUTHOR, comment.pk, f"Comment {comment.reference}", because, is_sure)
    others = there.filter(_in_words(clues)).exclude(pk__in=found).distinct().order_by("-pk")[:MOST_FOUND]
    spoken_of = [
        _found(SPOKEN_OF, one.pk, f"Words of comment {one.reference}", "they are named in it", False) for one in others
    ]
    return [*found.values(), *_hearing(clues, set(found)), *spoken_of]


def _as_author(clues: Clues) -> Iterator[tuple[str, bool, Q]]:
    if clues.email:
        theirs = Q(followers__address__iexact=clues.email, followers__is_author=True)
        yield "their e-mail address", True, theirs | Q(help_consent__reach__iexact=clues.email)
    if clues.phone:
        yield "their phone number", True, Q(help_consent__reach__iexact=clues.phone)
    if clues.reference:
        yield "the reference that they gave", False, Q(reference=clues.reference)
    if clues.name:
        yield "the same name", False, Q(author_name__iexact=clues.name) | Q(help_consent__name__iexact=clues.name)
    if clues.postcode:
        yield "the same postcode", False, Q(postcode=clues.postcode)


def _in_words(clues: Clues) -> Q:
    whole_name = clues.name if len(clues.name.split()) > 1 else ""
    named = Q(pk__in=[])
    for words in filter(None, (clues.email, clues.phone, whole_name)):
        for field in ("words", "sent_words", "where_words", "sent_where_words", "additions__words"):
            named |= Q(**{f"{field}__icontains": words})
    return named


def _hearing(clues: Clues, authored: set[int]) -> list[Found]:
    if not clues.email:
        return []
    followers = Follower.objects.at(clues.email).exclude(comment__in=authored).select_related("comment")
    because = "their e-mail address"
    return [
        *(_found(FOLLOWER, one.pk, f"Hears of comment {one.comment.reference}", because, True) for one in followers),
        *(_found(ALERT, one.pk, "Hears of a place", because, True) for one in Alert.objects.at(clues.email)),
    ]


def _found(kind: str, number: int, label: str, because: str, is_sure: bool) -> Found:
    return Found(key=f"{kind}:{number}", label=label, because=because, is_sure=is_sure)


def items(key: str, errand: Errand) -> list[Item]:
    """All of it, the author's own words first; of somebody else's words only those, and they are thought about first."""
    kind, number = _Key.read(key)
    if kind == FOLLOWER:
        return told((line for one in Follower.objects.filter(pk=number) for line in _follower(one)), of=key)
    if kind == ALERT:
        return told((line for one in Alert.objects.filter(pk=number) for line in _alert(one)), of=key)
    comment = PlaceComment.objects.filter(pk=number).first()
    if comment is None:
        return []
    if kind == SPOKEN_OF:
        heading = f"Comment {comment.reference}, by somebody else"
        said = [comment.words_as_sent, *comment.additions.values_list("words", flat=True)]
        return told([(heading, "What they wrote", words, THIRD_PARTY) for words in said], of=key)
    photo = Photo.objects.filter(comment=comment).first()
    along = []
    if photo is not None:
        [one] = told([(f"Your comment {comment.reference}", "Your photo", photo.words or "A photo", "")], of=key)
        along = [Item(key=one.key, label=one.label, words=one.words, heading=one.heading, is_picture=True)]
    return [*told(_comment(comment), of=key), *along]


def _comment(comment: PlaceComment) -> Iterator[Line]:
    heading = f"Your comment {comment.reference}"
    yield heading, "Sent", say_moment(comment.sent_at), ""
    yield heading, "What you wrote", comment.words_as_sent, ""
    if comment.sent_words:
        yield heading, "What everybody reads of it", comment.words, ""
    shown = "shown to everybody" if comment.is_name_shown else "not shown"
    pin = f"{comment.exact_point.latitude:.5f}, {comment.exact_point.longitude:.5f}" if comment.exact_point else ""
    for label, words in (
        ("Where", comment.where),
        ("Where, as you wrote it", comment.sent_where_words),
        ("Postcode", comment.postcode),
        ("The pin on the map", pin),
        ("Your name", f"{comment.author_name}, {shown}" if comment.author_name else ""),
        ("Where it stands", comment.get_status_display()),
        ("Taken down for you by", OUR_TEAM if comment.sent_by_id else ""),
    ):
        if words:
            yield heading, label, words, ""
    for follower in comment.followers.filter(is_author=True):
        yield heading, "Where you hear of it", follower.address, ""
        yield from _verdicts(follower)
    consent = HelpConsent.objects.filter(comment=comment).first()
    if consent is not None and (consent.name or consent.reach):
        yield heading, "You said that we may pass it on", f"{consent.name}, {consent.reach}", ""
    for addition in comment.additions.all():
        yield heading, f"You added, {say_moment(addition.added_at)}", addition.words, ""
    for answer in comment.responses.all():
        yield heading, f"We answered, {say_moment(answer.responded_at)}", answer.words, ""
    for decision in comment.decisions.all():
        words = "\n".join(filter(None, (decision.ends_in_words.capitalize(), decision.why, decision.told)))
        yield heading, f"We decided, {say_moment(decision.decided_at)}", words, ""
    for taken in comment.redactions.all():
        words = "\n".join(filter(None, (taken.words_before, taken.where_words_before, taken.note)))
        yield heading, f"We took something out, {say_moment(taken.redacted_at)}; before, it read", words, ""


def _follower(follower: Follower) -> Iterator[Line]:
    heading = f"You asked to hear of comment {follower.comment.reference}"
    yield heading, "Since", say_whole_date(follower.asked_at), ""
    yield heading, "Your address", follower.address, ""
    yield from _verdicts(follower)


def _verdicts(follower: Follower) -> Iterator[Line]:
    for verdict in Verdict.objects.filter(follower=follower):
        words = f"{verdict.get_answer_display()}\n{verdict.words}".strip()
        yield "You told us whether it is better", say_whole_date(verdict.given_at), words, ""


def _alert(alert: Alert) -> Iterator[Line]:
    heading = f"You asked to hear what is new, {alert.get_often_display().lower()}"
    yield heading, "Since", say_whole_date(alert.asked_at), ""
    yield heading, "Your address", alert.address, ""
    where = f"{alert.metres} metres around {alert.words} ({alert.latitude:.5f}, {alert.longitude:.5f})"
    yield heading, "The place", where, ""


def foresee(key: str) -> Foreseen:
    """What goes with it, in numbers."""
    kind, number = _Key.read(key)
    if kind == SPOKEN_OF:
        return Foreseen(stays=("The words are somebody else's. Take the name out of them on the desk.",))
    if kind != AUTHOR:
        return Foreseen(goes=("the address, and that they asked to hear",))
    comment = PlaceComment.objects.filter(pk=number).first()
    if comment is None or comment.status == Status.ERASED:
        return Foreseen()
    along = (
        ("photo", Photo.objects.filter(comment=comment).count()),
        ("answers of ours", comment.responses.count()),
        ("words added later", comment.additions.count()),
        ("addresses that hear of it", comment.followers.count()),
    )
    goes = ("words, name and place", *(f"{number} {what}" for what, number in along if number))
    return Foreseen(
        goes=goes, stays=("that there was a comment, its reference, and what was decided, for the numbers",)
    )


@transaction.atomic
def erase(key: str, errand: Errand) -> Erased:
    """A comment leaves a tombstone; an address and what was said with it go."""
    kind, number = _Key.read(key)
    if kind == SPOKEN_OF:
        return Erased(waits_for="a moderator, who takes the name out on the desk")
    if kind == ALERT:
        for alert in Alert.objects.filter(pk=number):
            alerting.end_alert(alert=alert)
        return Erased(went={"places followed": 1})
    if kind == FOLLOWER:
        for follower in Follower.objects.filter(pk=number).select_related("comment"):
            Verdict.objects.filter(follower=follower).update(words="")
            following.stop(follower=follower)
        return Erased(went={"comments followed": 1})
    comment = PlaceComment.objects.select_for_update().filter(pk=number).exclude(status=Status.ERASED).first()
    if comment is None:
        return Erased()
    photos, followers = Photo.objects.filter(comment=comment).count(), comment.followers.count()
    erase_for_author(comment=comment, by=errand.by, now=errand.now)
    return Erased(went={"comments": 1, "photos": photos, "addresses": followers})


def rows(key: str) -> list[models.Model]:
    kind, number = _Key.read(key)
    model: type[models.Model] = {FOLLOWER: Follower, ALERT: Alert}.get(kind, PlaceComment)
    found = model._default_manager.filter(pk=number)
    return list(found.exclude(status=Status.ERASED) if model is PlaceComment else found)


def url(key: str) -> str:
    kind, number = _Key.read(key)
    comment = PlaceComment.objects.filter(pk=number).first() if kind in {AUTHOR, SPOKEN_OF} else None
    return reverse("comments_desk_comment", args=[comment.reference]) if comment else reverse("comments_desk")


def address(key: str) -> str:
    """Where mail about it goes; empty where none does."""
    kind, number = _Key.read(key)
    if kind == ALERT:
        return next((alert.address for alert in Alert.objects.filter(pk=number)), "")
    wanted = Q(pk=number) if kind == FOLLOWER else Q(comment=number, is_author=True)
    followers = Follower.objects.filter(wanted) if kind != SPOKEN_OF else Follower.objects.none()
    return next((follower.address for follower in followers), "")


def put_right(key: str, words: str, errand: Errand) -> None:
    """Beside the author's words stand theirs of today, once a moderator has read them; the old ones stay."""
    kind, number = _Key.read(key)
    if kind == AUTHOR:
        add_words(comment=PlaceComment.objects.get(pk=number), words=words, now=errand.now)


def restrict(key: str, is_lifted: bool, errand: Errand) -> None:
    """Nobody reads it for a while, or everybody again."""
    kind, number = _Key.read(key)
    if kind == AUTHOR:
        act = put_into_use if is_lifted else take_out_of_use
        act(comment=PlaceComment.objects.get(pk=number), by=errand.by, now=errand.now)


def sets_aside(key: str) -> bool:
    """Words of somebody else in which they are named stay in use."""
    return _Key.read(key).kind != SPOKEN_OF


def picture(key: str) -> bytes:
    """The photo that hangs on a comment of theirs."""
    kind, number = _Key.read(key)
    photo = Photo.objects.filter(comment=number).first() if kind == AUTHOR else None
    if photo is None:
        return b""
    with photo.image.open("rb") as file:
        return bytes(file.read())


COMMENTS = Holder(
    name="comments",
    title="Comments about places",
    models=(
        PlaceComment, Photo, Addition, HelpConsent, ModerationDecision, Redaction, Response, Verdict, Follower, Alert,
    ),
    find=find,
    items=items,
    foresee=foresee,
    erase=erase,
    rows=rows,
    url=url,
    address=address,
    put_right=put_right,
    restrict=restrict,
    sets_aside=sets_aside,
    picture=picture,
)  # fmt: skip
