"""Tests of the paper of a session."""
