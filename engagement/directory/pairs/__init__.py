"""Entries that may be one place: both side by side, for a person to decide."""
