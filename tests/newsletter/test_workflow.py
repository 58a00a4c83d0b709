"""The tables of what may follow what, and the rules of time."""

from datetime import UTC, datetime, timedelta

import pytest

from newsletter import workflow
from newsletter.workflow import (
    CAMPAIGN_CHANGES,
    DELIVERY_CHANGES,
    SUBSCRIBER_CHANGES,
    CampaignState,
    Change,
    DeliveryState,
    Reason,
    SubscriberState,
)

NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("table", "states"),
    [
        (SUBSCRIBER_CHANGES, SubscriberState),
        (CAMPAIGN_CHANGES, CampaignState),
        (DELIVERY_CHANGES, DeliveryState),
    ],
)
def test_every_change_starts_and_ends_in_a_known_state_and_says_who_may_make_it(
    table: dict[str, Change], states: type[SubscriberState]
) -> None:
    known = {state.value for state in states}
    for change in table.values():
        assert set(change.before) | {change.after} <= known
        assert change.by


def test_what_is_over_stays_over_unless_a_person_or_something_worse_comes() -> None:
    def may_follow(state: str) -> set[str]:
        tables = CAMPAIGN_CHANGES | DELIVERY_CHANGES
        return {name for name, change in tables.items() if state in change.before}

    assert may_follow(CampaignState.SENT) == {"reopen"}
    assert CAMPAIGN_CHANGES["reopen"].by == "editor"
    assert may_follow(DeliveryState.SUPPRESSED) == {"bounce", "complain"}
    for over in (CampaignState.STOPPED, CampaignState.CANCELLED, DeliveryState.COMPLAINED):
        assert may_follow(over) == set()


def test_what_a_provider_tells_only_makes_it_worse() -> None:
    worse = [DELIVERY_CHANGES[name] for name in ("deliver", "suppress", "bounce", "complain")]
    for number, change in enumerate(worse):
        milder = {one.after for one in worse[:number]}
        assert milder <= set(change.before)
        assert not {one.after for one in worse[number:]} & set(change.before)


def test_what_has_gone_or_may_have_gone_goes_back_into_the_queue_only_by_a_person() -> None:
    back = {name: change for name, change in DELIVERY_CHANGES.items() if change.after == DeliveryState.QUEUED}
    for name, change in back.items():
        by_itself = change.by != "editor"
        assert set(change.before) == ({DeliveryState.SENDING} if by_itself else {DeliveryState.UNCERTAIN}), name


def test_each_state_of_the_screens_and_each_reason_has_words() -> None:
    assert {*CampaignState, *DeliveryState} <= set(workflow.IN_WORDS)
    assert set(Reason) == set(workflow.REASONS_IN_WORDS)


@pytest.mark.parametrize(("minutes", "late"), [(-5, False), (0, False), (15, False), (16, True)])
def test_work_that_is_a_quarter_of_an_hour_overdue_asks_first(minutes: int, late: bool) -> None:
    assert workflow.is_too_late(due_at=NOON - timedelta(minutes=minutes), now=NOON) is late


@pytest.mark.parametrize(("tries", "wait"), [(1, timedelta(minutes=10)), (2, timedelta(hours=1)), (3, None), (4, None)])
def test_an_address_is_tried_three_times(tries: int, wait: timedelta | None) -> None:
    assert workflow.next_try_at(tries=tries, now=NOON) == (wait and NOON + wait)


@pytest.mark.parametrize(("days", "may"), [(0, True), (7, True), (8, False)])
def test_leaving_can_be_undone_for_a_week(days: int, may: bool) -> None:
    assert workflow.may_come_back(left_at=NOON - timedelta(days=days), now=NOON) is may
