"""Hangs the screens of operations into the Wagtail admin."""

from portal.operations.health import menu as health

__all__ = ["health"]
