"""Registers the rights app, what is due of it, and what it holds itself."""

from django.apps import AppConfig


class RightsConfig(AppConfig):
    name = "portal.rights"
    label = "rights"
    verbose_name = "What people ask about themselves"

    def ready(self) -> None:
        from engagement.comments.held import COMMENTS
        from engagement.directory.held import DIRECTORY
        from newsletter.held import NEWSPAPER
        from portal.accounts.held import ACCOUNTS
        from portal.emails.held import EMAILS
        from portal.pages.week import register_week_line
        from portal.privacy.people import register_holder
        from portal.rights import kept, tasks
        from portal.rights.held import REQUESTS
        from portal.rights.week import requests_due
        from selfreferral.held import REFERRALS

        kept.register()
        assert tasks  # regular work makes itself known when it is read
        for holder in (COMMENTS, DIRECTORY, NEWSPAPER, REFERRALS, ACCOUNTS, EMAILS, REQUESTS):
            register_holder(holder)
        register_week_line(requests_due)
