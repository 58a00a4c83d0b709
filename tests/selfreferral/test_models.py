"""What this room stores stays in this room: no search, no snippet, no page, no index of Wagtail's."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import models
from wagtail.models import Page
from wagtail.search.index import Indexed
from wagtail.snippets.models import get_snippet_models

from portal.accounts.roles import ROLES
from portal.pages.search import find
from portal.privacy import NoPersonalData
from selfreferral.models import Domain, ReferralSource
from selfreferral.nicknames import FIRST, SECOND, new_nickname
from selfreferral.queue.rows import Queue
from tests.conftest import Person
from tests.factories.selfreferral import WEDNESDAY, a_referral, talked_with

MODELS = list(apps.get_app_config("selfreferral").get_models())
# Lists that the lead keeps on Wagtail's screens, by its permissions: they name parts of life and kinds of service.
LISTS = (Domain, ReferralSource)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_wagtail_knows_none_of_it(model: type[models.Model]) -> None:
    assert not issubclass(model, Indexed | Page)
    assert model not in get_snippet_models()
    assert getattr(model, "wagtail_reference_index_ignore", False)
    assert model in LISTS or not model._meta.default_permissions


@pytest.mark.parametrize("model", LISTS)
def test_a_list_on_wagtails_screens_holds_nobody_and_is_the_leads(model: type[models.Model]) -> None:
    assert isinstance(model.personal_data, NoPersonalData)  # type: ignore[attr-defined]
    assert not [field for field in model._meta.get_fields() if field.is_relation and field.concrete]
    ending = f"_{model._meta.model_name}"
    keepers = [key for key, role in ROLES.items() if any(name.endswith(ending) for name in role.permissions)]
    assert keepers == ["lead"]


@pytest.mark.django_db
def test_the_search_of_the_site_finds_nobody() -> None:
    referral = a_referral(what_would_help="KESTREL")
    for query in ("KESTREL", referral.reference, referral.nickname):
        assert find(query) == []


def test_nicknames_are_two_harmless_words() -> None:
    assert len(FIRST) * len(SECOND) > 2000
    first, second = new_nickname().split()
    assert first in FIRST
    assert second in SECOND


@pytest.mark.django_db
def test_an_answer_names_its_referral_and_part_only() -> None:
    referral = a_referral()
    assert {str(answer) for answer in referral.answers.all()} == {f"{referral.pk} contact", f"{referral.pk} story"}


def test_who_waits_to_hear_from_us_comes_before_whom_we_have_spoken_with(navigator: Person) -> None:
    weeks_ago, days_ago = WEDNESDAY - timedelta(weeks=6), WEDNESDAY - timedelta(days=7)
    spoken_with = talked_with(by=navigator.user, now=weeks_ago)
    late, fresh = a_referral(now=days_ago), a_referral(now=WEDNESDAY)
    queue = Queue.before(navigator.user, now=WEDNESDAY, today=WEDNESDAY.date())
    assert queue.stretches("").first(10) == [late, fresh, spoken_with]
