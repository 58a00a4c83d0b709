"""Puts the directory into the Wagtail admin."""

from django.urls import URLPattern, path
from wagtail import hooks

from engagement.directory.groups.urls import staff_urlpatterns as group_screens
from engagement.directory.keeping.urls import staff_urls as keeping_screens
from engagement.directory.pairs.urls import staff_urlpatterns as pair_screens
from engagement.directory.running.urls import urlpatterns as session_screens
from engagement.directory.views import staff
from engagement.directory.viewsets import DirectoryGroup


@hooks.register("register_admin_viewset")
def directory_group() -> DirectoryGroup:
    return DirectoryGroup()


@hooks.register("register_admin_urls")
def directory_screens() -> list[URLPattern]:
    return [
        *session_screens,
        path("directory/hours-in-words/", staff.hours_in_words, name="directory_hours_in_words"),
        *group_screens,
        *pair_screens,
        *keeping_screens,
    ]
