"""Pictures as we drew them, from wherever uploads are kept: this machine's disk or a bucket that nobody else can read."""

import posixpath
from datetime import datetime

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import last_modified, require_safe

# The files as they were sent, with all that a camera adds, lie in other folders and are never served.
FOLDER = "images/"
KEPT_SECONDS = 24 * 60 * 60
# Python 3.11 does not know it by its name.
AVIF = "image/avif"


def _name_of(path: str) -> str:
    """The name under which a picture is kept; Http404 for one that leads out of its folder, or is not there."""
    name = FOLDER + path
    if name.endswith("/") or posixpath.normpath(name) != name or not default_storage.exists(name):
        raise Http404
    return name


def _changed_at(request: HttpRequest, path: str) -> datetime:
    return default_storage.get_modified_time(_name_of(path))


@require_safe
@last_modified(_changed_at)
def picture(request: HttpRequest, path: str) -> FileResponse:
    """One drawn picture, which `_changed_at` found; browsers keep it for a day, so one that is taken down is soon gone there."""
    file = default_storage.open(FOLDER + path)
    response = FileResponse(file, headers={"Cache-Control": f"public, max-age={KEPT_SECONDS}"})
    if path.endswith(".avif"):
        response.headers["Content-Type"] = AVIF
    return response
