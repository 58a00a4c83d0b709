"""Why each question is asked, how long its answer is kept, and whether the person gets it: the map of what we hold."""

from collections.abc import Iterator, Mapping

from selfreferral.models import Answer
from selfreferral.questions.pages import PAGES
from selfreferral.questions.shapes import Part

_SAFE = "To use no way of reaching them that could put them in danger."
WHY: Mapping[str, str] = {
    "for_whom": "To ask the right questions, and to know whose words these are.",
    "referrer_name": "To know who told us, if we have a question for them.",
    "relationship": "To understand how they know what they tell us.",
    "referrer_contact": "To ask them back, and to go through them where that is the safe way.",
    "offer": "To agree who does what, so that nobody is handed over and left.",
    "person_knows": "To know how to begin, and whether the person said yes.",
    "how_agreed": "To show later how the person said yes.",
    "may_name_referrer": "To say who told us only where we may.",
    "duty_consents": "The law on the duty to refer asks for these three before a council may be told.",
    "what_would_help": "To do what the person wants.",
    "danger": "To read it first where somebody is in danger.",
    "name": "To call the person what they like to be called.",
    "born": "To see, with the name, that the same person asked before.",
    "phone": "To reach the person, where that is safe.",
    "email": "To reach the person, where that is safe.",
    "place": "To reach the person, where that is safe.",
    "safe_ring": _SAFE,
    "safe_voicemail": _SAFE,
    "safe_text": _SAFE,
    "safe_email": _SAFE,
    "safe_post": _SAFE,
    "safe_visit": _SAFE,
    "safe_referrer": _SAFE,
    "good_times": "To reach them when nobody else is there.",
    "who_may_answer": "To speak to nobody else.",
    "say_we_are": "To give nothing away to who answers.",
    "language": "To talk in their own language.",
    "needs": "To talk in a way that works for them.",
    "talk_with": "To send somebody they can talk with.",
}
PARTS: Mapping[Part, str] = {
    Part.STORY: "what they told us",
    Part.CONTACT: "how to reach them",
    Part.REFERRER: "who told us",
}


def rows() -> Iterator[tuple[str, str, str, str, str]]:
    """(key, part, why, how long, in the person's own copy) of every question, in the order in which they are asked."""
    kept = Answer.personal_data
    for page in PAGES:
        for question in page.questions:
            copied = "no" if not kept.exported else "yes"
            if question.part is Part.REFERRER and kept.exported:
                copied = "yes, once somebody has looked whether it is about others"
            yield question.key, PARTS[question.part], WHY[question.key], kept.kept_in_words, copied


def as_table() -> str:
    """The map as it stands in docs/privacy.md."""
    head = ["| Question | Kept with | Why | How long | In the person's copy |", "|---|---|---|---|---|"]
    return "\n".join([*head, *(f"| `{key}` | {' | '.join(rest)} |" for key, *rest in rows())])
