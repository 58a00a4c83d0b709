"""Tests of engagement.directory.templatetags."""
