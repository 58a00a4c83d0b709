"""Composition and shared parts of the Together portal."""
