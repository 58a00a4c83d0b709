"""The table answers every question, lets no referral stick, and no state is left by time alone."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfreferral.workflow import (
    ASIDE,
    BEFORE_FIRST_TALK,
    CONTACT,
    FINISHED,
    HELD,
    KEPT,
    MOVES,
    NEED_WORDS,
    OPEN,
    PUBLIC_LABELS,
    STAFF_LABELS,
    How,
    Need,
    State,
    Who,
    after,
    may,
    may_put_back,
    missing,
    moves_from,
)

STANDINGS = st.frozensets(st.sampled_from(list(Who)))


@given(st.sampled_from(list(State)), st.sampled_from(list(State)), STANDINGS)
def test_every_change_is_allowed_or_refused_and_what_is_offered_is_what_is_allowed(
    start: State, end: State, standing: frozenset[Who]
) -> None:
    allowed = may(start, end, standing)
    offered = end in {move.end for move in moves_from(start, standing)}
    move = MOVES.get((start, end))
    assert offered == (allowed and move is not None and move.is_by_hand)


@given(st.sampled_from(list(State)), st.sampled_from(list(State)))
def test_somebody_with_no_part_in_it_may_do_nothing(start: State, end: State) -> None:
    assert not may(start, end, frozenset())


def test_what_is_being_read_goes_back_by_hand_of_who_holds_it_or_leads_or_by_the_clock() -> None:
    assert [state for state in State if after(state, How.RELEASE) is not state] == [State.SCREENING]
    assert after(State.SCREENING, How.RELEASE) is State.NEW
    assert [who for who in Who if may_put_back({who})] == [Who.HOLDER, Who.LEAD, Who.CLOCK]


def test_only_what_is_new_moves_when_it_is_picked_up_and_the_clock_moves_nothing_else() -> None:
    assert [state for state in State if after(state, How.CLAIM) is not state] == [State.NEW]
    assert [moved for moved, move in MOVES.items() if Who.CLOCK in move.who] == [(State.SCREENING, State.NEW)]


def test_no_state_is_a_trap_and_every_state_can_be_reached() -> None:
    reached = {State.DRAFT}
    for _ in State:
        reached |= {end for start, end in MOVES if start in reached}
    assert reached == set(State)
    assert {state for state in State if not any(start is state for start, _ in MOVES)} == {State.ERASED}


def test_from_everywhere_there_is_a_way_to_be_active_again() -> None:
    for state in set(State) - {State.ERASED}:
        seen = {state}
        for _ in State:
            seen |= {end for start, end in MOVES if start in seen}
        assert State.ACTIVE in seen


def test_the_lead_can_always_move_a_referral_whose_holder_left() -> None:
    for state in HELD - {State.SCREENING}:
        assert moves_from(state, {Who.LEAD}) or state in {State.CONTACTING}, state
    assert may(State.SCREENING, State.NEW, {Who.LEAD})


@pytest.mark.parametrize("state", sorted(OPEN | {State.DOOR_OPEN}))
def test_stop_is_always_one_step_away(state: State) -> None:
    assert (state, State.WITHDRAWN) in MOVES
    assert not MOVES[state, State.WITHDRAWN].needs


@pytest.mark.parametrize("state", sorted(FINISHED | {State.DOOR_OPEN}))
def test_what_is_finished_can_be_opened_again_by_any_navigator(state: State) -> None:
    assert MOVES[state, State.NEW].is_reopening
    assert may(state, State.NEW, {Who.NAVIGATOR})


@pytest.mark.parametrize("state", [State.DRAFT, State.SCREENING, State.MERGED])
def test_putting_back_is_no_reopening(state: State) -> None:
    assert not MOVES[state, State.NEW].is_reopening


def test_nothing_comes_back_from_being_erased_and_it_takes_two_people() -> None:
    assert not [move for (start, _), move in MOVES.items() if start is State.ERASED]
    for state in KEPT - {State.ERASED}:
        move = MOVES[state, State.ERASED]
        assert move.who == {Who.LEAD}
        assert move.needs == {Need.SECOND_PERSON}


@pytest.mark.parametrize("state", sorted(HELD))
def test_only_the_lead_merges_and_only_for_a_week_it_comes_apart_again(state: State) -> None:
    assert MOVES[state, State.MERGED].who == MOVES[State.MERGED, State.NEW].who == {Who.LEAD}
    assert MOVES[State.MERGED, State.NEW].needs == {Need.LATELY}


def test_the_door_is_left_open_before_a_talk_only_after_tries() -> None:
    needing = {start for (start, end), move in MOVES.items() if Need.TRIES in move.needs}
    assert needing == {State.CONTACTING}


def test_signposting_needs_a_talk_and_somewhere_to_go() -> None:
    for (_, end), move in MOVES.items():
        if end is State.SIGNPOSTED:
            assert move.needs == {Need.TALK, Need.SIGNPOST}


def test_an_open_door_needs_a_day_to_try_again() -> None:
    for (_, end), move in MOVES.items():
        assert (Need.NEXT_TRY in move.needs) == (end is State.DOOR_OPEN)


def test_what_is_missing_is_said_in_words() -> None:
    move = MOVES[State.TALKING, State.SIGNPOSTED]
    assert missing(move, has=set()) == [NEED_WORDS[Need.TALK], NEED_WORDS[Need.SIGNPOST]]
    assert missing(move, has={Need.TALK, Need.SIGNPOST}) == []


def test_every_state_has_words_for_the_person_and_for_staff() -> None:
    assert set(PUBLIC_LABELS) == set(STAFF_LABELS) == set(State)


def test_the_sets_of_states_fit_together() -> None:
    assert BEFORE_FIRST_TALK < OPEN < HELD
    assert not OPEN & FINISHED
    assert State.WITHDRAWN not in CONTACT
    assert State.NEW not in CONTACT
    assert set(itertools.chain(HELD, FINISHED, ASIDE)) == set(State)
    assert set(State) - {State.DRAFT} == KEPT
