"""Asking what people think of our help: links that name nobody, one answer for each, and a call for those who want one."""

import secrets
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from portal.accounts.models import User
from portal.audit.record import record
from portal.tasks import enqueue_on_commit
from portal.text import plain
from selfreferral import vault
from selfreferral.actions.changes import need_lead
from selfreferral.models import CallBack, ReferrerFeedback, Survey, SurveyLink
from selfreferral.models.sealing import place
from selfreferral.models.surveys import FEWEST_STARS, MOST_STARS, UNHAPPY
from selfreferral.refusals import NoLink, SomethingMissing
from selfreferral.tasks import alert_navigators

MOST_LINKS = 500
LONGEST_ROUND = timedelta(days=92)
LONGEST_WORDS = 2000
FEWEST_DIGITS = 10
# 65 random bits: a link can be typed from paper and not be guessed.
TOKEN_LETTERS, TOKEN_LENGTH = "abcdefghjkmnpqrstuvwxyz23456789", 13


@transaction.atomic
def make_links(*, audience: Survey.Audience, how_many: int, closes_on: date, by: User, now: datetime) -> list[str]:
    """A round of asking; gives back a token for each link. They are stored nowhere: print or mail them at once."""
    need_lead(by)
    today = timezone.localdate(now)
    if not 1 <= how_many <= MOST_LINKS:
        raise SomethingMissing(f"Make 1 to {MOST_LINKS} links.")
    if not today < closes_on <= today + LONGEST_ROUND:
        raise SomethingMissing("Choose a last day within three months from now.")
    survey = Survey(audience=audience, links_made=how_many, closes_on=closes_on, opened_at=now, opened_by=by)
    survey.wrapped_key, _ = vault.new_strongbox(place=place(survey))
    survey.save(force_insert=True)
    tokens = ["".join(secrets.choice(TOKEN_LETTERS) for _ in range(TOKEN_LENGTH)) for _ in range(how_many)]
    SurveyLink.objects.bulk_create(SurveyLink(survey=survey, finder=_finder(token)) for token in tokens)
    record(action="selfreferral.make_survey_links", by=by, subject=survey, links=how_many)
    return tokens


def link_called(token: str, *, now: datetime) -> SurveyLink:
    """The link, used or not, while its round is open; NoLink where there is none."""
    found = SurveyLink.objects.called(token).select_related("survey").first() if _may_be(token) else None
    if found is None or not found.survey.is_open(timezone.localdate(now)):
        raise NoLink
    return found


@transaction.atomic
def answer(*, token: str, stars: int, good: str, better: str, now: datetime) -> SurveyLink:
    """Take one answer, and use up the link. Nothing says afterwards which link it came by."""
    link = _locked(token, now)
    if link.is_used:
        raise NoLink
    if not FEWEST_STARS <= stars <= MOST_STARS:
        raise SomethingMissing("Choose one to five stars.")
    row = ReferrerFeedback(survey=link.survey, stars=stars, given_on=timezone.localdate(now))
    box = link.survey.strongbox()
    for part, words in (("good", good), ("better", better)):
        if cleaned := plain(words, limit=LONGEST_WORDS).strip():
            setattr(row, f"sealed_{part}", box.seal(cleaned, place=place(row, part)))
    row.save(force_insert=True)
    link.is_used, link.may_ask_for_call = True, stars <= UNHAPPY
    link.save(update_fields=["is_used", "may_ask_for_call"])
    record(action="selfreferral.answer_survey", by=None, subject=link.survey)
    return link


@transaction.atomic
def ask_for_call(*, token: str, phone: str, now: datetime) -> CallBack:
    """Somebody who was unhappy leaves a number, once; the people who answer are told that somebody waits."""
    link = _locked(token, now)
    if not link.may_ask_for_call:
        raise NoLink
    if len(vault.normal_phone(phone)) < FEWEST_DIGITS:
        raise SomethingMissing("Enter a phone number, like 01234 567890.")
    call = CallBack(survey=link.survey, asked_at=now)
    call.sealed_phone = link.survey.strongbox().seal(phone, place=place(call, "phone"))
    call.save(force_insert=True)
    link.may_ask_for_call = False
    link.save(update_fields=["may_ask_for_call"])
    record(action="selfreferral.ask_for_call", by=None, subject=link.survey)
    enqueue_on_commit(alert_navigators)
    return call


def _locked(token: str, now: datetime) -> SurveyLink:
    link = link_called(token, now=now)
    return SurveyLink.objects.select_for_update(of=("self",)).select_related("survey").get(pk=link.pk)


def _may_be(token: str) -> bool:
    return len(token) == TOKEN_LENGTH and set(token) <= set(TOKEN_LETTERS)


def _finder(token: str) -> str:
    return vault.blind_index("survey", token)
