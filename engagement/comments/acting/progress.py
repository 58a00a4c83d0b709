"""How far an action has come: the states that residents ask for, and what each must say to be honest."""

from dataclasses import dataclass
from datetime import date, timedelta

from portal.refusals import Refused

# Four weeks after something was done, those who asked for it are asked whether it is better.
ASK_AFTER = timedelta(days=28)
# So many people who say no open it again.
ENOUGH_NO = 2


@dataclass(frozen=True, kw_only=True)
class Progress:
    """One state: its words and sign; whether it is asked about, is the last word, has a day, and needs somebody's name."""

    label: str
    shape: str
    is_asked_about: bool = False
    is_settled: bool = False
    has_day: bool = False
    needs_somebody: bool = False


PROGRESS: dict[str, Progress] = {
    "looking_into_it": Progress(label="Looking into it", shape="info"),
    "planned": Progress(label="Planned", shape="diamond"),
    "partly_done": Progress(label="Partly done", shape="square", is_asked_about=True, has_day=True),
    "done": Progress(label="Done", shape="tick", is_asked_about=True, is_settled=True, has_day=True),
    "not_possible": Progress(label="Not possible, because", shape="cross", is_settled=True),
    "somebody_elses": Progress(label="It belongs to somebody else", shape="ring", is_settled=True, needs_somebody=True),
}
ASKED_ABOUT = tuple(name for name, state in PROGRESS.items() if state.is_asked_about)
# Nothing more is to come of it.
SETTLED = tuple(name for name, state in PROGRESS.items() if state.is_settled)


def check_progress(status: str, *, done_on: date | None, belongs_to: str, today: date) -> None:
    """Refuse what would not be honest: an unknown state, a day to come for something done, nobody named for what is not ours."""
    state = PROGRESS.get(status)
    if state is None:
        raise Refused("Choose how far it has come.")
    if state.needs_somebody and not belongs_to:
        raise Refused("Say whose it is, so that people know who to ask.")
    if done_on and done_on > today and state.has_day:
        raise Refused("It is done already, but the day is still to come. Change one of them.")


def said(status: str, belongs_to: str = "") -> str:
    """The state in words, with the name of those whose it is: "It belongs to Durham County Council"."""
    if PROGRESS[status].needs_somebody and belongs_to:
        return f"It belongs to {belongs_to}"
    return PROGRESS[status].label.removesuffix(", because")


def should_open_again(answers: list[str]) -> bool:
    """Whether so many of those who were asked say no that it is not done."""
    return answers.count("no") >= ENOUGH_NO
