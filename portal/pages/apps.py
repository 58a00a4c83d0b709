"""Registers the pages app."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "portal.pages"
    label = "pages"
    verbose_name = "Pages"

    def ready(self) -> None:
        from portal.changes import listen
        from portal.emails.noticing import notice
        from portal.pages.misuse import mails_that_wait
        from portal.pages.roles_waiting import roles_to_agree
        from portal.pages.urgent import numbers_to_check
        from portal.pages.week import register_week_line
        from portal.spam import when_held_back

        listen()
        register_week_line(numbers_to_check)
        register_week_line(mails_that_wait)
        register_week_line(roles_to_agree)
        when_held_back(notice)
