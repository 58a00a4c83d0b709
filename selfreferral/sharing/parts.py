"""What of a referral may be shown to a partner: a list to choose from, with nothing of whoever told us on it."""

from collections.abc import Iterable, Mapping

from portal.clock import say_moment
from selfreferral.models import Note, Referral
from selfreferral.questions.pages import PAGES
from selfreferral.questions.shapes import Part, Question

NAME, WAYS, RISKS, PLACES = "name", "safe_ways", "risks", "places"
RECORD_PARTS: Mapping[str, str] = {
    NAME: "What to call them",
    WAYS: "Which ways of reaching them are safe, with the number or address of those that are",
    RISKS: "Risks to know about",
    PLACES: "Where we helped them to go",
}
_NOTE = "note:"
# These tell that somebody else told us, or who.
_NEVER = frozenset({"for_whom"})


def questions() -> dict[str, Question]:
    """By key: what may be shown of what they told us. The card's answers go as one, and who told us not at all."""
    return {
        question.key: question
        for page in PAGES
        for question in page.questions
        if (question.part is Part.STORY and question.key not in _NEVER) or question.key == "born"
    }


def standing_notes(referral: Referral) -> list[Note]:
    """Notes that tell of nobody else, as they stand: one that was put right is not among them."""
    notes = list(referral.notes.select_related("written_by"))
    put_right = {note.corrects_id for note in notes}
    return [note for note in notes if not note.is_about_others and note.pk not in put_right]


def choices(referral: Referral) -> list[tuple[str, str]]:
    """Everything that may be ticked for this referral, and how it is called."""
    asked = [(key, f"Their answer to “{question.asks}”") for key, question in questions().items()]
    notes = [(f"{_NOTE}{note.pk}", _called(note)) for note in standing_notes(referral)]
    return [*RECORD_PARTS.items(), *asked, *notes]


def in_words(parts: Iterable[str]) -> str:
    """What these parts are, for whoever shared them; notes by how many."""
    known = {**RECORD_PARTS, **{key: question.asks for key, question in questions().items()}}
    parts = list(parts)
    notes = len(noted(parts))
    said = [known[part] for part in parts if part in known]
    return "; ".join([*said, f"{notes} note{'' if notes == 1 else 's'}"] if notes else said)


def noted(parts: Iterable[str]) -> set[str]:
    """Ids of the notes among these parts."""
    return {part.removeprefix(_NOTE) for part in parts if part.startswith(_NOTE)}


def _called(note: Note) -> str:
    who = note.written_by.display_name if note.written_by else "somebody"
    return f"The note of {say_moment(note.written_at)} by {who}"
