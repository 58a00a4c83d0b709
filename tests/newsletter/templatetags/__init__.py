"""Tests of newsletter.templatetags."""
