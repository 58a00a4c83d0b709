"""Tests of engagement.comments.actions."""
