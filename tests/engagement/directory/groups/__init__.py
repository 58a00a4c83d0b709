"""Tests of engagement.directory.groups."""
