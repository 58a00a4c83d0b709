"""Tests of engagement.directory.views."""
