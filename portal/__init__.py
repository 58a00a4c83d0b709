"""Composition and shared parts of the Together portal."""

__version__ = "0.1.0"
