"""Tests of newsletter.views."""
