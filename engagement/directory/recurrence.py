"""How often an activity happens: the RRULE that is kept, the choices staff make, and the words people read."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from engagement.directory.hours.school_year import Season
from engagement.directory.sessions import Rule, occurrences, parts_of
from portal.clock import WEEKDAYS, say_date, say_times, say_whole_date

CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
NTH = {"1": "first", "2": "second", "3": "third", "4": "fourth", "-1": "last"}
LONGEST_RULE = 200
_PARTS = {
    "FREQ": re.compile(r"DAILY|WEEKLY|MONTHLY|YEARLY"),
    "INTERVAL": re.compile(r"[1-9]\d?"),
    "BYDAY": re.compile(r"(-?[1-5])?(MO|TU|WE|TH|FR|SA|SU)(,(-?[1-5])?(MO|TU|WE|TH|FR|SA|SU))*"),
    "BYMONTHDAY": re.compile(r"-?([12]\d|3[01]|[1-9])(,-?([12]\d|3[01]|[1-9]))*"),
    "BYMONTH": re.compile(r"(1[0-2]|[1-9])(,(1[0-2]|[1-9]))*"),
    "BYSETPOS": re.compile(r"-?[1-5](,-?[1-5])*"),
    "UNTIL": re.compile(r"\d{8}"),
    "WKST": re.compile("|".join(CODES)),
}
_LONG_AGO = date(2004, 1, 1)
FOUR_YEARS = timedelta(days=4 * 366)
_SEASONS = {Season.TERM_TIME: "in term time", Season.SCHOOL_HOLIDAYS: "in the school holidays"}
_HOW = {("WEEKLY", "1"): "weekly", ("WEEKLY", "2"): "fortnightly", ("MONTHLY", "1"): "monthly"}
_EVERY = {"DAILY": "day", "WEEKLY": "week", "MONTHLY": "month", "YEARLY": "year"}


@dataclass(frozen=True)
class Repeats:
    """What staff choose: how often, on which days, by the month in which of its weeks ("1" to "4", "-1" for last), until when."""

    how: str  # "once", "weekly", "fortnightly" or "monthly"
    days: tuple[str, ...] = ()
    weeks: tuple[str, ...] = ()
    until: date | None = None


def why_not(rule: str) -> str | None:
    """What is wrong with a rule, in words; None for one that we follow and for none at all."""
    if not rule:
        return None
    if len(rule) > LONGEST_RULE:
        return f"This rule is longer than {LONGEST_RULE} letters."
    names = []
    for part in rule.split(";"):
        name, _, value = part.partition("=")
        if name not in _PARTS or not _PARTS[name].fullmatch(value) or name in names:
            return f"We cannot follow “{part}” in this rule."
        names.append(name)
    if "FREQ" not in names:
        return "This rule does not say how often (FREQ)."
    try:
        for end in re.findall(r"UNTIL=(\d{8})", rule):
            datetime.strptime(end, "%Y%m%d")
        found = occurrences(Rule(rule, _LONG_AGO, time.min), first=_LONG_AGO, last=_LONG_AGO + FOUR_YEARS)
    except ValueError:
        return "We cannot follow this rule: one of its days is not in the calendar."
    return None if found else "By this rule it never happens."


def to_rule(repeats: Repeats) -> str:
    """The RRULE of what staff chose; empty for something that happens once."""
    if repeats.how == "once":
        return ""
    days = [code for code in CODES if code in repeats.days]
    end = f";UNTIL={repeats.until:%Y%m%d}" if repeats.until else ""
    if repeats.how == "monthly":
        weeks = [nth for nth in NTH if nth in repeats.weeks]
        return f"FREQ=MONTHLY;BYDAY={','.join(nth + day for nth in weeks for day in days)}{end}"
    interval = "INTERVAL=2;" if repeats.how == "fortnightly" else ""
    return f"FREQ=WEEKLY;{interval}BYDAY={','.join(days)}{end}"


def from_rule(rule: str) -> Repeats | None:
    """What staff would choose to get this rule; None for a rule that our choices cannot make."""
    if not rule:
        return Repeats("once")
    parts = parts_of(rule)
    days = parts.get("BYDAY", "").split(",")
    codes = tuple(day[-2:] for day in days)
    weeks = tuple(day[:-2] for day in days)
    until = datetime.strptime(parts["UNTIL"], "%Y%m%d").date() if "UNTIL" in parts else None
    chosen = Repeats(
        _HOW.get((parts.get("FREQ", ""), parts.get("INTERVAL", "1")), ""),
        tuple(code for code in CODES if code in codes),
        tuple(nth for nth in NTH if nth in weeks),
        until,
    )
    return chosen if chosen.how and to_rule(chosen) == rule else None


def in_words(rule: Rule | None) -> str:
    """The schedule as people say it: "Every Wednesday, 11:30am to 1:30pm"; "Ring to ask when" where no time is known."""
    if rule is None:
        return "Ring to ask when"
    told = [f"{_days_in_words(rule)}, {say_times(rule.starts_at, rule.ends_at)}"]
    if end := re.search(r"UNTIL=(\d{8})", rule.recurrence):
        told.append(f"until {say_whole_date(datetime.strptime(end[1], '%Y%m%d').date())}")
    if rule.season in _SEASONS:
        told.append(_SEASONS[rule.season])
    if rule.skips_bank_holidays:
        told.append("not on bank holidays")
    return ", ".join(told)


def _days_in_words(rule: Rule) -> str:
    repeats = from_rule(rule.recurrence)
    if repeats is None:
        return _roughly(rule.recurrence)
    days = [WEEKDAYS[CODES.index(code)] for code in repeats.days]
    if repeats.how == "once":
        return f"{say_date(rule.starts_on)} {rule.starts_on.year}"
    if repeats.how == "monthly":
        return f"The {_listed(NTH[nth] for nth in repeats.weeks)} {_listed(days)} of the month"
    return f"Every other week on {_listed(days)}" if repeats.how == "fortnightly" else f"Every {_listed(days)}"


def _listed(words: Iterable[str]) -> str:
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last


def _roughly(rule: str) -> str:
    """A rule that our choices cannot make, told by its pace where that is all of it; the dates stand beside it."""
    parts = parts_of(rule)
    if parts.keys() - {"FREQ", "INTERVAL", "UNTIL"}:
        return "On some days"
    pace, interval = _EVERY[parts["FREQ"]], parts.get("INTERVAL", "1")
    return f"Every {pace}" if interval == "1" else f"Every {interval} {pace}s"
