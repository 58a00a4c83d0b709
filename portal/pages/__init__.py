"""Wagtail pages, blocks, site settings and the staff home."""
