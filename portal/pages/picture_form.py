"""How staff's pictures are taken in: drawn anew, so that nothing a camera wrote down is kept, let alone published.

Wagtail copies what a camera notes (place, time, device) from the file that was sent into every picture that it serves.
"""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from PIL import Image
from wagtail.images.forms import BaseImageForm

from portal.photos import DAMAGED, without_notes
from portal.refusals import Refused


class DrawnAnew(BaseImageForm):
    """Wagtail's own form of a picture, on every screen that takes one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].to_python = _kindly(self.fields["file"].to_python)

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if not isinstance(file, UploadedFile):
            return file
        file.seek(0)
        try:
            content = without_notes(file)
        except Refused as reason:
            raise ValidationError(reason.sentence) from None
        return SimpleUploadedFile(file.name or "picture", content, content_type=file.content_type or "")


def _kindly(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Wagtail looks through every frame while it counts points, and falls over a file that breaks off."""

    def to_python(sent: Any) -> Any:
        try:
            return read(sent)
        except (OSError, SyntaxError, EOFError, Image.DecompressionBombError):
            raise ValidationError(DAMAGED) from None

    return to_python
