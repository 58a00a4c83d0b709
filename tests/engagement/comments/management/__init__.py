"""Tests of engagement.comments.management."""
