"""One village where everything exists, everybody who may stand at a door, and a quick way to try very many doors."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

import pytest
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.db import transaction
from django.http import HttpResponseBase
from django.template.backends.django import Template
from django.test import override_settings
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import Site

from engagement.comments.models import Consultation, EngagementEvent, PlaceComment, Theme
from engagement.directory.models import Activity, Contact, Organisation, Venue
from newsletter.models import IssuePage, Subscriber, Topic
from portal.accounts.models import User
from portal.accounts.roles import ROLES
from portal.demo.people import email_of
from portal.demo.village import build_village
from portal.geo.models import NamedPlace
from portal.pages.models import HomePage
from selfreferral.models import ErasureRequest, Referral, SharedView, SharingAgreement
from tests.conftest import PASSWORD, Person
from tests.factories.organisations import make_contact, make_group

# Words of somebody who asked for help, as nobody else would write them.
CANARY = "the kingfisher under Blackhills bridge"
ROLE_NAMES = tuple(ROLES)
NOBODY = ("stranger", "resident")
_DEMO_NAMES = {"administrator": "admin"}


@pytest.fixture(scope="module")
def village(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The demo's village with what it lacks, once for all tests of a file, and gone after them."""
    with django_db_blocker.unblock(), override_settings(PORT=8000):
        outer = transaction.atomic()
        outer._from_testcase = True  # type: ignore[attr-defined]
        with outer:
            build_village(password=PASSWORD)
            Document.objects.create(title="Minutes", file=ContentFile(b"Minutes", name="minutes.txt"))
            make_contact(make_group())
            User.objects.create_user("resident@demo.example", PASSWORD)
            yield
            transaction.set_rollback(True)


@pytest.fixture
def people(village: None, settings: Any) -> dict[str, Person]:
    """A browser for each role, for a stranger and for a resident's account."""
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.cache"
    people = {"stranger": Person()}
    emails = [email_of(_DEMO_NAMES.get(role, role)) for role in ROLE_NAMES]
    users = [User.objects.get(email=email) for email in (*emails, "resident@demo.example")]
    for name, user in zip((*ROLE_NAMES, "resident"), users, strict=True):
        person = Person()
        person.user = user
        person.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        people[name] = person
    for person in people.values():
        person.raise_request_exception = False
    return people


def values() -> dict[str, dict[str, Any]]:
    """What stands for the parameters of a route, by how it begins."""
    issue, image = IssuePage.objects.first(), Image.objects.first()
    assert issue is not None
    assert image is not None
    home = HomePage.objects.get()
    page = {"page_id": issue.pk, "parent_page_id": issue.get_parent().pk, "revision_id": issue.latest_revision_id}
    first: dict[str, Any] = {
        "staff/venues/": Venue,
        "staff/directory/venues/": Venue,
        "staff/directory/keepers/": Venue,
        "staff/activities/": Activity,
        "staff/directory/activities/": Activity,
        "staff/organisations/": Organisation,
        "staff/contacts/": Contact,
        "staff/comment-themes/": Theme,
        "staff/consultations/": Consultation,
        "staff/named-places/": NamedPlace,
        "staff/newspaper-topics/": Topic,
        "staff/sites/": Site,
        "staff/users/": User,
        "staff/groups/": Group,
    }
    # The last of each: the first theme and consultation are the standing ones, which nobody takes away.
    rows = {start: {"pk": model._default_manager.last().pk} for start, model in first.items()}
    referral, comment = Referral.objects.first(), PlaceComment.objects.first()
    session, reader = EngagementEvent.objects.first(), Subscriber.objects.first()
    assert referral is not None
    assert comment is not None
    assert session is not None
    assert reader is not None
    document = Document.objects.get()
    shared, erasure, agreement = SharedView.objects.get(), ErasureRequest.objects.get(), SharingAgreement.objects.get()
    return {
        **rows,
        "staff/": {"reference": referral.reference},
        "staff/comments/": {"reference": comment.reference},
        "staff/face-to-face/": {"code": session.code},
        "staff/newspaper/": {"issue_id": issue.pk},
        "staff/newspaper/readers/": {"number": reader.pk},
        "staff/pages/": {**page, "page_to_move_id": issue.pk, "destination_id": page["parent_page_id"]},
        "staff/pages/add/": {
            "content_type_app_name": "pages",
            "content_type_model_name": "standardpage",
            "parent_page_id": home.pk,
        },
        "staff/choose-page/": {"parent_page_id": page["parent_page_id"]},
        "staff/images/": {"image_id": image.pk, "pk": image.pk, "filter_spec": "width-100"},
        "staff/documents/": {"document_id": document.pk, "pk": document.pk, "doc_id": document.pk},
        "staff/api/": {"pk": issue.pk, "action_name": "publish"},
        "staff/agreements/": {"pk": agreement.pk},
        "staff/shared/": {"pk": shared.pk},
        "staff/erasures/": {"pk": erasure.pk},
    }


@contextmanager
def doors_only(people: dict[str, Person], monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Who may pass is decided as ever, but nothing is drawn, and nobody is looked up twice: thousands of tries in seconds."""
    known = {person.user.pk: person.user for name, person in people.items() if name != "stranger"}
    monkeypatch.setattr(ModelBackend, "get_user", lambda self, pk: known.get(int(pk)))
    with mock.patch.object(Template, "render", return_value="drawn"):
        yield


def tried(person: Person, method: str, address: str, /, **data: Any) -> HttpResponseBase:
    """One try, after which the village is as it was."""
    step = transaction.atomic()
    # What refuses to run inside another transaction may run inside a test's.
    step._from_testcase = True  # type: ignore[attr-defined]
    with step:
        response: HttpResponseBase = getattr(person, method)(address, data)
        transaction.set_rollback(True)
    return response
