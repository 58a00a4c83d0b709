"""The states of a comment and the only changes between them: who may make each, from where, and what it needs."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from portal.refusals import Refused

MODERATE = "comments.moderate_placecomment"


class Status(StrEnum):
    """Where a comment stands."""

    WAITING = "waiting"
    HELD = "held"
    PUBLISHED = "published"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    ERASED = "erased"


STATUS_WORDS: dict[Status, str] = {
    Status.WAITING: "Waiting",
    Status.HELD: "Held",
    Status.PUBLISHED: "Published",
    Status.DECLINED: "Declined",
    Status.WITHDRAWN: "Taken back",
    Status.ERASED: "Erased",
}

# Under this name erased comments go on counting, by where they stood.
COUNTED_AS = "comments"

# Nobody has settled these yet.
TO_READ = (Status.WAITING, Status.HELD)

REASONS: dict[str, str] = {
    "personal": "It names a person or gives away something private",
    "unkind": "It is unkind to somebody",
    "not_here": "It is not about a place here",
    "repeat": "It says again what is already there",
    "advert": "It sells something",
    "needs_help": "Somebody may need help",
    "many_at_once": "Many came from one connection in a short time",
    "asked": "The author asked",
    "other": "Another reason",
}
NEEDS_NOTE = "other"
# The change of a comment that was shown at once: somebody has read it now, and it stays.
READ = "keep"
# What the desk itself offers, one by one and for many; the rarer changes are on the comment's own page.
QUICK = ("publish", READ, "decline", "hold")


@dataclass(frozen=True, kw_only=True)
class Change:
    """One allowed change: the states it may start from, the state it ends in, who may make it and why they may."""

    name: str
    label: str
    done: str
    starts: tuple[Status, ...]
    ends: Status
    permission: str = MODERATE
    reasons: tuple[str, ...] = ()

    @property
    def choices(self) -> list[tuple[str, str]]:
        """The reasons to choose from, with their words."""
        return [(reason, REASONS[reason]) for reason in self.reasons]


CHANGES: dict[str, Change] = {
    change.name: change
    for change in (
        Change(
            name="publish",
            label="Publish",
            done="published",
            starts=(Status.WAITING, Status.HELD, Status.DECLINED),
            ends=Status.PUBLISHED,
        ),
        Change(
            name="keep",
            label="Keep it on the site",
            done="read",
            starts=(Status.PUBLISHED,),
            ends=Status.PUBLISHED,
        ),
        Change(
            name="decline",
            label="Decline",
            done="declined",
            starts=(Status.WAITING, Status.HELD, Status.PUBLISHED),
            ends=Status.DECLINED,
            reasons=("personal", "unkind", "not_here", "repeat", "advert", "needs_help", "other"),
        ),
        Change(
            name="hold",
            label="Hold",
            done="held",
            starts=(Status.WAITING, Status.PUBLISHED),
            ends=Status.HELD,
            reasons=("personal", "needs_help", "other"),
        ),
        Change(
            name="withdraw",
            label="The author took it back",
            done="took back",
            starts=(Status.WAITING, Status.HELD, Status.PUBLISHED, Status.DECLINED),
            ends=Status.WITHDRAWN,
            reasons=("asked",),
        ),
        Change(
            name="erase",
            label="Erase",
            done="erased",
            starts=(Status.DECLINED, Status.WITHDRAWN),
            ends=Status.ERASED,
            reasons=("asked", "personal"),
        ),
    )
}

# What can be undone: nothing leads out of an erased comment, and what the site itself decided is decided anew, not undone.
UNDOABLE_ENDS = (Status.PUBLISHED, Status.DECLINED, Status.HELD, Status.WITHDRAWN)


def done_words(ends: str, *, starts: str = "") -> str:
    """What somebody did who brought a comment into this state: "published"; "put back" for an undo into the queue."""
    if starts == ends == Status.PUBLISHED:
        return CHANGES[READ].done
    return next((change.done for change in CHANGES.values() if change.ends == ends), "put back")


def allowed(status: str, *, may: Callable[[str], bool], is_unread: bool = False) -> list[Change]:
    """The changes that somebody with these permissions can make from this state; only what is unread can be read."""
    return [
        change
        for change in CHANGES.values()
        if status in change.starts and may(change.permission) and (is_unread or change.name != READ)
    ]


def check_role(may: Callable[[str], bool]) -> None:
    """Refused for somebody whose role has nothing to do with comments."""
    if not may(MODERATE):
        raise Refused("Your role does not look after comments.")


def check(
    name: str,
    *,
    status: str,
    may: Callable[[str], bool],
    reason: str = "",
    note: str = "",
    is_unread: bool = False,
) -> Change:
    """The change of this name, or Refused in words: unknown, not theirs to make, not from this state, or without a reason."""
    change = CHANGES.get(name)
    if change is None:
        raise Refused("There is no such change.")
    if not may(change.permission):
        raise Refused("Your role does not look after comments.")
    if name == READ and status == Status.PUBLISHED and not is_unread:
        raise Refused("Somebody has read this comment already.")
    if status == change.ends and status not in change.starts:
        raise Refused(f"This comment is {STATUS_WORDS[change.ends].lower()} already.")
    if status not in change.starts:
        raise Refused(f"A comment that is {STATUS_WORDS[Status(status)].lower()} cannot be {_participle(change)}.")
    check_reason(change, reason=reason, note=note)
    return change


def check_reason(change: Change, *, reason: str, note: str = "") -> None:
    """Refused where a change needs a reason of its own and has none."""
    if change.reasons and reason not in change.reasons:
        raise Refused(f"Say why: {_either(REASONS[code] for code in change.reasons)}.")
    if reason == NEEDS_NOTE and not note.strip():
        raise Refused("Write in the note what the other reason is.")


def check_undo(
    *, status: str, last_ends: str | None, is_undo: bool, is_by_person: bool, may: Callable[[str], bool]
) -> None:
    """Refused when the last decision of a comment cannot be taken back."""
    check_role(may)
    if last_ends is None or is_undo or not is_by_person:
        raise Refused("There is no decision to undo.")
    if last_ends != status or last_ends not in UNDOABLE_ENDS:
        raise Refused(f"A comment that is {STATUS_WORDS[Status(status)].lower()} cannot be put back.")


def _participle(change: Change) -> str:
    return "taken back" if change.done == "took back" else change.done


def _either(words: Iterable[str]) -> str:
    return "; or ".join(word[0].lower() + word[1:] for word in words)
