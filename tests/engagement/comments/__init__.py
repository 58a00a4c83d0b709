"""Tests of engagement.comments."""
