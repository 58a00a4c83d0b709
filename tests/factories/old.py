"""One of everything that has a period, long ago; made up, and about nobody."""

import io
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import models
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from PIL import Image
from wagtail.admin.models import EditingSession, FormState
from wagtail.models import ModelLogEntry, PageLogEntry, Revision

from engagement.comments.actions.photos import hang_on, take_in
from engagement.comments.models import AskedAddress, HelpConsent, Photo, PlaceComment, Promise, Reading, Verdict
from engagement.directory.models import Correction, Keeper, Likeness, Telling
from newsletter.models import Campaign, Delivery, Subscriber
from newsletter.workflow import SubscriberState
from portal.accounts.models import User
from portal.audit.record import record
from portal.emails.models import HeldBack, StrangersAddress, StrangersDay
from portal.emails.suppression import note_soft_bounce
from portal.privacy.holds import end_hold, place_hold
from portal.rights.models import SubjectRequest
from selfreferral.models import AssessmentCode, CallBack, Referral, ReferrerFeedback, Survey, SurveyLink
from selfreferral.workflow import State
from tests.factories.comments import MONDAY, make_action, make_comment, make_published
from tests.factories.directory import make_activity, make_venue
from tests.factories.following import make_alert, make_follower
from tests.factories.listening import make_listener
from tests.factories.newsletter import a_campaign, a_reader
from tests.factories.selfreferral import WEDNESDAY, a_draft, a_referral
from tests.factories.sessions import make_session
from tests.factories.together import back_again

OLD = WEDNESDAY - timedelta(days=4000)
STRAY = "comments/nobodys.jpg"


def one_of_everything(by: User) -> tuple[PlaceComment, Referral]:
    """A comment and a request that somebody may want to hold are given back."""
    comment = _comments(by)
    _directory(by)
    _newspaper(by)
    referral = _requests()
    _asked_about_our_help()
    _house(by)
    return comment, referral


def a_photo() -> Photo:
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "green").save(out, "PNG")
    return take_in(file=io.BytesIO(out.getvalue()), now=MONDAY)


def _comments(by: User) -> PlaceComment:
    said = make_published("The bins blow over.", by=by)
    hang_on(comment=said, key=a_photo().key)
    a_photo()
    default_storage.save(STRAY, ContentFile(b"left behind"))
    declined = make_comment("Something unkind.")
    PlaceComment.objects.filter(pk=declined.pk).update(status="declined")
    follower = make_follower(said)
    make_follower(said, "ben@example.org", is_confirmed=False)
    make_alert(is_confirmed=False)
    HelpConsent.objects.create(comment=said, name="Ann", reach="07700 900123", given_at=MONDAY)
    AskedAddress.objects.get_or_create(address_hash="a", asked_on=MONDAY.date())
    action = make_action(said, by=by)
    Verdict.objects.create(action=action, follower=follower, answer="no", words="Still dark.", given_at=MONDAY)
    Reading.objects.create(comment=said, reader=by, seen_at=MONDAY)
    event = make_session(by=by, notes="Ann made the tea")
    Promise.objects.create(event=event, words="Bring the map", to_whom="Ann", kept_at=MONDAY)
    return said


def _directory(by: User) -> None:
    hall, other = make_venue("Lantern Hall"), make_venue("Lantern Hall Annexe")
    Correction.objects.create(venue=hall, words="Shut", sent_at=OLD, settled_at=OLD)
    Keeper.objects.create(venue=hall, email="keeper@example.org", added_at=OLD, ended_at=OLD)
    first, second = sorted((hall, other), key=lambda venue: venue.pk)
    back = {"before": {"phone": "01632 960123"}, "after": {"phone": ""}}
    Likeness.objects.create(
        first=first,
        second=second,
        score=1,
        because="name",
        found_at=OLD,
        decision="same",
        decided_at=OLD,
        put_back=back,
    )
    soup = make_activity()
    make_listener(soup, "never@example.org", is_confirmed=False, now=MONDAY)
    Telling.objects.create(listener=make_listener(soup, now=MONDAY), changes=[], made_at=OLD)


def _newspaper(by: User) -> None:
    a_reader("left@example.org", state=SubscriberState.LEFT, left_at=OLD, name="Ann")
    for number, channel in enumerate(("email", "post")):
        asked = a_reader(f"asked{number}@example.org", state=SubscriberState.PENDING, asked_at=OLD, channel=channel)
        asked.consents.create(wording_version="1-post", wording="Yes", given_at=OLD)
    a_reader("nothing@example.org", state=SubscriberState.PENDING, asked_at=OLD)
    reader, campaign = a_reader("ann@example.org"), a_campaign(by)
    Delivery.objects.filter(campaign=campaign).delete()
    Delivery.objects.create(campaign=campaign, subscriber=reader, message_id="<1@here>", state="delivered")
    Campaign.objects.update(finished_at=OLD)
    Subscriber.objects.exclude(state=SubscriberState.PENDING).update(asked_at=OLD)
    StrangersAddress.objects.create(address_hash="a", day=OLD.date())
    StrangersDay.objects.create(day=OLD.date())
    HeldBack.objects.create(day=OLD.date(), name="comments")
    note_soft_bounce(address="full@example.org", mail="<2@here>", at=timezone.now())


def _requests() -> Referral:
    held = a_referral()
    tomorrow: dict[str, Any] = {"next_try_on": WEDNESDAY.date()}
    for state, more in {
        State.CLOSED: {},
        State.SIGNPOSTED: {},
        State.WITHDRAWN: {},
        State.DOOR_OPEN: tomorrow,
        State.ERASED: {"erased_at": OLD},
    }.items():
        one = held if state is State.CLOSED else a_referral()
        Referral.objects.filter(pk=one.pk).update(state=state, changed_at=OLD, **more)
    AssessmentCode.objects.create(finder="a", referral=one, made_at=OLD)
    a_draft()
    back_again(Referral.objects.filter(state=State.SIGNPOSTED).get())
    return Referral.objects.get(pk=held.pk)


def _asked_about_our_help() -> None:
    asked = Survey.objects.create(audience="residents", links_made=1, closes_on=OLD.date(), opened_at=OLD)
    SurveyLink.objects.create(survey=asked, finder="a")
    ReferrerFeedback.objects.create(survey=asked, stars=1, sealed_better=b"sealed", given_on=OLD.date())
    CallBack.objects.create(survey=asked, sealed_phone=b"sealed", asked_at=OLD)


def _house(by: User) -> None:
    left = User.objects.create_user("left@demo.example", None, first_name="Left", is_active=False)
    never = User.objects.create_user("never@example.org", None)
    User.objects.filter(pk__in=[left.pk, never.pk]).update(date_joined=OLD)
    record(action="geo.add", by=by)
    placed = place_hold(subject=left, reason="A question", review_on=OLD.date() + timedelta(9), by=by, now=OLD)
    end_hold(hold=placed, because="Answered", by=by, now=OLD)
    SubjectRequest.objects.create(**_asked(by))
    Session.objects.create(session_key="over", session_data="", expire_date=OLD)
    kind = ContentType.objects.get_for_model(User)
    FormState.objects.create(data="a=b", user=by, content_type=kind, object_id="1", last_updated_at=OLD)
    EditingSession.objects.create(user=by, content_type=kind, object_id="1", last_seen_at=OLD)
    if apps.is_installed("allauth.usersessions"):
        sessions: Any = apps.get_model("usersessions.UserSession")
        sessions.objects.create(user=by, ip="0.0.0.0", user_agent="Firefox", session_key="over")
    _moved_to(OLD, Revision, "created_at", leave_the_latest=True)
    ModelLogEntry.objects.create(content_type=kind, label="x", action="wagtail.edit", timestamp=OLD, object_id="1")
    _moved_to(OLD, PageLogEntry, "timestamp")
    DBTaskResult.objects.update(status=TaskResultStatus.SUCCESSFUL, finished_at=OLD)


def _asked(by: User) -> dict[str, Any]:
    day, at = OLD.date(), {"made_at": OLD, "closed_at": OLD}
    days = {"received_on": day, "begins_on": day, "due_on": day}
    return {"reference": "ABC-DEF", "kind": "access", "channel": "letter", "state": "done", **days, **at}


def _moved_to(moment: datetime, model: type[models.Model], field: str, *, leave_the_latest: bool = False) -> None:
    rows = model._base_manager.order_by("-pk")
    if leave_the_latest:
        again = Revision.objects.latest("pk").content_object
        again.save_revision()
        again.save_revision()
    rows.exclude(pk=rows.values_list("pk", flat=True)[0] if leave_the_latest else 0).update(**{field: moment})
