"""Opening hours: what a venue wrote becomes a value, the value becomes times, and times become words."""

from engagement.directory.hours.reading import read as read_text

__all__ = ["read_text"]
