"""Reads what a venue wrote about its hours into an OSM `opening_hours` value, and gives up rather than guess.

The words are cut into days and times; whatever else stands between them is left aside, unless it is a number or a word
that would change the hours ("closed", "every other", "by appointment"): then nothing is read, and a person must.
"""

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from opening_hours import OpeningHours, ParserError  # type: ignore[attr-defined]

CODES = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
A_DAY = 24 * 60
LONGEST_TEXT = 2000

Minutes = tuple[int, int]

_OSM = re.compile(r"\s*(24/7|((Mo|Tu|We|Th|Fr|Sa|Su|PH)[-, ]+)+\d\d:\d\d)")
_DAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?s?\b\.?"
_DAY_START = ("mo", "tu", "we", "th", "fr", "sa", "su")
_EVERY = {
    r"(?:seven|7)\s+days(?:\s+(?:a|per|each)\s+week)?|every\s?day|daily|all\s+week": range(7),
    r"week\s?days?|working\s+days": range(5),
    r"week\s?ends?": range(5, 7),
}
_NTH = {"1st": 1, "first": 1, "2nd": 2, "second": 2, "3rd": 3, "third": 3, "4th": 4, "fourth": 4, "last": -1}
_ORDINAL = rf"(?:{'|'.join(_NTH)})\b"
_TO = r"(?:-|to|til|till|until|and|:)"
_HALF = r"a\.?m\.?(?![a-z])|p\.?m\.?(?![a-z])|noon|midnight"
_CLOCK = rf"(?:(?:\d{{4}}(?!\d)|\d{{1,2}}(?:[:.]\d\d)?(?!\d))\s*(?:{_HALF})?|noon|midday|midnight)"
_TOKEN = re.compile(
    rf"""
      (?P<times>(?<![\d:.]){_CLOCK}\s*{_TO}\s*{_CLOCK})
    | (?P<all_day>\b24\s(?:hours|hrs)\b|\b24/7\b)
    | (?P<nth>\b{_ORDINAL}(?:(?:\s*,\s*|\s*(?:and|&)\s*)(?:the\s+)?{_ORDINAL})*\s+{_DAY})
    | (?P<days>\b{_DAY}\s*(?:-|to|through|till|until)\s*{_DAY})
    | (?P<every>\b(?:{"|".join(_EVERY)})\b)
    | (?P<day>\b{_DAY})
    | (?P<term>\bterm[\s-]?times?(?:\s+only)?\b)
    | (?P<half>\b(?:morning|afternoon|evening)s?\b)
    | (?P<digits>\d+)
    """,
    re.VERBOSE,
)
_LUNCH = re.compile(
    rf"\(?\bclosed (?:for lunch )?(?:from |between )?(?P<times>{_CLOCK}\s*{_TO}\s*{_CLOCK})(?: every ?day| daily)?\)?"
)
_ASIDE = (
    re.compile(rf"\(?\blast (?:entry|orders|admissions?)(?: at)?\s*{_CLOCK}\)?"),
    re.compile(r"\bvarious evenings and weekends\b"),
    re.compile(r"\bof (?:the |each |every )?month\b|\b(?:each|every|a) week\b"),
)
_CHANGES_IT = re.compile(
    r"\b(closed|except|excluding|not|no|bank holidays?|holidays?|school|appointment|booking|alternate|fortnight\w*|other|odd|even"
    r"|biweekly|bi-weekly|some|sometimes|occasional\w*|usually|normally|approx\w*|around|about|varies|vary|various|contact|month\w*"
    r"|ring|check|required|if|when|unless|during|starting|starts|begins|ends|january|february|march|april|may|june|july"
    r"|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|winter|summer|spring"
    r"|autumn|easter|christmas|nb|move[sd]?|dusk|dawn|late|onwards|times? vary|hours?|weeks?|week|out)\b"
)


class Unread(Exception):
    """The words do not say hours that we are sure of."""


@dataclass
class _Clause:
    """Some days and the hours on them, in minutes after midnight; nth 0 is every week."""

    days: dict[int, set[int]] = field(default_factory=dict)
    hours: list[Minutes] = field(default_factory=list)
    is_term: bool = False


def read(text: str) -> str | None:
    """The OSM value of a venue's own words, or None where they cannot be read without guessing."""
    if len(text) > LONGEST_TEXT:
        return None
    if _OSM.match(text):
        return _if_it_reads(text.strip())
    try:
        clauses = _clauses(_plain(text))
    except Unread:
        return None
    return _if_it_reads("; ".join(_written(clause) for clause in clauses))


def _plain(text: str) -> str:
    """Small letters, one kind of dash, and a line for each <br>; letters that a wrong encoding left behind are gone."""
    words = re.sub(r"<br\s*/?>", "; ", html.unescape(text), flags=re.IGNORECASE)
    words = re.sub(r"[‐‑‒–—−]", "-", words)
    words = re.sub(r"[^\x20-\x7e]", " ", words).lower()
    # "10-00 to 12-30": a dash for the point within a time.
    return re.sub(r"\b(\d{1,2})-(\d\d) (to|till?|until) (\d{1,2})-(\d\d)\b", r"\1:\2 \3 \4:\5", words)


def _clauses(words: str) -> list[_Clause]:
    lunch = [_minutes(found["times"], "") for found in _LUNCH.finditer(words)]
    words = _LUNCH.sub(" ", words)
    for aside in _ASIDE:
        words = aside.sub(" ", words)
    tokens = [(found.lastgroup or "", found.group()) for found in _TOKEN.finditer(words)]
    left = _TOKEN.sub(" ", words)
    if _CHANGES_IT.search(left) or any(kind == "digits" for kind, _ in tokens):
        raise Unread
    clauses = _told_apart(list(_runs(tokens)))
    _refuse_clashes(clauses)
    for clause in clauses:
        clause.hours = _without(_joined(clause.hours), lunch)
    return clauses


def _runs(tokens: Sequence[tuple[str, str]]) -> Iterator[tuple[bool, list[tuple[str, str]]]]:
    """Runs of days and runs of times, in turn; a word about term or the half of the day goes with the run it follows."""
    held: list[tuple[bool, tuple[str, str]]] = []
    for kind, words in tokens:
        is_time = kind in {"times", "all_day"} or (kind in {"term", "half"} and bool(held) and held[-1][0])
        held.append((is_time, (kind, words)))
    for is_time, run in groupby(held, key=lambda pair: pair[0]):
        yield is_time, [token for _, token in run]


def _told_apart(runs: list[tuple[bool, list[tuple[str, str]]]]) -> list[_Clause]:
    """A clause for each run of days with its run of times, whichever the venue writes first."""
    if not runs or len(runs) % 2:
        raise Unread
    clauses = []
    for first, second in zip(runs[::2], runs[1::2], strict=True):
        days, times = (second, first) if first[0] else (first, second)
        everything = [*days[1], *times[1]]
        half = next((words for kind, words in everything if kind == "half"), "")
        clause = _Clause(is_term=any(kind == "term" for kind, _ in everything))
        clause.days = _days(days[1])
        clause.hours = [_minutes(words, half) for kind, words in times[1] if kind in {"times", "all_day"}]
        clauses.append(clause)
    return clauses


def _days(tokens: Sequence[tuple[str, str]]) -> dict[int, set[int]]:
    """Each day of the week with the weeks of the month on which it counts: {0} for all. "Friday: the last Friday" is one."""
    found: dict[int, set[int]] = {}
    for kind, words in tokens:
        match kind:
            case "day":
                found.setdefault(_number(words), set()).add(0)
            case "days":
                first, last = (_number(name) for name in re.findall(_DAY, words))
                for step in range((last - first) % 7 + 1):
                    found.setdefault((first + step) % 7, set()).add(0)
            case "nth":
                day = _number(re.findall(_DAY, words)[-1])
                found.setdefault(day, set()).update(_NTH[name] for name in re.findall(_ORDINAL, words))
            case "every":
                for pattern, days in _EVERY.items():
                    if re.fullmatch(pattern, words):
                        for day in days:
                            found.setdefault(day, set()).add(0)
    if not found:
        raise Unread
    return {day: weeks - {0} or {0} for day, weeks in found.items()}


def _refuse_clashes(clauses: Sequence[_Clause]) -> None:
    """A day that is told twice may mean both, or the second instead of the first: a person must say."""
    seen: dict[int, set[int]] = {}
    for clause in clauses:
        for day, weeks in clause.days.items():
            told = seen.setdefault(day, set())
            if told and (0 in weeks | told or weeks & told or -1 in weeks | told):
                raise Unread
            told |= weeks


def _number(name: str) -> int:
    return _DAY_START.index(name[:2])


def _minutes(words: str, half: str) -> Minutes:
    """A stretch of time, in minutes; Unread where morning and evening cannot be told apart."""
    if words.startswith("24"):
        return 0, A_DAY
    first, last = (match.group() for match in re.finditer(_CLOCK, words))
    starts, starts_half = _clock(first)
    ends, ends_half = _clock(last)
    if not starts_half and half[:1] in {"a", "e"} and starts < 12 * 60:
        starts += 12 * 60
    elif not starts_half:
        starts = _start_before(starts, ends, ends_half, first)
    if not ends_half and ends <= starts < A_DAY and ends <= 12 * 60 and not last.strip().startswith("0"):
        ends += 12 * 60
    if starts == ends or (ends < starts and not (starts_half and ends_half)):
        raise Unread
    return starts, ends


def _start_before(starts: int, ends: int, ends_half: str, written: str) -> int:
    """A start without am or pm: that of its end where it still comes before it; one in the small hours is not believed."""
    noon = 12 * 60
    if ends_half == "pm" and starts + noon < ends and starts < noon:
        return starts + noon
    if starts < 7 * 60 and not written.strip().startswith("0"):
        raise Unread
    return starts


def _clock(words: str) -> tuple[int, str]:
    """Minutes after midnight as far as they are said, and "am" or "pm" where that is; a 24-hour clock says it too."""
    words = words.strip()
    if words in {"noon", "midday"}:
        return 12 * 60, "pm"
    if words == "midnight":
        return A_DAY, "pm"
    digits = re.match(r"(\d{1,2})[:.]?(\d\d)?(?!\d)|(\d\d)(\d\d)", words)
    assert digits is not None
    hour, minute = int(digits[1] or digits[3]), int(digits[2] or digits[4] or 0)
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        raise Unread
    half = words[digits.end() :].strip().replace(".", "")
    if half == "midnight":
        return A_DAY, "pm"
    if half in {"pm", "noon"} and hour < 12:
        hour += 12
    if half == "am" and hour == 12:
        hour = 0
    return hour * 60 + minute, "pm" if hour > 12 else ("pm" if half == "noon" else half)


def _joined(hours: Sequence[Minutes]) -> list[Minutes]:
    """In order, stretches that touch as one."""
    found: list[Minutes] = []
    for starts, ends in sorted(hours):
        if found and starts <= found[-1][1]:
            found[-1] = (found[-1][0], max(ends, found[-1][1]))
        else:
            found.append((starts, ends))
    return found


def _without(hours: Sequence[Minutes], shut: Sequence[Minutes]) -> list[Minutes]:
    left = list(hours)
    for from_, to in shut:
        left = [
            piece
            for starts, ends in left
            for piece in ((starts, min(ends, from_)), (max(starts, to), ends))
            if piece[0] < piece[1]
        ]
    if not left:
        raise Unread
    return left


def _written(clause: _Clause) -> str:
    hours = ",".join(f"{_time(starts)}-{_time(ends)}" for starts, ends in clause.hours)
    plain = sorted(day for day, weeks in clause.days.items() if weeks == {0})
    names = [
        CODES[day] if first == last else f"{CODES[first]}-{CODES[last]}"
        for first, last in _stretches(plain)
        for day in (first,)
    ]
    names += [
        f"{CODES[day]}[{','.join(str(week) for week in sorted(weeks, key=lambda week: (week < 0, week)))}]"
        for day, weeks in sorted(clause.days.items())
        if weeks != {0}
    ]
    note = ' open "term time only"' if clause.is_term else ""
    return f"{','.join(names)} {hours}{note}"


def _stretches(days: Sequence[int]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for day in days:
        if found and found[-1][1] == day - 1:
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return found


def _time(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _if_it_reads(value: str) -> str | None:
    try:
        OpeningHours(value)
    except ParserError:
        return None
    return value
