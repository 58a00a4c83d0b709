"""Tests of engagement.comments.templatetags."""
