"""Registers the directory app, its numbers for the week and what search finds in it."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "engagement.directory"
    label = "directory"
    verbose_name = "Directory and what’s on"

    def ready(self) -> None:
        from django.db.models.signals import post_migrate

        from engagement.directory import kept, tasks
        from engagement.directory.finding import find_activities, find_groups, find_venues
        from engagement.directory.hours_desk.week import hours_to_confirm, school_holidays_to_add
        from engagement.directory.keeping import tasks as keeping_tasks
        from engagement.directory.keeping.staff import (
            changes_waiting,
            entries_to_check,
            places_you_keep,
            said_to_be_wrong,
        )
        from engagement.directory.models import Activity, Organisation, Venue
        from engagement.directory.staff_menu import pairs_to_decide, sessions_to_run
        from portal.fulltext import mend
        from portal.pages.search import register_search
        from portal.pages.sitemap import register_section
        from portal.pages.week import register_week_line

        kept.register()
        post_migrate.connect(mend, sender=self)
        assert keeping_tasks
        assert tasks  # regular work makes itself known when it is read
        register_search(find_venues)
        register_search(find_activities)
        register_search(find_groups)
        register_section("venues", Venue.objects.listed, view="venue", by="slug", changed="updated_at")
        register_section("activities", Activity.objects.listed, view="activity", by="slug", changed="updated_at")
        register_section("groups", Organisation.objects.listed, view="organisation", by="slug", changed="updated_at")
        register_week_line(sessions_to_run)
        register_week_line(hours_to_confirm)
        register_week_line(school_holidays_to_add)
        register_week_line(said_to_be_wrong)
        register_week_line(changes_waiting)
        register_week_line(entries_to_check)
        register_week_line(places_you_keep)
        register_week_line(pairs_to_decide)
