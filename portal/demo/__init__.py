"""Builds the demo village from facts carried in the repository."""
