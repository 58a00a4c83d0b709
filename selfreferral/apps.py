"""Registers the selfreferral app and its number on the staff home."""

from django.apps import AppConfig


class SelfReferralConfig(AppConfig):
    name = "selfreferral"
    label = "selfreferral"
    verbose_name = "People who asked for help"

    def ready(self) -> None:
        from django.db.models.signals import post_migrate

        from engagement.comments.handing_over import register_taker
        from portal.pages.errors import register_broken, register_expired
        from portal.pages.week import register_week_line
        from selfreferral import kept
        from selfreferral.actions.comments import take_from_comment
        from selfreferral.readiness import hatch_after_migrating
        from selfreferral.seeing import watching
        from selfreferral.views.handed_back import broken
        from selfreferral.views.privately import COOKIE_PATH, expired
        from selfreferral.week import people_to_answer, people_to_ring, records_to_erase

        post_migrate.connect(hatch_after_migrating, sender=self, dispatch_uid="selfreferral.canary")
        # Regular work makes itself known when it is read.
        assert watching
        kept.register()
        register_taker(take_from_comment)
        register_expired(COOKIE_PATH, expired)
        register_broken(COOKIE_PATH, broken)
        register_week_line(people_to_answer)
        register_week_line(people_to_ring)
        register_week_line(records_to_erase)
