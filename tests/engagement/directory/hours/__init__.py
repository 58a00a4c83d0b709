"""Tests of engagement.directory.actions."""
