"""Names of the lists that other rooms of the directory read."""

from engagement.directory.lists.off import called_off
from engagement.directory.lists.rows import CardRow, Tag, session_date

__all__ = ["CardRow", "Tag", "called_off", "session_date"]
