"""Leaving a comment: what is filled in, what is shown before it is sent, and where it stands when it comes in."""
