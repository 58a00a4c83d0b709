"""England's bank holidays and the school holidays, and opening hours that name them written out as dates.

The opening-hours library knows only the holidays that all of the United Kingdom shares: by its calendar the last Monday
of August is a working day in England, and of schools it knows nothing. So neither `PH` nor `SH` ever reaches it: each
rule that names one gets the dates themselves.
"""

import re
from collections.abc import Mapping
from datetime import date
from functools import cache

from holidays import country_holidays

from engagement.directory.hours.school_year import NO_SCHOOLS, SchoolYear

_DAY = r"(?:Mo|Tu|We|Th|Fr|Sa|Su)"
_DAYS = rf"{_DAY}(?:-{_DAY})?(?:\[[^\]]+\])?"
_RULE = re.compile(rf"(?P<days>(?:{_DAYS}|PH)(?:\s*,\s*(?:{_DAYS}|PH))*)\s+(?P<rest>off|closed|[\d\"uo].*)")
_SCHOOL_RULE = re.compile(rf"SH\s+(?P<rest>off|closed|(?:{_DAYS}(?:\s*,\s*{_DAYS})*\s+)?[\d\"uo].*)")
_BETWEEN_RULES = re.compile(r'\s*;\s*(?=(?:[^"]*"[^"]*")*[^"]*$)')
_QUOTED = re.compile(r'"[^"]*"')
_NAMES_HOLIDAYS = re.compile(r"\bPH\b")
_NAMES_SCHOOL = re.compile(r"\bSH\b")


class UnreadHolidayRule(ValueError):
    """A rule uses bank or school holidays in a way that we do not read."""


@cache
def bank_holidays(year: int) -> Mapping[date, str]:
    """The bank holidays of England in one year and their names."""
    found = country_holidays("GB", subdiv="ENG", years=[year])
    return {day: name.removesuffix(" (observed)") for day, name in found.items()}


def bank_holiday(day: date) -> str:
    """The name of the bank holiday on this day, or nothing."""
    return bank_holidays(day.year).get(day, "")


def names_bank_holidays(value: str) -> bool:
    """Whether opening hours have a rule for bank holidays."""
    return bool(_NAMES_HOLIDAYS.search(_QUOTED.sub("", value)))


def names_school_holidays(value: str) -> bool:
    """Whether opening hours have a rule for school holidays."""
    return bool(_NAMES_SCHOOL.search(_QUOTED.sub("", value)))


def says_about_bank_holidays(value: str) -> bool:
    """Whether opening hours settle what happens on a bank holiday: by naming it, or by never closing."""
    return names_bank_holidays(value) or value.startswith("24/7")


def with_dates(value: str, year: int, schools: SchoolYear = NO_SCHOOLS) -> str:
    """Opening hours with `PH` and `SH` written out as dates: bank holidays of this year and the next, all known school holidays.

    A rule for school holidays of which none is known falls away. Raises UnreadHolidayRule for `PH` in any place but a list
    of days ("PH off", "Mo-Fr,PH 10:00-12:00") and for `SH` anywhere but at the head of a rule ("SH off", "SH Mo 10:00-12:00").
    """
    if not names_bank_holidays(value) and not names_school_holidays(value):
        return value
    days = sorted([*bank_holidays(year), *bank_holidays(year + 1)])
    dates = ",".join(_dated(day) for day in days)
    parts = _BETWEEN_RULES.split(re.sub(r",\s+PH\s+(off|closed)\b", r"; PH \1", value))
    written = [_rule_with_dates(_school_rule(part, schools), dates) for part in parts if part]
    return "; ".join(part for part in written if part) or "off"


def _dated(day: date) -> str:
    return f"{day.year} {day:%b %d}"


def _school_rule(rule: str, schools: SchoolYear) -> str:
    if not names_school_holidays(rule):
        return rule
    found = _SCHOOL_RULE.fullmatch(rule)
    if found is None or names_school_holidays(found["rest"]):
        raise UnreadHolidayRule(rule)
    if not schools.breaks:
        return ""
    ranges = ",".join(f"{_dated(first)}-{_dated(last)}" for first, last in schools.breaks)
    return f"{ranges} {found['rest']}"


def _rule_with_dates(rule: str, dates: str) -> str:
    if not names_bank_holidays(rule):
        return rule
    found = _RULE.fullmatch(rule)
    if found is None or names_bank_holidays(found["rest"]):
        raise UnreadHolidayRule(rule)
    other_days = [day for day in re.split(r"\s*,\s*", found["days"]) if day != "PH"]
    on_holidays = f"{dates} {found['rest']}"
    return f"{','.join(other_days)} {found['rest']}; {on_holidays}" if other_days else on_holidays
