"""What an author is told about a comment of theirs that is held or not shown: the desk's reasons, in kinder words."""

_HELD = {
    "personal": "Something in it looks like a name, a number or an address. A person makes sure that nothing private is shown.",
    "many_at_once": "Many comments came in a short time from one connection, so a person looks before they are shown.",
    "needs_help": "We want to be sure that nobody comes to harm.",
}
_NOT_SHOWN = {
    "personal": "It names somebody, or gives away something private.",
    "unkind": "It could hurt somebody.",
    "not_here": "It is not about a place here.",
    "repeat": "Somebody has said this already. You can agree with their comment.",
    "advert": "It sells something.",
    "needs_help": "It tells how somebody is, so we keep it private. If somebody is in danger, ring 999.",
}
_OTHER = "Ring us and we tell you more."


def held_words(reason: str) -> str:
    """Why somebody looks at it more closely."""
    return _HELD.get(reason, "A person makes sure that it can be shown.")


def why_not_shown(reason: str) -> str:
    """Why it is not shown."""
    return _NOT_SHOWN.get(reason, _OTHER)
