"""Counts of readers on the issue's screen are the same as the sending's own, and quick."""

from collections import Counter
from itertools import product
from typing import Any
from unittest.mock import patch

import pytest

from newsletter.audience import Target, candidates
from newsletter.desk.counting import counted
from newsletter.models import Subscriber, Topic
from newsletter.workflow import Reason, SubscriberState
from portal.emails.models import Suppression
from portal.emails.suppression import suppress
from tests.factories.newsletter import a_reader, a_weekly_mail, an_area, readers

pytestmark = pytest.mark.django_db


def test_every_kind_of_reader_is_counted_as_the_sending_counts_them() -> None:
    health, garden = (Topic.objects.create(name=name, slug=name) for name in ("health", "garden"))
    here, there = an_area("Here", "here"), an_area("There", "there")
    choices = product(Subscriber.Frequency, (True, False), ([], [health], [health, garden]), (None, here, there))
    for number, (frequency, wants, topics, place) in enumerate(choices):
        fields: dict[str, Any] = {"frequency": frequency, "wants_issues": wants, "place": place}
        for stopped in (True, False):
            reader = a_reader(f"reader{number}{stopped}@example.org", **fields)
            reader.topics.set(topics)
            if stopped:
                suppress(address=reader.email.upper(), reason=Suppression.Reason.ASKED)
    a_reader("", channel=Subscriber.Channel.POST)
    a_reader("posted@example.org", channel=Subscriber.Channel.POST, wants_issues=False)
    a_reader("gone@example.org", state=SubscriberState.LEFT)
    assert Reason.WEEKLY not in counted(Target())
    a_weekly_mail()
    garden_only, here_only = frozenset({garden.pk}), frozenset({here.pk})
    for target in (Target(), Target(topics=garden_only), Target(topics=garden_only, places=here_only)):
        assert counted(target) == Counter(reason for _, reason in candidates(target))
    kinds = {Reason.BY_POST, Reason.SUPPRESSED, Reason.PAUSED, Reason.WEEKLY, Reason.OTHER_TOPIC, Reason.OTHER_PLACE}
    assert set(counted(target)) == {None, *kinds}


def test_it_hashes_addresses_once_a_minute_and_asks_the_same_however_many_readers(
    django_assert_num_queries: Any,
) -> None:
    suppress(address="reader1@example.org", reason=Suppression.Reason.ASKED)
    readers(30)
    with django_assert_num_queries(10):
        assert counted(Target()) == {None: 29, Reason.SUPPRESSED: 1}
    with patch("newsletter.desk.counting.address_hash") as hashed, django_assert_num_queries(5):
        assert counted(Target()) == {None: 29, Reason.SUPPRESSED: 1}
    hashed.assert_not_called()


def test_an_address_stopped_a_moment_ago_counts_at_once() -> None:
    readers(2)
    assert counted(Target()) == {None: 2}
    suppress(address="reader1@example.org", reason=Suppression.Reason.ASKED)
    assert counted(Target()) == {None: 1, Reason.SUPPRESSED: 1}
