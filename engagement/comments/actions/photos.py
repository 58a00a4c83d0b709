"""Takes a photo in while a comment is being written, hangs it on the comment, and forgets it."""

import secrets
from collections.abc import Iterable
from datetime import datetime
from functools import partial
from typing import IO

from django.core.files.base import ContentFile
from django.db import DatabaseError, transaction
from django.utils import timezone

from engagement.comments.models import Photo, PlaceComment
from portal.audit.record import record
from portal.photos import clean_photo
from portal.text import plain

LONGEST_WORDS = 200


@transaction.atomic
def take_in(*, file: IO[bytes], now: datetime | None = None) -> Photo:
    """Keep a photo, drawn anew, under a key that only this browser knows; Refused, by its name, for anything else."""
    clean = clean_photo(file)
    # The name of the file says nothing about the phone, the day or the comment.
    file_of_ours = ContentFile(clean.content, name=f"{secrets.token_hex(16)}.jpg")
    photo = Photo(key=secrets.token_urlsafe(24), image=file_of_ours, taken_in_at=now or timezone.now())
    try:
        photo.save()
    except DatabaseError:
        photo.image.storage.delete(photo.image.name or "")
        raise
    record(action="comments.take_in_photo", by=None, subject=photo, width=clean.width, height=clean.height)
    return photo


@transaction.atomic
def hang_on(*, comment: PlaceComment, key: str, words: str = "") -> Photo | None:
    """Hang the photo with this key on its comment; nothing where it was swept out or hangs somewhere already."""
    photo = Photo.objects.select_for_update().unsent().with_key(key).first()
    if photo is None:
        return None
    photo.comment, photo.words = comment, plain(words, limit=LONGEST_WORDS)
    photo.save()
    record(action="comments.hang_photo", by=None, subject=photo, comment=comment.pk)
    return photo


@transaction.atomic
def forget(*, photos: Iterable[Photo]) -> int:
    """Delete photos, and their files once that is certain; how many there were."""
    gone = list(photos)
    Photo.objects.filter(pk__in=[photo.pk for photo in gone]).delete()
    for photo in gone:
        # A file must not vanish while its row may yet come back.
        transaction.on_commit(partial(photo.image.storage.delete, photo.image.name))
    return len(gone)
