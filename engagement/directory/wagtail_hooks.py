"""Puts the directory into the Wagtail admin."""

from django.urls import URLPattern
from wagtail import hooks

from engagement.directory.groups.urls import staff_urlpatterns as group_screens
from engagement.directory.hours_desk.urls import urlpatterns as hours_screens
from engagement.directory.keeping.urls import staff_urls as keeping_screens
from engagement.directory.pairs.urls import staff_urlpatterns as pair_screens
from engagement.directory.sessions_desk.urls import urlpatterns as session_screens
from engagement.directory.viewsets import DirectoryGroup


@hooks.register("register_admin_viewset")
def directory_group() -> DirectoryGroup:
    return DirectoryGroup()


@hooks.register("register_admin_urls")
def directory_screens() -> list[URLPattern]:
    return [
        *session_screens,
        *hours_screens,
        *group_screens,
        *pair_screens,
        *keeping_screens,
    ]
