"""Words open behind known doors alone: a new one fails here until somebody has thought about who sees, and what is written."""

import re
from pathlib import Path

ROOM = Path(__file__).parents[2] / "selfreferral"
# What takes a referral's key in hand, and why that is no door by itself or which look is written first.
KNOWN = {
    "actions/changes.py": "seals words of a worker",
    "actions/contact.py": "asks the card whether a way is safe, and seals",
    "actions/correcting.py": "compares an answer with what it puts right, and seals",
    "actions/merging.py": "asks both cards which ways are called unsafe",
    "actions/looking.py": "writes the look, then opens",
    "actions/rotating.py": "tries a sample, and shows nothing",
    "actions/sharing.py": "writes a partner's look, then opens the parts",
    "actions/surveys.py": "seals what people say of our help, and the number of somebody who wants to be rung",
    "exports/tables.py": "the action before it writes a look for each",
    "models/referrals.py": "the key itself",
    "needs.py": "asks the card how many ways are safe, and says a number",
    "reading/__init__.py": "called by looking.py, and for the card by actions",
    "reading/answers.py": "called by the others of reading",
    "reading/consents.py": "says yes or no to an action",
    "reading/held.py": "called by giving.py, which looks first",
    "reading/opening.py": "called by looking.py",
    "reading/shared.py": "called by sharing.py",
    "readiness.py": "tries keys alone",
    "surveying/results.py": "called by views/rounds.py for the lead, which writes a look first; nobody knows whose they are",
    "views/returning.py": "the person's own page, behind six words: which ways are open, with no number and no address",
    "views/rounds.py": "writes a look, then opens the numbers of those who asked to be rung",
    "views/surveys.py": "shows the browser that typed it, for minutes, the number that we will ring",
    "models/canary.py": "a sentence of ours",
    "models/surveys.py": "the key of a round of asking itself",
}
TAKES = re.compile(r"\.strongbox\(\)|open_strongbox\(|opened_answers\(|[^_.]answered\(|\bread\(referral|\bcard_of\(")


def test_every_door_is_known() -> None:
    doors = {
        str(path.relative_to(ROOM))
        for path in ROOM.rglob("*.py")
        if path.name != "vault.py" and TAKES.search(path.read_text())
    }
    assert doors - set(KNOWN) == set()
    assert set(KNOWN) - doors == set(), "no door any more"
