"""Addresses under which the directory is taken away."""

from django.urls import URLPattern, path

from engagement.directory.feeds import calendars

urlpatterns: list[URLPattern] = [
    path("whats-on.ics", calendars.whats_on_calendar, name="whats_on_calendar"),
    path("venues/<slug:slug>.ics", calendars.venue_calendar, name="venue_calendar"),
    path("activities/<slug:slug>.ics", calendars.activity_calendar, name="activity_calendar"),
    path("activities/<slug:slug>/<uuid:schedule>/<str:day>.ics", calendars.session_calendar, name="session_calendar"),
]
