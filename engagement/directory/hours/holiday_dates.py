"""England's bank holidays and the school holidays, and opening hours that name them written out as dates.

The opening-hours library knows only the holidays that all of the United Kingdom shares: by its calendar the last Monday
of August is a working day in England, and of schools it knows nothing. So neither `PH` nor `SH` ever reaches it: each
rule that names one gets the dates themselves.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cache

from holidays import country_holidays

from engagement.directory.hours.school_year import NO_SCHOOLS, SchoolYear

_DAY = r"(?:Mo|Tu|We|Th|Fr|Sa|Su)"
_DAYS = rf"{_DAY}(?:-{_DAY})?(?:\[[^\]]+\])?"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_RULE = re.compile(
    rf"(?:(?P<first>{_MONTH} \d\d)-(?P<last>{_MONTH} \d\d)\s+)?"
    rf"(?P<days>(?:{_DAYS}|PH)(?:\s*,\s*(?:{_DAYS}|PH))*)\s+(?P<rest>off|closed|[\d\"uo].*)"
)
_SCHOOL_RULE = re.compile(rf"SH\s+(?P<rest>off|closed|(?:{_DAYS}(?:\s*,\s*{_DAYS})*\s+)?[\d\"uo].*)")
_OUTSIDE_QUOTES = r'(?=(?:[^"]*"[^"]*")*[^"]*$)'
_RULE_ENDS = r'(?:(?<=:\d\d)|(?<=")|(?<=off)|(?<=closed)|(?<=open)|(?<=unknown))'
_BETWEEN_RULES = re.compile(
    rf"\s*(;)\s*{_OUTSIDE_QUOTES}|{_RULE_ENDS}\s*(,)\s+(?={_DAY}|PH|SH|{_MONTH}|\d{{4}} ){_OUTSIDE_QUOTES}"
)
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
    written = ""
    for between, rule in rules_of(value):
        for dated in _rule_with_dates(_school_rule(rule, schools), days):
            written += f"{between} {dated}" if written else dated
    return written or "off"


def rules_of(value: str) -> list[tuple[str, str]]:
    """The rules of a value in order, each with what stands before it: ";" takes the place of earlier ones, "," adds to them.

    A closing that is said to be added takes the place all the same.
    """
    parts = [part for part in _BETWEEN_RULES.split(value) if part is not None]
    rules = zip([";", *parts[1::2]], parts[::2], strict=True)
    return [
        (";" if rule.endswith((" off", " closed")) else between, rule.strip())
        for between, rule in rules
        if rule.strip()
    ]


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


def _rule_with_dates(rule: str, holidays: Sequence[date]) -> list[str]:
    """A rule without `PH`: its other days, then the bank holidays that it means; none where nothing is left of it."""
    if not names_bank_holidays(rule):
        return [rule] if rule else []
    found = _RULE.fullmatch(rule)
    if found is None or names_bank_holidays(found["rest"]):
        raise UnreadHolidayRule(rule)
    part = f"{found['first']}-{found['last']} " if found["first"] else ""
    other_days = ",".join(day for day in re.split(r"\s*,\s*", found["days"]) if day != "PH")
    meant = [day for day in holidays if not part or _is_between(day, found["first"], found["last"])]
    dates = ",".join(_dated(day) for day in meant)
    return [
        *([f"{part}{other_days} {found['rest']}"] if other_days else []),
        *([f"{dates} {found['rest']}"] if dates else []),
    ]


def _is_between(day: date, first: str, last: str) -> bool:
    from_, to = (datetime.strptime(f"2024 {words}", "%Y %b %d").strftime("%m%d") for words in (first, last))
    here = f"{day:%m%d}"
    return from_ <= here <= to if from_ <= to else here >= from_ or here <= to
