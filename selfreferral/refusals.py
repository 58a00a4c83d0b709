"""Why something in this room was not done; each knows the answer's status code."""

from portal.refusals import Refused
from selfreferral.seeing.sight import WHY_NOT, Sight


class NotYours(Refused):
    """The table does not let this person do this with this referral."""


class Hidden(NotYours):
    """Somebody else holds it and no reason was given, or the one who asks knows the person."""

    def __init__(self, sight: Sight) -> None:
        super().__init__(WHY_NOT[sight])
        self.sight = sight


class ChannelNotSafe(Refused):
    """The safe-contact card does not allow this way."""


class SomethingMissing(Refused):
    """It needs something that is not there yet."""

    status = 400


class ChangedMeanwhile(Refused):
    """Somebody else changed the referral since this page was opened."""

    status = 409


class AlreadyClaimed(ChangedMeanwhile):
    """Somebody else was quicker."""


class NoDraft(Exception):
    """There is no draft behind this cookie, or it rested for too long."""


class NotFinished(Exception):
    """The draft still lacks what we cannot do without."""


class NoCode(Exception):
    """The code for a self-assessment opens nothing: it never did, it was used, or it is too old."""


class NoLink(Exception):
    """The link of a survey leads nowhere: it never did, it was used, or its time is over."""
