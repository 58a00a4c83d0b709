"""England's bank holidays, and opening hours that name them written out as dates.

The opening-hours library knows only the holidays that all of the United Kingdom shares: by its calendar the last Monday
of August is a working day in England. So `PH` never reaches it: each rule that names `PH` gets the dates themselves.
"""

import re
from collections.abc import Mapping
from datetime import date
from functools import cache

from holidays import country_holidays

_DAY = r"(?:Mo|Tu|We|Th|Fr|Sa|Su)"
_DAYS = rf"{_DAY}(?:-{_DAY})?(?:\[[^\]]+\])?"
_RULE = re.compile(rf"(?P<days>(?:{_DAYS}|PH)(?:\s*,\s*(?:{_DAYS}|PH))*)\s+(?P<rest>off|closed|[\d\"uo].*)")
_BETWEEN_RULES = re.compile(r'\s*;\s*(?=(?:[^"]*"[^"]*")*[^"]*$)')
_QUOTED = re.compile(r'"[^"]*"')
_NAMES_HOLIDAYS = re.compile(r"\bPH\b")


class UnreadHolidayRule(ValueError):
    """A rule uses bank holidays in a way that we do not read."""


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


def says_about_bank_holidays(value: str) -> bool:
    """Whether opening hours settle what happens on a bank holiday: by naming it, or by never closing."""
    return names_bank_holidays(value) or value.startswith("24/7")


def with_dates(value: str, year: int) -> str:
    """Opening hours with `PH` written out as the dates of this year and the next.

    Raises UnreadHolidayRule for `PH` in any place but a list of days ("PH off", "Mo-Fr,PH 10:00-12:00").
    """
    if not names_bank_holidays(value):
        return value
    days = sorted([*bank_holidays(year), *bank_holidays(year + 1)])
    dates = ",".join(f"{day.year} {day:%b %d}" for day in days)
    parts = _BETWEEN_RULES.split(re.sub(r",\s+PH\s+(off|closed)\b", r"; PH \1", value))
    return "; ".join(_rule_with_dates(part, dates) for part in parts if part)


def _rule_with_dates(rule: str, dates: str) -> str:
    if not names_bank_holidays(rule):
        return rule
    found = _RULE.fullmatch(rule)
    if found is None or names_bank_holidays(found["rest"]):
        raise UnreadHolidayRule(rule)
    other_days = [day for day in re.split(r"\s*,\s*", found["days"]) if day != "PH"]
    on_holidays = f"{dates} {found['rest']}"
    return f"{','.join(other_days)} {found['rest']}; {on_holidays}" if other_days else on_holidays
