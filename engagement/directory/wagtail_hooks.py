"""Puts the directory into the Wagtail admin."""

from django.urls import URLPattern, path
from wagtail import hooks

from engagement.directory.groups.urls import staff_urlpatterns as group_screens
from engagement.directory.views import sessions, staff
from engagement.directory.viewsets import DirectoryGroup


@hooks.register("register_admin_viewset")
def directory_group() -> DirectoryGroup:
    return DirectoryGroup()


@hooks.register("register_admin_urls")
def directory_screens() -> list[URLPattern]:
    return [
        path("directory/sessions/", sessions.sessions_this_week, name="directory_sessions"),
        path("directory/sessions/<int:pk>/cancel/", sessions.cancel, name="directory_cancel_session"),
        path("directory/sessions/<int:pk>/restore/", sessions.restore, name="directory_restore_session"),
        path("directory/to-check/", staff.to_check, name="directory_to_check"),
        path("directory/to-check/<int:pk>/", staff.checked, name="directory_checked"),
        path("directory/hours-in-words/", staff.hours_in_words, name="directory_hours_in_words"),
        *group_screens,
    ]
