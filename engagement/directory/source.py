"""Reads one entry of a public listing: its postcode, what it plainly offers, and whether its hours can be believed."""

import re
from datetime import date, datetime, timedelta

from engagement.directory.features import Known
from engagement.directory.hours.opening import Hours, spans
from engagement.directory.hours.words import why_not
from portal.geo.postcodes import normalise

_POSTCODE_AT_END = re.compile(r"[\s,]*\b([A-Z]{1,2}[0-9][A-Z0-9]?\s*[0-9][A-Z]{2})[\s.,]*$", re.IGNORECASE)
_DENIED = re.compile(
    r"\b(no|not|without|isn.t|aren.t|never|bring your own|cannot|unfortunately)\b[^.!?;]{0,25}$", re.IGNORECASE
)
_PLAINLY_YES = {
    "free_entry": r"(free (entry|admission)|entry is free|free to (enter|attend|come|all)|free for (all|everyone|everybody)"
    r"|(open and|completely) free|free (warm|welcome|community) (space|room|hub|welcome))\b",
    "food": r"(food(?!\s*-?\s*bank)|soup|meals?|lunch(es)?|breakfasts?|dinners?|snacks?|cakes?|toast|toasties|sandwich(es)?"
    r"|scones?|biscuits?|refreshments|(hot|warm)( and cold)? drinks?|(tea|coffee)(?! morning)|cuppa)\b",
    "step_free": r"(step[- ]free|wheelchair (accessible|access|friendly|users? welcome)|disabled access|fully accessible"
    r"|level access|wheelchair and mobility scooter friendly)\b",
    "toilets": r"toilets?\b",
    "wifi": r"wi-?fi\b",
    "children_welcome": r"((children|kids|families|under.?fives) (are )?(very )?welcome|family[- ]friendly|all ages"
    r"|children.s (area|corner|play)|play area|toddlers?)\b",
}
_YES = {field: re.compile(rf"\b{pattern}", re.IGNORECASE) for field, pattern in _PLAINLY_YES.items()}
_ADULTS_ONLY = re.compile(r"\b(adults only|over[- ]?18s|18\+)|\b18 and over\b", re.IGNORECASE)
_NOT_EVERY_WEEK = re.compile(
    r"\b(monthly|fortnightly|bi-?weekly|alternate|every other|every (second|two)|(1st|2nd|3rd|4th|first|second|third|fourth|last)"
    r" (and \w+ )?(mon|tues|wednes|thurs|fri|satur|sun)day|term[- ]?time|by appointment)\b",
    re.IGNORECASE,
)
_VARY = re.compile(r"\b(hours|times)( may| can| will)? vary\b", re.IGNORECASE)
_WEEKS_IN_THE_CODE = re.compile(r"\[|\bweek\b")
_EARLIEST_HOUR = 6
_LONGEST_DAY = timedelta(hours=16)


def postcode_apart(address: str) -> tuple[str, str]:
    """An address without the postcode at its end, and the postcode; words that are no postcode stay in the address.

    An address that ends in two different postcodes, or in half of one, is left as it is.
    """
    rest, codes = address.strip(), []
    while found := _POSTCODE_AT_END.search(rest):
        codes.append(normalise(found[1]))
        rest = rest[: found.start()]
    if len(set(codes)) != 1:
        return address.strip(), ""
    return rest.rstrip(" ,"), codes[0] or ""


def offered(words: str) -> dict[str, str]:
    """What the words plainly say a venue offers; anything less than plain is not known."""
    said = {field: str(Known.YES if _plainly(pattern, words) else Known.NOT_KNOWN) for field, pattern in _YES.items()}
    if _ADULTS_ONLY.search(words):
        said["children_welcome"] = str(Known.NO)
    return said


def believable_hours(value: str, words: str, description: str, today: date) -> tuple[str, str]:
    """The hours, and why they were left out where they were: people would stand before a locked door.

    Left out: a value that we do not read; a weekly value beside words such as "monthly"; hours that vary; hours in the
    middle of the night or longer than 16 hours, which come of writing 3 for 15 o'clock.
    """
    if not value:
        return "", ""
    if reason := why_not(value, today):
        return "", reason
    if _NOT_EVERY_WEEK.search(words) and not _WEEKS_IN_THE_CODE.search(value):
        return "", "the words do not say every week."
    if _VARY.search(f"{words} {description}"):
        return "", "the description says that they vary."
    start = datetime.combine(today, datetime.min.time())
    for span in spans(Hours(value), start, start + timedelta(days=28)):
        if value != "24/7" and (span.starts.hour < _EARLIEST_HOUR or span.ends - span.starts > _LONGEST_DAY):
            return "", "it would open in the night."
    return value, ""


def _plainly(pattern: re.Pattern[str], words: str) -> bool:
    """Whether the words say so at least once without a "no" before it."""
    return any(not _DENIED.search(words[: found.start()]) for found in pattern.finditer(words))
