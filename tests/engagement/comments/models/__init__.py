"""Tests of engagement.comments.models."""
