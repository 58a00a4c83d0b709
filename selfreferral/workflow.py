"""What may happen to a referral next, as one table: from which state to which, who may do it, and what it needs."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """Where a referral stands."""

    DRAFT = "draft"
    NEW = "new"
    SCREENING = "screening"
    CONTACTING = "contacting"
    TALKING = "talking"
    WAITING = "waiting"
    ACTIVE = "active"
    DOOR_OPEN = "door_open"
    SIGNPOSTED = "signposted"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"
    ERASED = "erased"


class Who(StrEnum):
    """What somebody is to one referral; a person can be several. `TAKER` writes down what somebody says or hands in, and
    the `CLOCK` is nobody: time ran out.
    """

    NAVIGATOR = "navigator"
    HOLDER = "holder"
    LEAD = "lead"
    PERSON = "person"
    TAKER = "taker"
    CLOCK = "clock"


class How(StrEnum):
    """By what a referral is moved: chosen from the table, or by an act that has a button of its own."""

    CHOICE = "choice"
    CLAIM = "claim"
    RELEASE = "release"
    OTHER = "other"


class Need(StrEnum):
    """What a move cannot do without, beside the reason in words that every move has."""

    TALK = "talk"
    SIGNPOST = "signpost"
    NEXT_TRY = "next_try"
    OWNER = "owner"
    TRIES = "tries"
    TARGET = "target"
    LATELY = "lately"
    SECOND_PERSON = "second_person"


NEED_WORDS: dict[Need, str] = {
    Need.TALK: "Write down a real talk with the person first.",
    Need.SIGNPOST: "Write down where in the directory you helped them to go first.",
    Need.NEXT_TRY: "Give the day on which somebody will try again.",
    Need.OWNER: "Give it to a navigator first.",
    Need.TRIES: "Try more often first, over more days, and in two ways where two are safe.",
    Need.TARGET: "Say which request it is the same as.",
    Need.LATELY: "That was more than seven days ago.",
    Need.SECOND_PERSON: "An administrator must agree first.",
}

PUBLIC_LABELS: dict[State, str] = {
    State.DRAFT: "Not sent yet",
    State.NEW: "We have it",
    State.SCREENING: "We are reading it",
    State.CONTACTING: "We are trying to reach you in the way you said",
    State.TALKING: "We have spoken",
    State.WAITING: "You are on our list",
    State.ACTIVE: "We are working with you",
    State.DOOR_OPEN: "Come back any time",
    State.SIGNPOSTED: "We helped you find somewhere",
    State.CLOSED: "Finished",
    State.WITHDRAWN: "You asked us to stop",
    State.MERGED: "We have it",
    State.ERASED: "We keep nothing about you any more",
}
STAFF_LABELS: dict[State, str] = {
    State.DRAFT: "Not sent yet",
    State.NEW: "New",
    State.SCREENING: "Being read",
    State.CONTACTING: "Being contacted",
    State.TALKING: "Talking",
    State.WAITING: "On our list",
    State.ACTIVE: "Working together",
    State.DOOR_OPEN: "Door open",
    State.SIGNPOSTED: "Signposted",
    State.CLOSED: "Finished",
    State.WITHDRAWN: "Asked us to stop",
    State.MERGED: "Same as another",
    State.ERASED: "Erased",
}

OPEN: frozenset[State] = frozenset(
    {State.NEW, State.SCREENING, State.CONTACTING, State.TALKING, State.WAITING, State.ACTIVE}
)
# The first-contact clock runs until a real talk.
BEFORE_FIRST_TALK: frozenset[State] = frozenset({State.NEW, State.SCREENING, State.CONTACTING})
# Somebody holds these; where nobody does, they are up for anybody to pick up.
HELD: frozenset[State] = OPEN | {State.DOOR_OPEN}
# Reaching out is right in these only: not before it was read, and never after "stop".
CONTACT: frozenset[State] = frozenset(
    {State.CONTACTING, State.TALKING, State.WAITING, State.ACTIVE, State.DOOR_OPEN, State.SIGNPOSTED}
)
FINISHED: frozenset[State] = frozenset({State.SIGNPOSTED, State.CLOSED, State.WITHDRAWN})
# Out of the queue altogether: the draft is the person's own, the others stand for something else.
ASIDE: frozenset[State] = frozenset({State.DRAFT, State.MERGED, State.ERASED})
# Everything that a referral in the table can be; a draft has a table of its own.
KEPT: frozenset[State] = frozenset(State) - {State.DRAFT}


@dataclass(frozen=True)
class Move:
    """One allowed change of state. What is picked up, put back, merged or erased is not offered as a choice."""

    start: State
    end: State
    who: frozenset[Who]
    label: str
    needs: frozenset[Need] = frozenset()
    how: How = How.CHOICE

    @property
    def is_by_hand(self) -> bool:
        return self.how is How.CHOICE

    @property
    def is_reopening(self) -> bool:
        """Back to the start of the queue: a new episode, with a new clock and no owner yet."""
        return self.end is State.NEW and self.start in FINISHED | {State.DOOR_OPEN}


def _move(start: State, end: State, who: str, label: str, *needs: Need, how: How = How.CHOICE) -> Move:
    return Move(start, end, frozenset(Who(name) for name in who.split()), label, frozenset(needs), how)


MOVES: dict[tuple[State, State], Move] = {
    (move.start, move.end): move
    for move in (
        _move(State.DRAFT, State.NEW, "person taker", "Send it", how=How.OTHER),
        _move(State.NEW, State.SCREENING, "navigator lead", "Pick it up", how=How.CLAIM),
        _move(State.SCREENING, State.NEW, "holder lead clock", "Put it back", how=How.RELEASE),
        _move(State.SCREENING, State.CONTACTING, "holder", "Start to reach them", Need.OWNER),
        _move(State.CONTACTING, State.TALKING, "holder", "We have spoken", Need.TALK),
        _move(State.CONTACTING, State.DOOR_OPEN, "lead", "Leave the door open", Need.NEXT_TRY, Need.TRIES),
        _move(State.TALKING, State.WAITING, "lead", "Put them on our list", Need.TALK),
        _move(State.TALKING, State.ACTIVE, "lead", "Start working together", Need.TALK, Need.OWNER),
        _move(State.TALKING, State.SIGNPOSTED, "holder", "They found somewhere to go", Need.TALK, Need.SIGNPOST),
        _move(State.TALKING, State.DOOR_OPEN, "lead", "Leave the door open", Need.NEXT_TRY),
        _move(State.TALKING, State.CLOSED, "lead", "Finish", Need.TALK),
        _move(State.WAITING, State.ACTIVE, "lead", "Start working together", Need.OWNER),
        _move(State.WAITING, State.SIGNPOSTED, "holder lead", "They found somewhere to go", Need.TALK, Need.SIGNPOST),
        _move(State.WAITING, State.DOOR_OPEN, "lead", "Leave the door open", Need.NEXT_TRY),
        _move(State.WAITING, State.CLOSED, "lead", "Finish"),
        _move(State.ACTIVE, State.DOOR_OPEN, "lead", "Leave the door open", Need.NEXT_TRY),
        _move(State.ACTIVE, State.CLOSED, "lead", "Finish"),
        _move(State.NEW, State.WITHDRAWN, "navigator lead person", "They asked us to stop"),
        *(
            _move(start, State.WITHDRAWN, "holder lead person", "They asked us to stop")
            for start in (
                State.SCREENING,
                State.CONTACTING,
                State.TALKING,
                State.WAITING,
                State.ACTIVE,
                State.DOOR_OPEN,
            )
        ),
        *(
            _move(start, State.NEW, "navigator lead person", "Open it again")
            for start in (State.DOOR_OPEN, State.SIGNPOSTED, State.CLOSED, State.WITHDRAWN)
        ),
        *(
            _move(start, State.MERGED, "lead", "It is the same as another", Need.TARGET, how=How.OTHER)
            for start in sorted(HELD)
        ),
        _move(State.MERGED, State.NEW, "lead", "It is not the same after all", Need.LATELY, how=How.OTHER),
        *(
            _move(start, State.ERASED, "lead", "Erase it", Need.SECOND_PERSON, how=How.OTHER)
            for start in sorted(KEPT - {State.ERASED})
        ),
    )
}


def moves_from(state: State, standing: Collection[Who]) -> tuple[Move, ...]:
    """What somebody with this standing may choose next, in the table's order."""
    return tuple(
        move for move in MOVES.values() if move.start is state and move.is_by_hand and not move.who.isdisjoint(standing)
    )


def may(start: State, end: State, standing: Collection[Who]) -> bool:
    """Whether the table has this change and this person may make it."""
    move = MOVES.get((start, end))
    return move is not None and not move.who.isdisjoint(standing)


def after(start: State, how: How) -> State:
    """Where it stands once it was picked up or put back; where the table has no such move, it stays where it is."""
    return next((move.end for move in MOVES.values() if move.start is start and move.how is how), start)


def may_put_back(standing: Collection[Who]) -> bool:
    """Whoever may put back what is being read may put back what is held later on."""
    return not MOVES[State.SCREENING, State.NEW].who.isdisjoint(standing)


def missing(move: Move, *, has: Collection[Need]) -> list[str]:
    """What must be done before the move, as sentences for the one who asked."""
    return [NEED_WORDS[need] for need in Need if need in move.needs and need not in has]
