"""The directory to take away: calendars, data for search engines, the sheet for the notice board, words for the phone."""
