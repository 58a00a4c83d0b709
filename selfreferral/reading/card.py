"""The safe-contact card as a worker sees it: without leave to use a way there is neither a number nor a button."""

from dataclasses import dataclass

from selfreferral.safe_contact import CHANNEL_LABELS, SAFE_LABELS, Channel, Safe, SafeContactCard

_LINKS = {Channel.RING: "tel:", Channel.VOICEMAIL: "tel:", Channel.TEXT: "sms:", Channel.EMAIL: "mailto:"}


@dataclass(frozen=True)
class Way:
    """One line of the card as a worker sees it; without leave to use it there is neither a number nor a button."""

    channel: Channel
    label: str
    said: str
    is_allowed: bool
    is_override: bool
    detail: str
    url: str

    @property
    def may_use(self) -> bool:
        return self.is_allowed or self.is_override


def way(card: SafeContactCard, channel: Channel, *, is_override: bool) -> Way:
    """One way of the card, for a worker who has an override for it or not."""
    is_allowed = card.allows(channel)
    detail = card.detail(channel) if is_allowed or is_override else ""
    said = card.said[channel]
    label = (
        "Not safe: it starts as a ring"
        if said is Safe.YES and not is_allowed and card.detail(channel)
        else SAFE_LABELS[said]
    )
    start = _LINKS.get(channel, "")
    return Way(
        channel=channel,
        label=CHANNEL_LABELS[channel],
        said=label,
        is_allowed=is_allowed,
        is_override=is_override and not is_allowed,
        detail=detail,
        url=f"{start}{detail.replace(' ', '')}" if start and detail else "",
    )
