"""Style sheets, scripts and drawings under names that change with them, so that browsers keep them for years; packed ahead."""

from collections.abc import Iterable, Iterator
from typing import Any

from whitenoise.compress import Compressor  # type: ignore[import-untyped]
from whitenoise.storage import CompressedManifestStaticFilesStorage  # type: ignore[import-untyped]

# Maps from packed code to its source are for whoever opens a browser's tools, and are slow to pack.
NOT_PACKED = ("avif", "gif", "ico", "jpg", "map", "png", "webp", "woff", "woff2")


class Collected(CompressedManifestStaticFilesStorage):
    """As they are collected: a module that another one asks for has its changing name too."""

    support_js_module_import_aggregation = True

    def create_compressor(self, **options: Any) -> Compressor:
        return Compressor(**{**options, "extensions": NOT_PACKED})

    def compress_files(self, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Pack what pages ask for; not what lies beside it under its plain name."""
        named = set(self.hashed_files.values())
        yield from super().compress_files({path for path in paths if path in named})


class CollectedByTheDemo(Collected):
    """The same on a developer's machine, where nothing may have been collected yet: then each file has its plain name."""

    def stored_name(self, name: str) -> str:
        return str(super().stored_name(name)) if self.hashed_files else name
