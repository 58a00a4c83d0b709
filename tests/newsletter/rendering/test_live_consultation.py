"""What an invitation finds of a consultation, and what becomes of it once the issue has gone out."""

from datetime import date, timedelta

import pytest

from engagement.comments.models import Consultation
from newsletter.models import Campaign
from newsletter.rendering import live
from newsletter.rendering.edition import edition_of, parts_of_issue
from newsletter.rendering.parts import Row
from newsletter.workflow import CampaignState
from tests.factories.newsletter import an_issue, block

pytestmark = pytest.mark.django_db
THURSDAY = date(2026, 11, 19)


@pytest.fixture
def grass() -> Consultation:
    return Consultation.objects.create(
        name="The grass", slug="grass", question="What of it?", is_listed=True, closes_on=THURSDAY + timedelta(days=9)
    )


def test_its_question_last_day_and_link(grass: Consultation) -> None:
    assert live.consultation(slug="grass", today=THURSDAY) == (
        Row(
            title="The grass",
            detail="What of it? Open until Saturday 28 November 2026.",
            url=grass.get_absolute_url(),
            is_live=True,
            until_on="2026-11-28",
        ),
    )


def test_nothing_of_one_that_is_over_shut_or_not_for_everybody(grass: Consultation) -> None:
    assert live.consultation(slug="grass", today=THURSDAY + timedelta(days=10)) == ()
    assert live.consultation(slug="other", today=THURSDAY) == ()
    Consultation.objects.filter(pk=grass.pk).update(is_open=False)
    assert live.consultation(slug="grass", today=THURSDAY) == ()
    Consultation.objects.filter(pk=grass.pk).update(is_open=True, is_listed=False)
    assert live.consultation(slug="grass", today=THURSDAY) == ()
    assert "grass" not in dict(live.consultation_choices())


def test_what_was_sent_stays_as_it_was_when_the_consultation_is_gone(grass: Consultation) -> None:
    Consultation.objects.update(closes_on=None)
    issue = an_issue(body=[block("invitation", sort="consultation", heading="Grass", consultation="grass")])
    edition = edition_of(issue)
    assert "What of it?" in edition.text
    Campaign.objects.create(
        issue=issue,
        state=CampaignState.SENT,
        subject="x",
        parts=edition.parts_as_data,
        starts_at="2026-11-19T09:00:00Z",
        frozen_at="2026-11-19T09:00:00Z",
    )
    grass.delete()
    assert parts_of_issue(issue) == edition.parts
