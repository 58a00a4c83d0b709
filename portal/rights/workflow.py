"""The states of a request and the only changes between them: from where, to where, and what each needs."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from portal.refusals import Refused


class State(StrEnum):
    """Where a request stands."""

    RECEIVED = "received"
    IDENTITY_ASKED = "identity_asked"
    SEARCHING = "searching"
    DECIDING = "deciding"
    DONE = "done"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


STATE_LABELS: dict[State, str] = {
    State.RECEIVED: "It has come",
    State.IDENTITY_ASKED: "We asked them something",
    State.SEARCHING: "We are looking",
    State.DECIDING: "We are deciding",
    State.DONE: "Answered",
    State.REFUSED: "Refused",
    State.WITHDRAWN: "They took it back",
}
OPEN = (State.RECEIVED, State.IDENTITY_ASKED, State.SEARCHING, State.DECIDING)


class Need(StrEnum):
    """What a change needs besides the press of a button."""

    WORDS = "words"
    QUESTION = "question"
    IDENTITY = "identity"
    GROUND = "ground"


_MISSING: dict[Need, str] = {
    Need.WORDS: "Say in a few words what was done, without names.",
    Need.QUESTION: "Say what we asked them: who they are, or what they mean.",
    Need.IDENTITY: "Say how you made sure who asks.",
    Need.GROUND: "Choose why it is refused.",
}


@dataclass(frozen=True, kw_only=True)
class Change:
    """One allowed change, with what stands on its button and what it needs."""

    name: str
    label: str
    starts: tuple[State, ...]
    ends: State
    needs: tuple[Need, ...] = ()


CHANGES: dict[str, Change] = {
    change.name: change
    for change in (
        Change(
            name="ask",
            label="We asked them something",
            starts=(State.RECEIVED, State.SEARCHING, State.DECIDING),
            ends=State.IDENTITY_ASKED,
            needs=(Need.QUESTION,),
        ),
        Change(
            name="begin",
            label="Begin to look",
            starts=(State.RECEIVED, State.IDENTITY_ASKED),
            ends=State.SEARCHING,
            needs=(Need.IDENTITY,),
        ),
        Change(name="decide", label="Everything was looked for", starts=(State.SEARCHING,), ends=State.DECIDING),
        Change(name="look_again", label="Look again", starts=(State.DECIDING,), ends=State.SEARCHING),
        Change(name="finish", label="It is answered", starts=(State.DECIDING,), ends=State.DONE, needs=(Need.WORDS,)),
        Change(
            name="refuse",
            label="Refuse it",
            starts=OPEN,
            ends=State.REFUSED,
            needs=(Need.GROUND, Need.WORDS),
        ),
        Change(name="withdraw", label="They took it back", starts=OPEN, ends=State.WITHDRAWN, needs=(Need.WORDS,)),
    )
}


def allowed(state: State) -> list[Change]:
    """The changes that lead out of a state."""
    return [change for change in CHANGES.values() if state in change.starts]


def check(name: str, *, state: State, given: Mapping[Need, Any]) -> Change:
    """The change of this name, or Refused in words: unknown, not from this state, or without what it needs."""
    change = CHANGES.get(name)
    if change is None:
        raise Refused("There is no such change.")
    if state not in change.starts:
        raise Refused(f"This request stands at “{STATE_LABELS[state]}”, and that does not go from there.")
    for need in change.needs:
        if not given.get(need):
            raise Refused(_MISSING[need])
    return change
