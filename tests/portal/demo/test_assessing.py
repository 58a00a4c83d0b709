"""The demo shows a history of self-assessments and answers about our help, once however often it is loaded."""

from datetime import timedelta

import pytest
from django.utils import timezone

from portal.demo.assessing import ANSWERS, ASKED, DOMAINS, HISTORIES, load_assessments, load_surveys
from portal.demo.source import facts
from selfreferral.models import Domain, Referral, ReferrerFeedback, SelfAssessment, SurveyLink
from tests.conftest import Person
from tests.factories.selfreferral import talked_with

pytestmark = pytest.mark.django_db


def test_there_is_a_history_and_there_are_answers_and_only_once(lead: Person) -> None:
    now = timezone.now()
    for key in ("example-i", "example-l"):
        Referral.objects.filter(pk=talked_with(by=lead.user, now=now - timedelta(days=130)).pk).update(
            submission_token=f"demo:{key}"
        )
    for _ in range(2):
        load_assessments(people={"lead": lead.user}, now=now)
        load_surveys(people={"lead": lead.user}, now=now)
    assert Domain.objects.count() == len(DOMAINS) == 12
    assert SelfAssessment.objects.count() == 6
    assert ReferrerFeedback.objects.count() == sum(map(len, ANSWERS.values()))
    assert SurveyLink.objects.count() == 2 * ASKED


def test_each_history_has_a_stage_or_a_gap_for_each_part_of_life() -> None:
    assert {len(stages) for history in HISTORIES.values() for _, stages in history} == {len(DOMAINS)}


def test_nobody_said_how_they_were_before_they_came() -> None:
    came = {row["key"]: row["days_ago"] for row in facts("referrals")["referrals"]}
    assert all(history[0][0] <= came[key] for key, history in HISTORIES.items())
