"""Every promise in a declaration is kept by something: a period by its name, or what the row goes with."""

import re

import pytest
from django.conf import settings
from django.db import models

from portal.privacy.declarations import PersonalData, declaration_of, our_models
from portal.privacy.periods import periods

# What ends without a period: with which row it goes (its key says so), or nothing, because the declaration says "for good".
GOES_WITH = {
    "as long as the comment": "comments.PlaceComment",
    "as long as the request for help": "selfreferral.Referral",
    "as long as the reference itself": "selfreferral.Referral",
    "as long as the reader's own row": "newsletter.Subscriber",
    "as long as the action": "comments.Action",
    "as long as the account": "accounts.User",
    "as long as the schedule is in the directory": "directory.Schedule",
    "as long as the organisation is in the directory": "directory.Organisation",
}
# Entries and sendings that staff keep, and what ends by itself when somebody says so.
STAYS = (
    "for good",
    "as long as the portal",
    "as long as the newspaper's archive",
    "as long as the place is in the directory",
    "as long as the activity is in the directory",
    "as long as the entry is in the directory",
    "as long as the organisation is in the directory",
    "as long as both are in the directory",
    "until the record goes",
    "until they say stop",
)
TIMES = re.compile(r"\b(\d+|minutes?|hours?|days?|nights?|weeks?|months?|years?)\b")


def declared() -> list[tuple[type[models.Model], PersonalData]]:
    found = [(model, declaration_of(model)) for model in our_models()]
    return [(model, one) for model, one in found if isinstance(one, PersonalData)]


def test_a_time_is_promised_by_the_name_of_its_period_alone() -> None:
    names = {period.name for period in periods()}
    for model, one in declared():
        assert set(one.periods) <= names, model
        without = re.sub(r"\{[^}]*\}, until the night after|\{[^}]*\}|for good, as a day", "", one.kept)
        assert not TIMES.search(without), (model, one.kept)
        assert "{" not in one.kept_in_words


def test_each_period_of_ours_is_promised_in_a_declaration() -> None:
    promised = {name for _, one in declared() for name in one.periods}
    # These are about rows of which the declaration says that they hold nothing about a person, and about files of none.
    about_nobody = {"comments.stray_photos", "emails.held_back", "emails.strangers_days"}
    assert {period.name for period in periods() if period.is_ours} - promised - about_nobody == set()


def test_what_has_no_period_goes_with_another_row_or_says_that_it_stays() -> None:
    for model, one in declared():
        if one.periods or one.kept.startswith(STAYS):
            continue
        with_what = next((label for words, label in GOES_WITH.items() if one.kept.startswith(words)), None)
        assert with_what is not None, (model, one.kept)
        ends_with = {
            field.remote_field.model._meta.label
            for field in model._meta.get_fields()
            if isinstance(field, models.ForeignKey) and field.remote_field.on_delete is models.CASCADE
        }
        assert with_what in ends_with, (model, with_what)


@pytest.mark.parametrize("name", sorted({period.setting for period in periods() if period.setting}))
def test_each_setting_of_a_period_is_there_and_is_a_whole_number(name: str) -> None:
    assert isinstance(getattr(settings, name), int)
    assert name.endswith(("_DAYS", "_YEARS"))
