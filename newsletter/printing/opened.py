"""Whether somebody opened a short link, or only a machine that looks ahead; nothing about either is kept."""

import re
from collections.abc import Mapping

# Programs that fetch an address to show a preview of it, to search or to scan it.
_MACHINES = re.compile(
    r"bot\b|bot/|crawl|spider|preview|facebookexternalhit|whatsapp|slack|skypeuri|telegram|discord|embedly|scan|"
    r"linkcheck|proofpoint|barracuda|safelinks|curl|wget|python|headless|monitor",
    re.IGNORECASE,
)


def is_a_person(method: str, headers: Mapping[str, str]) -> bool:
    """Whether this opening counts: a GET that is no looking ahead, from what does not call itself a machine."""
    told = " ".join(headers.get(name, "") for name in ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz")).lower()
    if method != "GET" or "prefetch" in told or "prerender" in told or "preview" in told:
        return False
    return not _MACHINES.search(headers.get("User-Agent", ""))
