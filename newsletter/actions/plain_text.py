"""Writing the text edition of an issue by hand, and giving that up again."""

from django.db import transaction
from wagtail.models import Page

from newsletter.gate.plain_text import fingerprint_of
from newsletter.models import IssuePage
from newsletter.rendering.edition import words_from_blocks
from portal.accounts.models import User
from portal.audit.record import record
from portal.text import plain

MOST_CHARACTERS = 200_000


class CannotWrite(Exception):
    """Somebody has locked the issue; the words say what to do."""


@transaction.atomic
def write_plain_text(*, issue: IssuePage, words: str, by: User) -> IssuePage:
    """Keep an editor's own words for the text edition, with a note of what the blocks gave at that moment."""
    page = _newest(issue)
    page.plain_text = plain(words, limit=MOST_CHARACTERS)
    page.plain_text_of = fingerprint_of(words_from_blocks(page))
    return _keep(page, by=by, action="newsletter.write_plain_text")


@transaction.atomic
def make_plain_text(*, issue: IssuePage, by: User) -> IssuePage:
    """Have the text edition made from the blocks again, now and after every change."""
    page = _newest(issue)
    page.plain_text = page.plain_text_of = ""
    return _keep(page, by=by, action="newsletter.make_plain_text")


def _newest(issue: IssuePage) -> IssuePage:
    """The issue as it stands in the editor, so that a draft is not lost under the words."""
    Page.objects.select_for_update().get(pk=issue.pk)
    page: IssuePage = IssuePage.objects.get(pk=issue.pk).get_latest_revision_as_object()
    if page.locked:
        raise CannotWrite("Somebody has locked this issue. Unlock it first, then save again.")
    return page


def _keep(page: IssuePage, *, by: User, action: str) -> IssuePage:
    """A new revision; on a page without a draft it is published, for nothing but these words can differ.

    Who may not publish leaves it as a draft for somebody who may.
    """
    has_draft = not page.live or IssuePage.objects.get(pk=page.pk).has_unpublished_changes
    may_publish = page.permissions_for_user(by).can_publish()
    revision = page.save_revision(user=by, clean=False)
    if may_publish and not has_draft:
        revision.publish(user=by)
    record(action=action, by=by, subject=page)
    return page
