"""Registers the comments app, its search and its numbers of the week."""

from django.apps import AppConfig


class CommentsConfig(AppConfig):
    name = "engagement.comments"
    label = "comments"
    verbose_name = "Comments about places"

    def ready(self) -> None:
        from django.db.models.signals import post_migrate

        from engagement.comments import kept
        from engagement.comments.finding import find_actions, find_comments
        from engagement.comments.hearing import declining, letters
        from engagement.comments.models import Action, Consultation
        from engagement.comments.sessions.promises import overdue_line
        from engagement.comments.tasks import alerting, asking, digest
        from engagement.comments.week import (
            added_line,
            cries_in_verdicts_line,
            held_line,
            opened_again_line,
            shown_line,
            unanswered_line,
            waiting_line,
        )
        from portal.fulltext import mend
        from portal.pages.search import register_search
        from portal.pages.sitemap import register_section
        from portal.pages.week import register_week_line

        # Letters and regular work make themselves known when they are read.
        assert all((letters, alerting, declining, asking, digest))
        kept.register()
        post_migrate.connect(mend, sender=self)
        for line in (
            held_line,
            shown_line,
            waiting_line,
            added_line,
            cries_in_verdicts_line,
            opened_again_line,
            unanswered_line,
            overdue_line,
        ):
            register_week_line(line)
        register_section("answers", Action.objects.published, view="comment_action", by="pk", changed="said_at")
        register_section("asked", Consultation.objects.listed, view="consultation", by="slug")
        for search in (find_comments, find_actions):
            register_search(search)
