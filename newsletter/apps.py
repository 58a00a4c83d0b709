"""Registers the newsletter app, its numbers for the staff home, and its ear for what mail providers tell."""

from django.apps import AppConfig


class NewsletterConfig(AppConfig):
    name = "newsletter"
    label = "newsletter"
    verbose_name = "Newspaper"

    def ready(self) -> None:
        from anymail.signals import tracking
        from wagtail.signals import page_published

        from newsletter import kept, nightly, week
        from newsletter.models import IssuePage
        from newsletter.printing.preparing import ask_for_paper
        from newsletter.readers.week import askings_for_post
        from newsletter.sending import hearing
        from newsletter.weekly import regular
        from portal.pages.week import register_week_line

        kept.register()
        register_week_line(week.sendings_to_look_at)
        register_week_line(week.planned_sendings)
        register_week_line(week.issues_to_send)
        register_week_line(askings_for_post)
        assert all((nightly, regular))  # regular work makes itself known when it is read
        tracking.connect(hearing.hear, dispatch_uid="newsletter")
        page_published.connect(ask_for_paper, sender=IssuePage, dispatch_uid="newsletter")
