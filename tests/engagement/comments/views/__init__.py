"""Tests of engagement.comments.views."""
