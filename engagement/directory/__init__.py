"""Venues, opening hours, activities and sessions."""
