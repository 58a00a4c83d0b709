"""Adding activities and keeping them right."""

from typing import Any

from django.db import transaction

from engagement.directory.actions.keeping import changed_fields, free_slug, put
from engagement.directory.models import Activity
from portal.accounts.models import User
from portal.audit.record import record


@transaction.atomic
def add_activity(*, by: User | None, activity: Activity | None = None, **words: Any) -> Activity:
    """Put an activity into the directory; `words` are its fields by name, `venue` among them.

    Raises ValidationError, field by field, for words that cannot be kept, such as a rule that we cannot follow.
    """
    activity = activity or Activity()
    put(activity, words)
    activity.slug = activity.slug or free_slug(Activity, activity.name)
    activity.full_clean()
    activity.save()
    record(action="directory.add_activity", by=by, subject=activity)
    return activity


@transaction.atomic
def change_activity(*, activity: Activity, by: User | None, **words: Any) -> Activity:
    """Bring an activity up to date; nothing is recorded where nothing changed."""
    put(activity, words)
    activity.full_clean()
    if changed := changed_fields(activity):
        activity.save()
        record(action="directory.change_activity", by=by, subject=activity, fields=changed)
    return activity
