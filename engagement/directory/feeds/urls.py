"""Addresses under which the directory is taken away."""

from django.urls import URLPattern, path

from engagement.directory.feeds import calendars, papers

urlpatterns: list[URLPattern] = [
    path("whats-on.ics", calendars.whats_on_calendar, name="whats_on_calendar"),
    path("whats-on/sheet.pdf", papers.whats_on_sheet, name="whats_on_sheet"),
    path("whats-on/today.txt", papers.today_text, name="today_text"),
    path("venues/<slug:slug>/sheet.pdf", papers.venue_sheet, name="venue_sheet"),
    path("venues/<slug:slug>.ics", calendars.venue_calendar, name="venue_calendar"),
    path("activities/<slug:slug>.ics", calendars.activity_calendar, name="activity_calendar"),
    path("activities/<slug:slug>/<uuid:schedule>/<str:day>.ics", calendars.session_calendar, name="session_calendar"),
]
