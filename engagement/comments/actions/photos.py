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
from portal.photos import CleanPhoto, clean_photo, smaller, smaller_names
from portal.text import plain

LONGEST_WORDS = 200


def take_in(*, file: IO[bytes], now: datetime | None = None) -> Photo:
    """Keep a photo, drawn anew, under a key that only this browser knows; Refused, by its name, for anything else."""
    # Drawing takes seconds, in which nobody else could write.
    clean = clean_photo(file)
    return _kept(clean, smaller(clean.content), now=now or timezone.now())


@transaction.atomic
def _kept(clean: CleanPhoto, made: dict[int, bytes], *, now: datetime) -> Photo:
    # The name of the file says nothing about the phone, the day or the comment.
    file_of_ours = ContentFile(clean.content, name=f"{secrets.token_hex(16)}.jpg")
    photo = Photo(key=secrets.token_urlsafe(24), image=file_of_ours, taken_in_at=now)
    try:
        photo.save()
        for width, name in smaller_names(photo.image.name).items():
            photo.image.storage.save(name, ContentFile(made[width]))
    except (DatabaseError, OSError):
        _delete_files(photo)
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
        transaction.on_commit(partial(_delete_files, photo))
    return len(gone)


def _delete_files(photo: Photo) -> None:
    name = photo.image.name or ""
    for one in (name, *smaller_names(name).values()):
        photo.image.storage.delete(one)
