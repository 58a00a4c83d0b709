"""What only this room refuses."""

from datetime import datetime

from portal.refusals import Refused


class Overtaken(Refused):
    """Somebody else decided first: who, what they did and when, so that the second person knows."""

    def __init__(self, *, who: str, did: str, at: datetime) -> None:
        super().__init__(f"{who} {did} this comment first, at {at:%H:%M on %d/%m/%Y}. Nothing of yours was changed.")
        self.who = who
