"""Copies of everything: made while the site runs, locked with age, and put back into an empty place."""
