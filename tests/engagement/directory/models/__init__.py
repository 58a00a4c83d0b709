"""Tests of engagement.directory.models."""
