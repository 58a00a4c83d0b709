"""Tests of newsletter.actions."""
