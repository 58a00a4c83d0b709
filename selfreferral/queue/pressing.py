"""How pressing a referral is: a small number by which the queue is ordered, before the day on which it is due."""

from selfreferral.workflow import BEFORE_FIRST_TALK, HELD, State

CANNOT_WAIT, WAITS_FOR_US, GOES_ON, RESTS = range(4)


def rank_of(state: State, *, is_urgent: bool, says_danger: bool, has_talked: bool, has_written: bool) -> int:
    """0 cannot wait, 1 waits to hear from us, 2 goes on, 3 is finished or aside.

    Whoever said that somebody is in danger is read first; that decides nothing but who is read first.
    """
    if state not in HELD:
        return RESTS
    if is_urgent or (says_danger and not has_talked):
        return CANNOT_WAIT
    if has_written or (state in BEFORE_FIRST_TALK and not has_talked):
        return WAITS_FOR_US
    return GOES_ON
