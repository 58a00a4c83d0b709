"""Asking for help, and the people who answer."""
