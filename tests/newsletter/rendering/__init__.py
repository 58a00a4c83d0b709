"""Tests of newsletter.rendering."""
