"""Reads one entry of a public listing: its name and postcode, what it plainly offers, and whether its hours can be believed."""

import re
from datetime import date, datetime, timedelta
from typing import Any

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
_IS_FOR = {
    "is_advice_place": re.compile(
        r"\b(citizens.? advice|advice (centre|clinic|drop[- ]?in|session|surger(y|ies))s?"
        r"|(money|debt|benefits?|housing|welfare|welfare rights|legal|financial|tenancy)( and \w+)? advice"
        r"|(advice|help) (on|about|with) (\w+ )?(money|debts?|benefits?|housing|rent))\b",
        re.IGNORECASE,
    ),
    "is_food_place": re.compile(
        r"\b(pantry|community fridge|food ?banks?|food club|social supermarket|soup kitchen"
        r"|(free|community) (hot |warm |cooked )?(meal|lunch|breakfast|dinner|food|soup)(s|es)?)\b",
        re.IGNORECASE,
    ),
}
_ELSEWHERE_BEFORE = re.compile(
    r"\b(signpost\w*|refer|refers|referrals?|donate\w*|donations?)\b([^.!?;]|\.(?! (?-i:[A-Z]))){0,90}$", re.IGNORECASE
)
_ELSEWHERE_AFTER = re.compile(
    r"^[^.!?;]{0,20}\b(next door|nearby|across the road|donations?|collections?)\b", re.IGNORECASE
)
_DOUBLED_COMMAS = re.compile(r"\s*,(\s*,)+\s*")
_LEFT_FROM_A_FORM = re.compile(r",?\s*\bcounty \(optional\)", re.IGNORECASE)
_CAPITALS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_STAY_CAPITAL = frozenset(("YMCA", "YWCA", "NHS", "CIC", "RC", "URC", "WI", "UK", "AFC", "FC", "CAB", "CE"))
_STAY_SMALL = frozenset(("and", "at", "by", "for", "in", "of", "on", "the", "upon"))
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


def tidy(words: str) -> str:
    """Words without what a form left in them: commas doubled, "county (optional)", spaces in a row."""
    return " ".join(_DOUBLED_COMMAS.sub(", ", _LEFT_FROM_A_FORM.sub("", words)).split()).strip(" ,")


def tidy_name(name: str) -> str:
    """A name to show: tidy, and not in capitals throughout."""
    shown = tidy(name)
    if not shown.isupper():
        return shown
    small = _CAPITALS.sub(lambda found: _capital_first(found[0]), shown)
    return small[:1].upper() + small[1:]


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


def offered(words: str) -> dict[str, Any]:
    """What the words plainly say a venue offers and is there for; anything less than plain is not known."""
    said: dict[str, Any] = {
        field: str(Known.YES if _plainly(pattern, words) else Known.NOT_KNOWN) for field, pattern in _YES.items()
    }
    if _ADULTS_ONLY.search(words):
        said["children_welcome"] = str(Known.NO)
    return said | {field: _is_here(pattern, words) for field, pattern in _IS_FOR.items()}


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


def _capital_first(word: str) -> str:
    if word in _STAY_CAPITAL:
        return word
    return word.lower() if word.lower() in _STAY_SMALL else word.capitalize()


def _is_here(pattern: re.Pattern[str], words: str) -> bool:
    """Whether the words plainly say so of this very place: not of one next door, or to which it sends people on."""
    return any(
        not _DENIED.search(words[: found.start()])
        and not _ELSEWHERE_BEFORE.search(words[: found.start()])
        and not _ELSEWHERE_AFTER.search(words[found.end() :])
        for found in pattern.finditer(words)
    )


def _plainly(pattern: re.Pattern[str], words: str) -> bool:
    """Whether the words say so at least once without a "no" before it."""
    return any(not _DENIED.search(words[: found.start()]) for found in pattern.finditer(words))
