"""Tests of engagement.directory.pairs."""
