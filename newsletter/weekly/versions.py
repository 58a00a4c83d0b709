"""The different weekly mails of one day: whoever is told the same is in the same version, whatever they chose."""

from collections.abc import Iterable
from functools import cached_property

from newsletter.rendering.edition import Edition
from newsletter.rendering.parts import Part
from newsletter.weekly.contents import Week
from newsletter.weekly.segments import THE_WHOLE, Segment


class Version:
    """One mail of a day; it bears the key of the first segment that is told this."""

    def __init__(self, *, key: str, parts: tuple[Part, ...], week: Week) -> None:
        self.key, self.parts, self._week = key, parts, week

    @cached_property
    def edition(self) -> Edition:
        """The mail itself: drawn when it is first asked for, and once."""
        return self._week.edition_of(self.parts)


class Versions:
    """The versions of one day. The one for all that is told to everybody comes first, so that it bears the empty key."""

    def __init__(self, week: Week) -> None:
        self._week = week
        self._by_segment: dict[str, Version | None] = {}
        self._by_parts: dict[tuple[Part, ...], Version] = {}
        self.of(THE_WHOLE)

    def of(self, segment: Segment) -> Version | None:
        """The mail for one segment; None where there is nothing to tell."""
        if segment.key not in self._by_segment:
            self._by_segment[segment.key] = self._look_up(segment)
        return self._by_segment[segment.key]

    def draw_for(self, segments: Iterable[Segment]) -> None:
        """Draw the mails for these segments now, so that nothing need be drawn while the database is locked."""
        for segment in sorted(segments, key=lambda one: one.key):
            if version := self.of(segment):
                version.edition  # noqa: B018

    def _look_up(self, segment: Segment) -> Version | None:
        parts = tuple(self._week.parts_for(segment))
        if not parts:
            return None
        return self._by_parts.setdefault(parts, Version(key=segment.key, parts=parts, week=self._week))
