"""Tests of engagement.directory.feeds."""
