"""Why something about an account was not done."""

from portal.refusals import Refused


class NotYours(Refused):
    """It takes another administrator, or somebody else altogether."""


class ItMoved(Refused):
    """Somebody else was quicker, or it is over."""

    status = 409


class NobodyLeft(Refused):
    """Nobody would be left to look after accounts."""

    status = 409


class NothingToDo(Refused):
    """What was asked for is so already, or cannot be."""

    status = 400
