"""Dates as people say them: "Wednesday 25 November 2026", "11:30AM"."""

DATE_FORMAT = "l j F Y"
TIME_FORMAT = "g:iA"
DATETIME_FORMAT = "l j F Y, g:iA"
SHORT_DATE_FORMAT = "j M Y"
DATE_INPUT_FORMATS = ["%d/%m/%Y", "%d %B %Y", "%Y-%m-%d"]
