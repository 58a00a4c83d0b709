"""Opening hours for the people who keep them: why a value cannot be taken, and how it reads in words."""

import re
from datetime import date, datetime, timedelta

from opening_hours import OpeningHours, ParserError  # type: ignore[attr-defined]

from engagement.directory.hours.holiday_dates import (
    UnreadHolidayRule,
    bank_holidays,
    says_about_bank_holidays,
    with_dates,
)
from engagement.directory.hours.opening import AHEAD, Hours, coming_days, spans
from engagement.directory.hours.row_values import from_value
from engagement.directory.hours.row_words import holidays_in_words, rows_in_words
from engagement.directory.hours.rows import UsualHours
from engagement.directory.hours.school_year import SchoolYear
from portal.clock import say_date, say_times

LONGEST_VALUE = 500
EXAMPLE = "Write hours like “Mo-Fr 09:00-17:00; PH off”, or leave this empty and use the words."
_QUOTED = re.compile(r'"[^"]*"')
_NOT_READ = (
    (re.compile(r"\d\s*\+"), "Say when it closes: we cannot read “+”."),
    (re.compile(r"\b(sunrise|sunset|dawn|dusk)\b"), "Use times of the clock, not of the sun."),
)
_DAY_BEFORE_MONTH = re.compile(r"\b(\d{1,2}) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\b")
NOT_KNOWN = "Not known: people are asked to ring first."


def why_not(value: str, today: date) -> str | None:
    """What is wrong with a value and what to write instead; None for one that we read, and for none at all."""
    some_holiday = SchoolYear(((today, today + timedelta(days=55)),))  # a rule may be right before its dates are told
    if not value:
        return None
    if len(value) > LONGEST_VALUE:
        return f"These hours are longer than {LONGEST_VALUE} letters. {EXAMPLE}"
    for pattern, reason in _NOT_READ:
        if pattern.search(_QUOTED.sub("", value)):
            return f"{reason} {EXAMPLE}"
    try:
        OpeningHours(value)
        with_dates(value, today.year, some_holiday)
    except ParserError as error:
        turned = _DAY_BEFORE_MONTH.search(value)
        hint = f" Write the month before the day: “{turned[2]} {turned[1]}”." if turned else ""
        return f"We cannot read “{_where(value, str(error))}”.{hint} {EXAMPLE}"
    except UnreadHolidayRule as error:
        return f"We cannot read holidays (PH, SH) in “{error}”. {EXAMPLE}"
    start = datetime.combine(today, datetime.min.time())
    if next(spans(Hours(value, schools=some_holiday), start, start + AHEAD), None) is None:
        if "Feb 29" in value:
            return f"It would open only on 29 February, which most years do not have. {EXAMPLE}"
        return f"By these hours it never opens. {EXAMPLE}"
    return None


def in_words(hours: Hours, today: date) -> str:
    """The usual hours read back: "Monday to Thursday 8:45am to 4pm; Fridays 8:45am to 3pm. Bank holidays: closed."

    Hours that no rows make are read back as the next four times.
    """
    if not hours.value:
        return NOT_KNOWN
    usual = from_value(hours.value)
    if usual is not None:
        return usual_in_words(usual)
    value = Hours(hours.value, schools=hours.schools)
    return _with_holidays(_next_times(value, today), _holidays_in_words(value, today))


def usual_in_words(usual: UsualHours) -> str:
    """Rows read back, with bank holidays."""
    return _with_holidays(rows_in_words(usual), holidays_in_words(usual)) if usual.rows else NOT_KNOWN


def _with_holidays(words: str, holidays: str) -> str:
    return f"{words}. Bank holidays: {holidays}." if holidays else f"{words}. Ring first on bank holidays."


def _where(value: str, error: str) -> str:
    """The part of the value at which reading stopped."""
    place = re.search(r"--> \d+:(\d+)", error)
    rest = value[int(place[1]) - 1 :] if place else value
    return rest[:30] or value[:30]


def _next_times(hours: Hours, today: date) -> str:
    start = datetime.combine(today, datetime.min.time())
    coming = []
    for span in spans(hours, start, start + AHEAD):
        coming.append(f"{say_date(span.starts.date())} {say_times(span.starts, span.ends)}")
        if len(coming) == 4:
            break
    return f"Next: {'; '.join(coming)}"


def _holidays_in_words(hours: Hours, today: date) -> str:
    if not says_about_bank_holidays(hours.value):
        return ""
    ahead = [*bank_holidays(today.year), *bank_holidays(today.year + 1)]
    day = min(day for day in ahead if day >= today + timedelta(days=1))
    return coming_days(hours, day, 1)[0].words
