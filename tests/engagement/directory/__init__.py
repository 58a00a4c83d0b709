"""Tests of engagement.directory."""
